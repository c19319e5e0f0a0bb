package xes

import (
	"encoding/xml"
	"io"
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// Reader reads a log, one trace at a time, and counts what it leaves out.
type Reader struct {
	scanner *scanner
	used    bool

	// Skipped are attributes of events and traces that have no place in a touch: lists,
	// containers, nested attributes.
	Skipped int

	// Unused are events of other transitions than start and complete, such as schedule or
	// suspend, which make no touch.
	Unused int

	// Unended are starts without a complete: touches without an end.
	Unended int
}

// NewReader returns a reader of a log. It reads through a buffer of its own.
func NewReader(r io.Reader) *Reader {
	if r == nil {
		return new(Reader)
	}
	return &Reader{scanner: newScanner(r)}
}

const opAll = "xes.Reader.All"

// All yields the timeline of each trace, its touches in their order; touches of one moment
// are numbered in the order of their events. It can be read once; reading it again yields
// [clientele.ErrConsumed].
//
// An error is yielded once and ends the sequence: that of the reader as it is, or an
// InputError with the index of the trace, of [clientele.ErrEncoding] for a document that is
// no XML, has no log, has a document type declaration or is nested too deep, and for a value
// that cannot be read; and of the kinds that [journey.Timeline.Validate] names, such as a
// trace without a name or an event without a time.
func (r *Reader) All() iter.Seq2[journey.Timeline, error] {
	return func(yield func(journey.Timeline, error) bool) {
		if err := r.begin(); err != nil {
			yield(journey.Timeline{}, err)
			return
		}
		for i := 0; ; i++ {
			t, err := r.trace()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(journey.Timeline{}, r.placed(i, err))
				return
			}
			if !yield(t, nil) {
				return
			}
		}
	}
}

// placed gives an error of the document its trace. An error of the reader stays as it is.
func (r *Reader) placed(i int, err error) error {
	if r.scanner.source.err != nil {
		return err
	}
	return fault.Placed(opAll, i, err)
}

// begin reads to the log.
func (r *Reader) begin() error {
	switch {
	case r == nil || r.scanner == nil:
		return fault.Of(opAll, "r", nil, rule.Want(rule.Missing, "a reader, such as a file"))
	case r.used:
		return fault.Of(opAll, "r", nil, clientele.ErrConsumed)
	}
	r.used = true
	e, err := r.scanner.next()
	if err == nil && e != nil && e.Name.Local == "log" {
		return nil
	}
	if err == nil || err == io.EOF {
		err = rule.Because(rule.Encoding, "no log", "a document whose outermost element is log")
	}
	if r.scanner.source.err != nil {
		return err
	}
	return fault.Of(opAll, "", nil, err)
}

// trace reads the next trace. At the end of the log it returns io.EOF, once the document has
// ended too.
func (r *Reader) trace() (journey.Timeline, error) {
	for {
		e, err := r.scanner.next()
		switch {
		case err != nil:
			return journey.Timeline{}, err
		case e == nil: // the log ends
			continue
		case e.Name.Local == "trace":
			return r.timeline()
		}
		if err := r.scanner.skip(); err != nil { // extension, global, classifier, attributes of the log
			return journey.Timeline{}, err
		}
	}
}

// timeline reads a trace that has begun.
func (r *Reader) timeline() (journey.Timeline, error) {
	var t journey.Timeline
	var events []event
	for {
		e, err := r.scanner.next()
		switch {
		case err != nil:
			return t, err
		case e == nil:
			t.Touches = r.touches(events)
			return t, t.Validate()
		case e.Name.Local == "event":
			own, err := r.event()
			if err != nil {
				return t, err
			}
			events = append(events, own)
		default:
			key, value, err := r.attribute(e)
			if err != nil {
				return t, err
			}
			if key == keyName {
				t.Profile = value
			}
		}
	}
}

// event reads an event that has begun.
func (r *Reader) event() (own event, err error) {
	for {
		e, err := r.scanner.next()
		if err != nil || e == nil {
			return own, err
		}
		key, value, err := r.attribute(e)
		if err != nil {
			return own, err
		}
		if key == "" {
			continue
		}
		if err := own.set(key, value); err != nil {
			return own, err
		}
	}
}

// attribute reads an attribute that has begun, with what is nested in it. The key is "" for
// one that has no text.
func (r *Reader) attribute(e *xml.StartElement) (key, value string, err error) {
	switch e.Name.Local {
	case "string", "date", "int", "float", "boolean", "id":
		key, value = attributeOf(e, "key"), attributeOf(e, "value")
	default:
		r.Skipped++
	}
	inside := r.scanner.depth
	for r.scanner.depth >= inside {
		nested, err := r.scanner.next()
		if err != nil {
			return "", "", err
		}
		if nested != nil && key != "" {
			r.Skipped++
		}
	}
	return key, value, nil
}

package xes

import (
	"bufio"
	"encoding/xml"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/sheet"
	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
)

// Write writes timelines as a log, one trace each, in their order. A touch with an end
// becomes a start and a complete, any other a complete. [Reader] reads the same timelines
// back, but for Seq, which is numbered anew, and characters that XML does not have, which
// become U+FFFD.
//
// It returns a [clientele.ConfigError] where w or src is missing, an InputError with the
// timeline's index for an error of the source and for a timeline that
// [journey.Timeline.Validate] refuses, and the first error of w as it is. What was written
// before an error is no whole document.
func Write(w io.Writer, src iter.Seq2[journey.Timeline, error]) error {
	const op = "xes.Write"
	faults := clientele.ConfigError{Op: op}
	if w == nil {
		faults.Add("w", nil, sheet.ErrNoWriter)
	}
	fault.AddSource(&faults, "src", src)
	if err := faults.Err(); err != nil {
		return err
	}
	out := writer{bufio.NewWriter(w)}
	out.line(header)
	for t, err := range fault.Checked(op, src, journey.Timeline.Validate) {
		if err != nil {
			return err
		}
		out.trace(&t)
	}
	out.line("</log>\n")
	return out.w.Flush()
}

const header = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="ID" prefix="identity" uri="http://www.xes-standard.org/identity.xesext"/>
<extension name="Cost" prefix="cost" uri="http://www.xes-standard.org/cost.xesext"/>
<classifier name="Touchpoint" keys="concept:name"/>
`

// writer writes lines. Its errors are those of the buffer, which keeps the first until it is
// flushed.
type writer struct{ w *bufio.Writer }

func (w writer) line(text string) { _, _ = w.w.WriteString(text) }

// text writes an attribute, unless its value is "".
func (w writer) text(key, value string) {
	if value != "" {
		w.attribute("string", key, value)
	}
}

// attribute writes an attribute.
func (w writer) attribute(kind, key, value string) {
	w.line("<" + kind + ` key="`)
	_ = xml.EscapeText(w.w, []byte(key))
	w.line(`" value="`)
	_ = xml.EscapeText(w.w, []byte(value))
	w.line(`"/>`)
}

// moment is the start or the complete of a touch.
type moment struct {
	touch *journey.Touch
	at    time.Time
	start bool
	pair  string // name of the instance; "" for a touch without an end
}

func (w writer) trace(t *journey.Timeline) {
	var moments []moment
	for i := range t.Touches {
		touch := &t.Touches[i]
		m := moment{touch: touch, at: touch.At}
		if !touch.Until.IsZero() {
			m.start, m.pair = true, strconv.Itoa(i)
			moments = append(moments, m)
			m.start, m.at = false, touch.Until
		}
		moments = append(moments, m)
	}
	slices.SortStableFunc(moments, func(a, b moment) int { return a.at.Compare(b.at) })
	w.line("<trace>")
	w.attribute("string", keyName, t.Profile)
	w.line("\n")
	for _, m := range moments {
		w.event(m)
	}
	w.line("</trace>\n")
}

// event writes a start with everything that is known of the touch, and a complete that ends
// one with no more than it takes to find the start.
func (w writer) event(m moment) {
	w.line("<event>")
	w.attribute("string", keyName, m.touch.Touchpoint)
	w.attribute("date", keyTime, timeText(m.at))
	if m.start {
		w.attribute("string", keyTransition, "start")
	} else {
		w.attribute("string", keyTransition, "complete")
	}
	w.text(keyInstance, m.pair)
	if m.start || m.pair == "" {
		w.known(m.touch)
	}
	w.line("</event>\n")
}

// known writes what is known of a touch.
func (w writer) known(t *journey.Touch) {
	if t.ID != uuid.Nil {
		w.attribute("id", keyID, t.ID.String())
	}
	w.text(keyStaff, t.Staff)
	w.text(keyChannel, t.Channel)
	if t.By != journey.Unstated {
		w.attribute("string", keyBy, t.By.String())
	}
	w.text(keyConversation, t.Conversation)
	w.text(keyOutcome, t.Outcome)
	if !t.Cost.IsZero() {
		w.attribute("float", keyCost, t.Cost.String())
	}
	if !t.Value.IsZero() {
		w.attribute("float", keyValue, t.Value.String())
	}
	for _, id := range t.Identifiers {
		w.attribute("string", identifierKeys+id.Kind, id.Value)
	}
	for _, key := range slices.Sorted(maps.Keys(t.Labels)) {
		w.attribute("string", labelKey(key), t.Labels[key])
	}
}

// timeText writes a moment in its own zone, and in UTC where the zone is a fraction of a
// minute away from it, as zones were before there were zones.
func timeText(t time.Time) string {
	if _, offset := t.Zone(); offset%60 != 0 {
		t = t.UTC()
	}
	return t.Format(time.RFC3339Nano)
}

package journey

import (
	"fmt"
	"iter"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/rule"
)

// Timelines are the touches of many people, one timeline a person. They can be read any
// number of times and by several goroutines at once.
type Timelines struct {
	Touches int // touches in timelines
	Again   int // touches left out because a touch of the person with this ID came before
	Ties    int // touches that share moment and Seq with the one before: their order is that of the source

	// Unidentified are the touches whose person is not known, which stand in no timeline, in the
	// order of the source.
	Unidentified []Touch

	Warnings []error // doubts that do not stop the answer: [TieWarning], [UnidentifiedWarning]

	people labelset.Set
	spans  [][]Touch // by person
}

// TieWarning says that touches of one moment have no order but that of the source, so that
// another order of the source may give another answer. Number them with Touch.Seq.
type TieWarning struct {
	Ties int // touches that share moment and Seq with the one before
}

// Error says how many ties there are and what mends them.
func (w TieWarning) Error() string {
	return fmt.Sprintf("%d touches share their moment with the touch before and have no order but that of the source: number them with Touch.Seq", w.Ties)
}

// UnidentifiedWarning says that touches stand in no timeline because their person is not known.
type UnidentifiedWarning struct {
	Touches int // touches whose person is not known
	Of      int // all touches
}

// Error says how many touches were left out.
func (w UnidentifiedWarning) Error() string {
	return fmt.Sprintf("%d of %d touches have no known person and stand in no timeline: they are in Timelines.Unidentified", w.Touches, w.Of)
}

// ByIdentifier names the person of a touch by the first identifier of a kind, for hosts that
// know their customers by one number. A touch without one, or with the value "", has
// no known person. Package identity names people by all identifiers together.
func ByIdentifier(kind string) func(Touch) (profile string, ok bool) {
	return func(t Touch) (string, bool) {
		value, _ := t.Identifier(kind)
		return value, value != ""
	}
}

// NewTimelines reads touches in any order and makes one timeline a person; profile names the
// person of a touch, and ok is false where the person is not known. Within a timeline touches are in
// the order of [Sort], and a touch whose ID came before is left out and counted. Memory is
// that of the touches.
//
// It returns a [clientele.InputError] with the touch's index for an error of the source and for a touch
// that [Touch.Validate] refuses, and of [clientele.ErrEmpty] without any touch.
func NewTimelines(src iter.Seq2[Touch, error], profile func(Touch) (profile string, ok bool)) (*Timelines, error) {
	const op = "journey.NewTimelines"
	faults := clientele.ConfigError{Op: op}
	fault.AddSource(&faults, "src", src)
	if profile == nil {
		faults.Add("profile", nil, errNoNaming)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	t := new(Timelines)
	if err := t.read(op, src, profile); err != nil {
		return nil, err
	}
	t.finish()
	return t, nil
}

// read puts touches to their people.
func (t *Timelines) read(op string, src iter.Seq2[Touch, error], profile func(Touch) (string, bool)) error {
	n := 0
	for touch, err := range fault.Checked(op, src, Touch.Validate) {
		if err != nil {
			return err
		}
		n++
		name, ok := profile(touch)
		if !ok || name == "" {
			t.Unidentified = append(t.Unidentified, touch)
			continue
		}
		who := int(t.people.ID(name))
		if who == len(t.spans) {
			t.spans = append(t.spans, nil)
		}
		t.spans[who] = append(t.spans[who], touch)
	}
	if n == 0 {
		return fault.Of(op, "touches", nil, errNoTouches)
	}
	return nil
}

// finish orders each person's touches, leaves out repetitions and counts.
func (t *Timelines) finish() {
	for who, touches := range t.spans {
		Sort(touches)
		kept, again := distinct(touches)
		t.spans[who] = slices.Clip(kept)
		t.Again += again
		t.Ties += tiesOf(kept)
		t.Touches += len(kept)
	}
	if t.Ties > 0 {
		t.Warnings = append(t.Warnings, TieWarning{t.Ties})
	}
	if n := len(t.Unidentified); n > 0 {
		t.Warnings = append(t.Warnings, UnidentifiedWarning{n, t.Touches + t.Again + n})
	}
}

var errNoTouches = rule.Because(rule.Empty, "no touches", "at least one")

// Len returns the number of people.
func (t *Timelines) Len() int {
	if t == nil {
		return 0
	}
	return len(t.spans)
}

// All yields the timelines in ascending order of their profiles. It never fails: the error
// is always nil, so that the sequence is a source for every function that reads timelines.
func (t *Timelines) All() iter.Seq2[Timeline, error] {
	return func(yield func(Timeline, error) bool) {
		if t == nil {
			return
		}
		for _, who := range t.people.Sorted() {
			if !yield(t.timeline(who), nil) {
				return
			}
		}
	}
}

// Of returns the timeline of a person; ok is false for one who has none.
func (t *Timelines) Of(profile string) (timeline Timeline, ok bool) {
	if t == nil {
		return Timeline{}, false
	}
	who, ok := t.people.Find(profile)
	if !ok {
		return Timeline{}, false
	}
	return t.timeline(who), true
}

func (t *Timelines) timeline(who int32) Timeline {
	return Timeline{Profile: t.people.Names()[who], Touches: t.spans[who]}
}

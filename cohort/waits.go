package cohort

import (
	"iter"

	"github.com/clientele-go/clientele/cohort/internal/double"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/radix"
)

// waits are spells from the origin on, taken apart: the days of those that ended with
// the event, and of those that did not.
type waits struct{ reached, waiting []float64 }

func (w *waits) add(s survival.Spell) {
	days := &w.waiting
	if s.Event {
		days = &w.reached
	}
	*days = append(double.Grow(*days), s.Time)
}

// join adds what others have found.
func (w *waits) join(o *waits) {
	w.reached = append(w.reached, o.reached...)
	w.waiting = append(w.waiting, o.waiting...)
}

// describe sorts the days of those that ended with the event and describes them.
func (w *waits) describe() Distribution {
	radix.Sort(w.reached, make([]float64, len(w.reached)))
	return describeSorted(w.reached)
}

// curve is the survival curve of waits, of which there is at least one, with a
// configuration that has no faults.
func (w *waits) curve(cfg survival.Config) *survival.Curve {
	c, _ := survival.KaplanMeier(w.spells(), cfg)
	return c
}

func (w *waits) spells() iter.Seq2[survival.Spell, error] {
	return func(yield func(survival.Spell, error) bool) {
		for _, days := range w.reached {
			if !yield(survival.Spell{Time: days, Event: true}, nil) {
				return
			}
		}
		for _, days := range w.waiting {
			if !yield(survival.Spell{Time: days}, nil) {
				return
			}
		}
	}
}

package cohort

import (
	"iter"

	"github.com/clientele-go/clientele/cohort/internal/double"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/radix"
)

// waits are spells from the origin on, taken apart: the days of those that ended with
// the event, and of those that have not ended.
type waits struct{ reached, waiting []float64 }

func (w *waits) add(s survival.Spell) {
	to := &w.waiting
	if s.Event {
		to = &w.reached
	}
	*to = append(double.Grow(*to), s.Time)
}

// join adds what others have found.
func (w *waits) join(o *waits) {
	w.reached = append(w.reached, o.reached...)
	w.waiting = append(w.waiting, o.waiting...)
}

func (w *waits) len() int { return len(w.reached) + len(w.waiting) }

// describe sorts the days of those that ended and describes them.
func (w *waits) describe() Distribution {
	radix.Sort(w.reached, make([]float64, len(w.reached)))
	return describeSorted(w.reached)
}

// curve is the survival curve of waits, which are usable and not none, by a
// configuration that is usable.
func (w *waits) curve(cfg survival.Config) *survival.Curve {
	c, _ := survival.KaplanMeier(w.all(), cfg)
	return c
}

func (w *waits) all() iter.Seq2[survival.Spell, error] {
	return func(yield func(survival.Spell, error) bool) {
		for _, at := range w.reached {
			if !yield(survival.Spell{Time: at, Event: true}, nil) {
				return
			}
		}
		for _, at := range w.waiting {
			if !yield(survival.Spell{Time: at}, nil) {
				return
			}
		}
	}
}

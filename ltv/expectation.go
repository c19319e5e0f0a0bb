package ltv

import (
	"math"
	"sync"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/parallel"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// expectation is what a model says of a customer's holdout.
type expectation struct {
	alive     float64 // probability of not having dropped out before
	active    float64 // probability of a purchase
	purchases float64 // mean
}

// expect returns the expectations by row, or the error about the customer who
// comes first in the base among those who have one.
func (b *observedBase) expect(m Model, workers int) ([]expectation, error) {
	newcomer, err := m.Given(Summary{})
	if err != nil {
		return nil, err
	}
	if _, err := newcomer.Expected(b.horizon); err != nil {
		return nil, err
	}
	const some = 64 // rows worth a goroutine's attention
	all := make([]expectation, len(b.rows))
	first := b.customers
	var mu sync.Mutex
	parallel.Each((len(all)+some-1)/some, workers, func(piece int) {
		e := expecter{kernel: newcomer.kernel, op: "ltv.Validate", horizon: b.horizon}
		for i := piece * some; i < min((piece+1)*some, len(all)); i++ {
			var failed error
			if all[i], failed = e.expect(b.rows[i].summary); failed == nil {
				continue
			}
			mu.Lock()
			if b.rows[i].index < first {
				first = b.rows[i].index
				err = indexed(first, failed)
			}
			mu.Unlock()
		}
	})
	return all, err
}

// expecter computes expectations. What the living will buy depends on frequency and
// age alone, unless purchases are regular, so it is kept for the next history.
type expecter struct {
	kernel  kernel.Kernel
	op      string
	horizon float64

	living float64        // the last answer of ifAlive, which was about
	like   kernel.Summary // this history
	kept   bool
}

// expect returns the expectation of a summary, or the error about it without its
// index.
func (e *expecter) expect(s Summary) (expectation, error) {
	if err := fits(e.kernel, s); err != nil {
		return expectation{}, fault.Renamed(e.op, err)
	}
	of := s.buying()
	alive, active := e.kernel.Alive(of), buys(e.kernel, of, e.horizon)
	if !(alive >= 0 && alive <= 1) {
		return expectation{}, inaccurate(e.op)
	}
	out := expectation{alive: alive, active: active}
	if alive > 0 {
		out.purchases = alive * e.ifAlive(of)
	}
	_, err := finite(e.op, out.active+out.purchases)
	return out, err
}

// buys is the probability of a purchase in a horizon. That of none is the likelihood of the
// history with the silence at its end, over that of the history.
func buys(k kernel.Kernel, s kernel.Summary, horizon float64) float64 {
	after := s
	after.T += horizon
	silence := k.LogLik(after) - k.LogLik(s)
	if math.IsInf(silence, 0) {
		return math.NaN()
	}
	return -math.Expm1(min(silence, 0)) // above 0 by rounding alone
}

// ifAlive is the mean purchases of a customer who is alive.
func (e *expecter) ifAlive(s kernel.Summary) float64 {
	if !e.kept || !e.alike(s) {
		e.living, e.like, e.kept = e.kernel.Expected(s, e.horizon), s, true
	}
	return e.living
}

// alike reports whether a customer who is alive will buy as the last one.
func (e *expecter) alike(s kernel.Summary) bool {
	return s.Frequency == e.like.Frequency && s.T == e.like.T && (!kernel.Phased(e.kernel) || s.Recency == e.like.Recency)
}

package nps

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Attitude classifies a customer by the answer, see [Scale.Classify].
type Attitude int8

const (
	Detractor Attitude = -1 // talks against the company
	Passive   Attitude = 0  // does neither; counts in the denominator of the score
	Promoter  Attitude = 1  // recommends the company
)

// String returns "detractor", "passive" or "promoter", and "Attitude(9)" for a value
// without a name.
func (a Attitude) String() string {
	switch a {
	case Detractor:
		return "detractor"
	case Passive:
		return "passive"
	case Promoter:
		return "promoter"
	}
	return fmt.Sprintf("Attitude(%d)", int8(a))
}

var errAttitude = rule.OneOf("detractor", "passive", "promoter")

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (a Attitude) MarshalText() ([]byte, error) {
	if a < Detractor || a > Promoter {
		return nil, fault.Of("nps.Attitude.MarshalText", "Attitude", int8(a), errAttitude)
	}
	return []byte(a.String()), nil
}

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (a *Attitude) UnmarshalText(text []byte) error {
	for known := Detractor; known <= Promoter; known++ {
		if known.String() == string(text) {
			*a = known
			return nil
		}
	}
	return fault.Of("nps.Attitude.UnmarshalText", "Attitude", string(text), errAttitude)
}

// Attitudes are numbers of detractors, passives and promoters: all that a score depends
// on.
type Attitudes struct {
	Detractors uint64 `json:"detractors"` // number of detractors
	Passives   uint64 `json:"passives"`   // number of passives
	Promoters  uint64 `json:"promoters"`  // number of promoters
}

// N is the number of answers.
func (a Attitudes) N() uint64 { return a.Detractors + a.Passives + a.Promoters }

// Attitudes returns the numbers of detractors, passives and promoters.
func (t Tally) Attitudes() Attitudes {
	low, _ := t.bounds()
	s := t.Scale()
	var a Attitudes
	for i, n := range t.used() {
		switch answer := low + i; {
		case answer <= s.Detractor:
			a.Detractors += n
		case answer >= s.Promoter:
			a.Promoters += n
		default:
			a.Passives += n
		}
	}
	return a
}

// and returns the numbers of both.
func (a Attitudes) and(b Attitudes) Attitudes {
	return Attitudes{a.Detractors + b.Detractors, a.Passives + b.Passives, a.Promoters + b.Promoters}
}

// minus returns the numbers without those of others that are among them.
func (a Attitudes) minus(b Attitudes) Attitudes {
	return Attitudes{a.Detractors - b.Detractors, a.Passives - b.Passives, a.Promoters - b.Promoters}
}

// net is the number of promoters less that of detractors.
func (a Attitudes) net() int64 { return int64(a.Promoters) - int64(a.Detractors) }

// composition is how customers divide, with the mean and the variance of the variable
// that is 1 for promoters, 0 for passives and -1 for detractors.
type composition struct {
	n                            float64
	promoter, passive, detractor float64 // shares
	score, variance              float64
}

// composition needs at least one answer.
func (a Attitudes) composition() composition {
	return compositionOf(float64(a.Promoters), float64(a.Passives), float64(a.Detractors))
}

// compositionOf is that of numbers of customers, who may be fractions or weights.
func compositionOf(promoters, passives, detractors float64) composition {
	n := promoters + passives + detractors
	c := composition{n: n, promoter: promoters / n, passive: passives / n, detractor: detractors / n}
	c.score = (promoters - detractors) / n
	// p + d - (p-d)², as a sum of what is not negative, so that nothing cancels.
	c.variance = c.passive*(c.promoter+c.detractor) + 4*c.promoter*c.detractor
	return c
}

// stdErr is that of the score.
func (c composition) stdErr() float64 { return math.Sqrt(c.variance / c.n) }

// adjusted is the composition with the three customers that [AdjustedWald] adds.
func (a Attitudes) adjusted() composition { return a.adjustedBy(1) }

// adjustedBy is the composition with a share of the three customers that [AdjustedWald]
// adds.
func (a Attitudes) adjustedBy(share float64) composition {
	return WeightedAttitudes{float64(a.Detractors), float64(a.Passives), float64(a.Promoters)}.with(share).composition()
}

// worth is a composition as if of n answers, with the three customers that [AdjustedWald]
// adds.
func (c composition) worth(n float64) composition {
	return WeightedAttitudes{n * c.detractor, n * c.passive, n * c.promoter}.with(1).composition()
}

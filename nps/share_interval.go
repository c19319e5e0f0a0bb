package nps

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// ShareIntervals are the parts of the customers in each group, as fractions from 0 to 1,
// with their doubt.
type ShareIntervals struct {
	Detractors clientele.Estimate `json:"detractors"`
	Passives   clientele.Estimate `json:"passives"`
	Promoters  clientele.Estimate `json:"promoters"`
}

// Shares returns the shares of the three groups with intervals that hold all at once:
// Goodman, On Simultaneous Confidence Intervals for Multinomial Proportions,
// Technometrics 7 (1965), with a third of the error for each share. level is that of the
// three together, 0 = 0.95; one outside (0, 1), or with a third of an error that is none as
// a float64, is [clientele.ErrRange]. Without an answer it is [clientele.ErrEmpty].
func (t Tally) Shares(level float64) (ShareIntervals, error) {
	const op = "nps.Tally.Shares"
	level, err := fault.Level(op, level)
	if err != nil {
		return ShareIntervals{}, err
	}
	each, err := fault.Level(op, 1-(1-level)/3)
	if err != nil {
		return ShareIntervals{}, err
	}
	g := t.Attitudes()
	if g.N() == 0 {
		return ShareIntervals{}, empty(op)
	}
	share := func(k uint64) clientele.Estimate {
		e := interval.Wilson(int64(k), int64(g.N()), each)
		e.Level = level
		return e
	}
	return ShareIntervals{share(g.Detractors), share(g.Passives), share(g.Promoters)}, nil
}

package nps

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// ShareIntervals are the shares of detractors, passives and promoters, as fractions from 0
// to 1, with their uncertainty.
type ShareIntervals struct {
	Detractors clientele.Estimate `json:"detractors"` // share of detractors
	Passives   clientele.Estimate `json:"passives"`   // share of passives
	Promoters  clientele.Estimate `json:"promoters"`  // share of promoters
}

// Shares returns the shares of detractors, passives and promoters with intervals that are
// valid together: those of Clopper and Pearson, The Use of Confidence or Fiducial Limits
// Illustrated in the Case of the Binomial, Biometrika 26 (1934), with a third of the error
// for each share. They hold all three true shares at least as often as level says, even with
// few answers. For a statement about one of the three, [Tally.EachShare] has shorter ones.
//
// level is the confidence level of the three together, between 0 and 1; 0 = 0.95. Any
// other level, or one so near to 1 that a third of the error is lost to rounding, returns
// [clientele.ErrRange]. It returns [clientele.ErrEmpty] if there are no answers.
func (t Tally) Shares(level float64) (ShareIntervals, error) {
	return t.together("nps.Tally.Shares", level, interval.Exact)
}

// GoodmanShares returns what [Tally.Shares] does, with the intervals of Goodman, On
// Simultaneous Confidence Intervals for Multinomial Proportions, Technometrics 7 (1965):
// Wilson's, with a third of the error for each share. They are shorter, and do not hold as
// often as level says where an attitude is rare: where 2 % are detractors and 2 % promoters,
// those of 6 answers at 95 % hold the three shares in 78 % of samples.
func (t Tally) GoodmanShares(level float64) (ShareIntervals, error) {
	return t.together("nps.Tally.GoodmanShares", level, interval.Wilson)
}

// together are intervals of shares that share the error.
func (t Tally) together(op string, level float64, of shareInterval) (ShareIntervals, error) {
	level, err := fault.Level(op, level)
	if err != nil {
		return ShareIntervals{}, err
	}
	each, err := interval.Level(1 - (1-level)/3)
	if err != nil {
		return ShareIntervals{}, fault.Of(op, "level", level, errNextToOne)
	}
	return t.shares(op, of, each, level)
}

var errNextToOne = rule.Because(rule.Range, "too near to 1", "a level whose error can be divided by three, such as 0.95")

// EachShare returns the shares of detractors, passives and promoters, each with the
// interval of Wilson, Probable Inference, the Law of Succession, and Statistical
// Inference, JASA 22 (1927), which never leaves the range of 0 to 1. Each is valid by
// itself; use [Tally.Shares] for a statement about all three together.
//
// level is the confidence level of each interval, between 0 and 1; 0 = 0.95. Any other
// level returns [clientele.ErrRange]. It returns [clientele.ErrEmpty] if there are no
// answers.
func (t Tally) EachShare(level float64) (ShareIntervals, error) {
	const op = "nps.Tally.EachShare"
	level, err := fault.Level(op, level)
	if err != nil {
		return ShareIntervals{}, err
	}
	return t.shares(op, interval.Wilson, level, level)
}

// shareInterval is a share of n trials of which k succeeded.
type shareInterval func(k, n int64, level float64) clientele.Estimate

// shares are intervals of one level, said to have another.
func (t Tally) shares(op string, of shareInterval, each, level float64) (ShareIntervals, error) {
	a := t.Attitudes()
	if a.N() == 0 {
		return ShareIntervals{}, noAnswers(op, "answers")
	}
	share := func(k uint64) clientele.Estimate {
		e := of(int64(k), int64(a.N()), each)
		e.Level = level
		return e
	}
	return ShareIntervals{share(a.Detractors), share(a.Passives), share(a.Promoters)}, nil
}

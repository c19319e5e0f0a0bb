package nps

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// CSATScale returns the scale of customer satisfaction: 1, very unsatisfied, to 5, very
// satisfied. 4 and 5 are satisfied, and [Tally.TopBox] on this scale is CSAT; 1 and 2 are
// unsatisfied.
func CSATScale() Scale { return Scale{Min: 1, Max: 5, Detractor: 2, Promoter: 4} }

// TopBox returns the share of answers, from 0 to 1, that are Scale.Promoter or higher,
// with the interval of Wilson, Probable Inference, the Law of Succession, and Statistical
// Inference, JASA 22 (1927), which never leaves that range. On [CSATScale] it is the
// share of satisfied customers, the CSAT score; on [CESScale] that of those who agree; on
// the standard scale that of promoters.
//
// level is the confidence level of the interval, between 0 and 1; 0 = 0.95. Any other
// level returns [clientele.ErrRange]. It returns [clientele.ErrEmpty] if there are no
// answers.
func (t Tally) TopBox(level float64) (clientele.Estimate, error) {
	const op = "nps.Tally.TopBox"
	level, err := fault.Level(op, level)
	if err != nil {
		return clientele.Estimate{}, err
	}
	a := t.Attitudes()
	if a.N() == 0 {
		return clientele.Estimate{}, noAnswers(op, "answers")
	}
	return interval.Wilson(int64(a.Promoters), int64(a.N()), level), nil
}

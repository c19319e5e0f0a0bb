package nps

import (
	"errors"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/internal/trend"
)

// TrendConfig says how a series is followed.
type TrendConfig struct {
	// AsOf is the end of the observation, itself included; required. The period that holds it
	// is the last of the trend. Answers in later periods return [clientele.ErrRange], since a
	// series knows the periods of answers and not their moments, and could not be cut off at
	// AsOf.
	AsOf time.Time `json:"asOf"`

	Rolling int     `json:"rolling,omitempty"` // how many periods make a rolling score; 0 = 1
	Method  Method  `json:"method,omitempty"`  // how intervals of scores are found; zero = AdjustedT
	Level   float64 `json:"level,omitempty"`   // level of all intervals, between 0 and 1; 0 = 0.95
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves c as it was.
// [Series.Trend] checks the values.
func (c *TrendConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.TrendConfig.UnmarshalJSON", data, c)
}

// Trend is the score period after period.
type Trend struct {
	Config TrendConfig  `json:"config"` // the configuration, with defaults filled in
	Points []TrendPoint `json:"points"` // a point for each period, from the first with answers to that of AsOf

	Current TrendScore `json:"current"` // score of the last Rolling periods, the one that holds AsOf included
	AllTime TrendScore `json:"allTime"` // score of all periods

	// Line is the line through the scores of complete periods; nil where fewer than two
	// complete periods have answers.
	Line *TrendLine `json:"line,omitempty"`
}

// TrendPoint is the score of one period.
type TrendPoint struct {
	Label string    `json:"label"` // name of the period, see [clientele.Periods.Label]
	Start time.Time `json:"start"` // beginning of the period

	// Complete says that the period was over by AsOf. The last period may be incomplete: it
	// is shown, but used neither by the line nor by [Series.Changes], since those who answer
	// early are not a random sample.
	Complete bool `json:"complete"`

	TrendScore

	Tally Tally `json:"tally"` // the answers of the period, which may be none

	// Rolling is the score of the last Rolling periods, this one included; nil before so
	// many have passed.
	Rolling *TrendScore `json:"rolling,omitempty"`

	Changed bool `json:"changed,omitempty"` // whether [Trend.Mark] found a change here
}

// TrendScore is the score of some periods.
type TrendScore struct {
	Attitudes Attitudes           `json:"attitudes"`       // how many answered how
	Score     *clientele.Estimate `json:"score,omitempty"` // score in points; nil without answers, which is not a score of 0
}

// TrendLine says whether the score rises or falls.
type TrendLine struct {
	// Slope is by how many points the score changes per period. Level is 0 where fewer than
	// three complete periods have answers, or all answers are of one attitude.
	Slope clientele.Estimate `json:"slope"`

	// Dispersion is how much more the scores scatter around the line than chance among
	// customers explains, as a factor of variance; 1 is chance alone. Above 1 it widens
	// the interval.
	Dispersion float64 `json:"dispersion"`

	P float64 `json:"p"` // two-sided probability of such a slope if there is none; 1 where Level is 0
}

// Trend follows the score over periods, alone and rolling, beside that of all time. Time and
// memory grow with the periods from the first with answers to AsOf, a kilobyte each, of which
// there are at most 36,525, a hundred years of days: more return [clientele.ErrRange].
//
// The line weights periods by answers, as Armitage, Tests for Linear Trends in
// Proportions and Frequencies, Biometrics 11 (1955), does for proportions: the variance
// of an answer is that of all answers together. The slope's variance is that of chance,
// times Pearson's dispersion around the line if that is above 1 (McCullagh and Nelder,
// Generalized Linear Models, 2nd ed. 1989, section 4.5), and its interval that of
// Student's t. Its limits are not cut.
//
// All faults of the configuration come at once in a [clientele.ConfigError]. The error is
// [clientele.ErrEmpty] if the series has no answers.
func (s *Series) Trend(cfg TrendConfig) (*Trend, error) {
	const op = "nps.Series.Trend"
	faults := clientele.ConfigError{Op: op}
	if cfg.Rolling < 0 {
		faults.Add("Rolling", cfg.Rolling, rule.Want(rule.Negative, "a number of periods, or 0 for 1"))
	}
	enum.Check(&faults, "Method", methodNames[:], cfg.Method)
	cfg.Level = fault.AddLevel(&faults, cfg.Level)
	cfg.Rolling = max(cfg.Rolling, 1)
	last, complete, err := s.until(op, &faults, cfg.AsOf)
	if err != nil {
		return nil, err
	}
	if last-s.at[0] >= rule.MostPeriods {
		faults.Add("AsOf", cfg.AsOf, rule.ErrPeriods)
		return nil, faults.Err()
	}
	t := &Trend{Config: cfg, Points: make([]TrendPoint, 0, last-s.at[0]+1)}
	if err := t.follow(s, last); err != nil {
		return nil, err
	}
	t.Line = s.line(complete, cfg.Level)
	return t, nil
}

// follow finds the scores.
func (t *Trend) follow(s *Series, until int32) (err error) {
	last := rolling{series: s, size: t.Config.Rolling, tally: s.blank}
	for period := s.at[0]; period <= until; period++ {
		p := TrendPoint{Label: s.periods.Label(int(period)), Start: s.periods.Start(int(period))}
		p.Complete = period < until || s.over(period, t.Config.AsOf)
		p.Tally = s.in(period)
		if p.TrendScore, err = t.score(p.Tally); err != nil {
			return err
		}
		whole, err := last.next(period)
		if err != nil {
			return err
		}
		if t.Current, err = t.score(last.tally); err != nil {
			return err
		}
		if whole {
			current := t.Current
			p.Rolling = &current
		}
		t.Points = append(t.Points, p)
	}
	t.AllTime, err = t.score(s.Total())
	return err
}

// rolling holds the answers of the last so many periods of a series.
type rolling struct {
	series *Series
	size   int // in periods
	tally  Tally
}

// next takes the next period in and the oldest out, and reports whether so many periods
// have passed since the series began.
func (r *rolling) next(period int32) (whole bool, err error) {
	passed := int(period-r.series.at[0]) + 1
	err = r.tally.Merge(r.series.in(period))
	if passed > r.size {
		err = errors.Join(err, r.tally.Remove(r.series.in(period-int32(r.size))))
	}
	return passed >= r.size, err
}

// score returns the score of a tally, which may be empty.
func (t *Trend) score(answers Tally) (TrendScore, error) {
	s := TrendScore{Attitudes: answers.Attitudes()}
	if s.Attitudes.N() == 0 {
		return s, nil
	}
	e, err := answers.Interval(t.Config.Method, t.Config.Level)
	s.Score = &e
	return s, err
}

// Mark sets Changed on the points at which changes were found, so that a chart can show
// both.
func (t *Trend) Mark(changes *Changes) {
	if t == nil || changes == nil {
		return
	}
	for _, c := range changes.Found {
		for i := range t.Points {
			t.Points[i].Changed = t.Points[i].Changed || t.Points[i].Start.Equal(c.Start)
		}
	}
}

// line draws the line through the first periods that have answers, as many as are given;
// it is nil through fewer than two.
func (s *Series) line(periods int, level float64) *TrendLine {
	if periods < 2 {
		return nil
	}
	all := make([]trend.Point, periods)
	var total Attitudes
	for i := range all {
		a := s.tally(i).Attitudes()
		c := a.composition()
		all[i] = trend.Point{X: float64(s.at[i] - s.at[0]), Mean: points * c.score, N: c.n}
		total = total.and(a)
	}
	l := trend.Fit(all, level, func(float64) float64 { return points * points * total.composition().variance })
	return &TrendLine{l.Slope, l.Dispersion, l.P}
}

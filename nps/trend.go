package nps

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/trend"
)

// TrendConfig says how a series is followed.
type TrendConfig struct {
	// AsOf is the end of the observation, itself included; required. The period that
	// holds it is the last of the trend. Answers in later periods are
	// [clientele.ErrRange], since a series knows the periods of answers and not their
	// moments, and could not be cut off at AsOf.
	AsOf time.Time `json:"asOf"`

	Rolling int     `json:"rolling,omitempty"` // periods that roll together, at least 1; 0 = 1
	Method  Method  `json:"method,omitempty"`  // of the intervals of scores; zero = AdjustedWald
	Level   float64 `json:"level,omitempty"`   // of all intervals; 0 = 0.95
}

// Trend is the score period after period.
type Trend struct {
	Config TrendConfig  `json:"config"` // with defaults filled in
	Points []TrendPoint `json:"points"` // from the first period with answers to that of AsOf

	Current TrendScore `json:"current"` // of the last Window periods, the running one included
	AllTime TrendScore `json:"allTime"`

	// Line is the line through the scores of complete periods; nil where fewer than two
	// of them have answers.
	Line *TrendLine `json:"line,omitempty"`
}

// TrendPoint is a period.
type TrendPoint struct {
	Label string    `json:"label"` // see [clientele.Periods.Label]
	Start time.Time `json:"start"`

	// Complete tells that the period was over by AsOf. An incomplete one, the last, is
	// shown, and judged neither by the line nor by [Series.Changes]: those who answer
	// early are not a sample of those who answer.
	Complete bool `json:"complete"`

	TrendScore

	// Rolling is the score of the Window periods that end with this one; nil before so
	// many have passed.
	Rolling *TrendScore `json:"rolling,omitempty"`

	Changed bool `json:"changed,omitempty"` // set by [Trend.Mark]
}

// TrendScore is the score of some time.
type TrendScore struct {
	Attitudes Attitudes           `json:"attitudes"`
	Score     *clientele.Estimate `json:"score,omitempty"` // in points; nil without answers, which is not a score of 0
}

// TrendLine tells whether the score rises or falls.
type TrendLine struct {
	// Slope is by how many points the score changes a period. Level is 0 where fewer
	// than three complete periods have answers, or all answers are of one kind.
	Slope clientele.Estimate `json:"slope"`

	// Dispersion is how much more the scores scatter around the line than chance among
	// customers explains, as a factor of variance; 1 is chance alone. Above 1 it widens
	// the interval.
	Dispersion float64 `json:"dispersion"`

	P float64 `json:"p"` // two-sided, that there is no slope; 1 where Level is 0
}

var errLaterAnswers = fmt.Errorf("%w: there are answers of later periods", clientele.ErrRange)

// Trend follows the score over periods, alone and rolling, beside that of all time.
//
// The line weighs periods by answers, as Armitage, Tests for Linear Trends in
// Proportions and Frequencies, Biometrics 11 (1955), does for proportions: the variance
// of an answer is that of all answers together. The slope's variance is that of chance,
// times Pearson's dispersion around the line if that is above 1 (McCullagh and Nelder,
// Generalized Linear Models, 2nd ed. 1989, section 4.5), and its interval that of
// Student's t. Its limits are not cut.
//
// All faults of the configuration come at once in a [clientele.ConfigError]. The zero
// Series is [clientele.ErrEmpty].
func (s *Series) Trend(cfg TrendConfig) (*Trend, error) {
	const op = "nps.Series.Trend"
	if len(s.at) == 0 {
		return nil, empty(op)
	}
	faults := clientele.ConfigError{Op: op}
	last, complete, err := s.until(cfg.AsOf)
	if err != nil {
		faults.Add("AsOf", cfg.AsOf, err)
	}
	if cfg.Rolling < 0 {
		faults.Add("Rolling", cfg.Rolling, clientele.ErrNegative)
	}
	checkName(&faults, "Method", cfg.Method, methodNames[:])
	cfg.Level = fault.AddLevel(&faults, cfg.Level)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	cfg.Rolling = max(cfg.Rolling, 1)
	t := &Trend{Config: cfg}
	if err := t.follow(s, last); err != nil {
		return nil, err
	}
	t.Line = s.line(complete, cfg.Level)
	return t, nil
}

// follow finds the scores.
func (t *Trend) follow(s *Series, last int32) (err error) {
	rolling := s.rolling(t.Config.Rolling)
	for period := s.at[0]; period <= last; period++ {
		p := TrendPoint{Label: s.periods.Label(int(period)), Start: s.periods.Start(int(period))}
		p.Complete = period < last || s.over(period, t.Config.AsOf)
		if p.TrendScore, err = t.score(s.in(period)); err != nil {
			return err
		}
		whole, err := rolling.roll(period)
		if err != nil {
			return err
		}
		if t.Current, err = t.score(rolling.tally); err != nil {
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

// Mark sets Changed on the points at which changes were found.
func (t *Trend) Mark(changes *Changes) {
	for _, c := range changes.Found {
		for i := range t.Points {
			t.Points[i].Changed = t.Points[i].Changed || t.Points[i].Start.Equal(c.Start)
		}
	}
}

// line draws the line through so many periods that have answers, nil through fewer than
// two.
func (s *Series) line(periods int, level float64) *TrendLine {
	if periods < 2 {
		return nil
	}
	all := make([]trend.Point, periods)
	var total Attitudes
	for i := range all {
		g := s.tally(i).Attitudes()
		m := g.composition()
		all[i] = trend.Point{X: float64(s.at[i] - s.at[0]), Mean: points * m.score, N: m.n}
		total = total.and(g)
	}
	l := trend.Fit(all, level, func(float64) float64 { return points * points * total.composition().variance })
	return &TrendLine{l.Slope, l.Dispersion, l.P}
}

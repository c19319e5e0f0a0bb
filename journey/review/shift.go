package review

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// ShiftConfig says which periods [Report.Shifts] compares, and what in them.
type ShiftConfig struct {
	Of Kind `json:"of,omitzero"` // what is compared: products, touchpoints or topics

	// First is the label of the first period of the two, as in Period.Label. First and Second
	// both "" = the last two periods that are complete.
	First  string `json:"first,omitempty"`
	Second string `json:"second,omitempty"` // label of the second period, given if First is

	Adjust clientele.Adjustment `json:"adjust,omitzero"` // how p-values are adjusted for the number of groups; zero = Holm
	Level  float64              `json:"level,omitempty"` // confidence level of intervals, between 0 and 1; 0 = 0.95
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns a [clientele.InputError] of [clientele.ErrEncoding] and leaves c as it
// was. [ShiftConfig.Validate] checks the values.
func (c *ShiftConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("review.ShiftConfig.UnmarshalJSON", data, c)
}

// Validate reports all faults of the configuration at once in a [clientele.ConfigError]: a
// kind or an adjustment that does not exist, one label without the other, a level that no
// interval can have. Whether a report has the periods is judged by [Report.Shifts].
func (c ShiftConfig) Validate() error {
	faults := clientele.ConfigError{Op: "review.ShiftConfig.Validate"}
	c.complete(&faults)
	return faults.Err()
}

// complete puts defaults where a configuration says nothing, and notes all its faults.
func (c *ShiftConfig) complete(faults *clientele.ConfigError) {
	enum.Check(faults, "Of", kindNames[:], c.Of)
	switch {
	case c.First == "" && c.Second != "":
		faults.Add("First", nil, errOneLabel)
	case c.First != "" && c.Second == "":
		faults.Add("Second", nil, errOneLabel)
	case c.First != "" && c.First == c.Second:
		faults.Add("Second", c.Second, rule.Because(rule.Duplicate, "the period of First", "another period"))
	}
	fault.AddValue(faults, "Adjust", c.Adjust.Validate())
	c.Level = fault.AddLevel(faults, c.Level)
}

// ShiftReport is what changed between two periods.
type ShiftReport struct {
	Config ShiftConfig `json:"config"` // what was asked, with defaults filled in
	Shifts []Shift     `json:"shifts"` // by Mentions.Adjusted, the least first, then by size of that difference, then by name
}

// Shift is how one product, touchpoint or topic changed. Differences are those of the second
// period less the first. The p-values of Mentions, of Positive and of PassedOn are adjusted
// separately.
type Shift struct {
	Name string `json:"name"` // name of the product, touchpoint or topic

	Mentions Contrast `json:"mentions"` // its share of the reviews of the period: a product of those of products, a touchpoint of those of touchpoints, a topic of all
	Positive Contrast `json:"positive"` // share of positive ratings
	PassedOn Contrast `json:"passedOn"` // share of reviews that were passed on

	IsRising  bool `json:"isRising,omitempty"`  // whether it is mentioned more often by more than chance: Mentions.Adjusted is at most 1 − Level
	IsFalling bool `json:"isFalling,omitempty"` // whether it is mentioned less often by more than chance, likewise
}

// Shifts returns what changed between two periods: what is mentioned more or less often, liked
// more or less, passed on more or less. Reviews are taken as independent; where customers wrote
// in both periods, differences look less certain than they are.
//
// All faults of the configuration come at once in a [clientele.ConfigError]: a kind that does
// not exist, a label that no period has, twice the same period. The error is a
// [clientele.InputError] of [clientele.ErrEmpty] where no label is given and fewer than two
// periods are complete, and of [clientele.ErrRange] for counts that no report of this package
// has.
func (r *Report) Shifts(cfg ShiftConfig) (*ShiftReport, error) {
	const op = "review.Report.Shifts"
	if r == nil {
		return nil, fault.Of(op, "Report", nil, errNoReport)
	}
	faults := clientele.ConfigError{Op: op}
	cfg.complete(&faults)
	first, second := r.twoPeriods(&faults, &cfg)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if first == nil || second == nil {
		return nil, fault.Of(op, "Periods", len(r.Periods), errTwoPeriods)
	}
	out := &ShiftReport{Config: cfg}
	if err := out.compare(first, second); err != nil {
		return nil, fault.Renamed(op, err)
	}
	return out, nil
}

var (
	errNoReport   = rule.Want(rule.Missing, "a report, the answer of Count or Counter.Report")
	errTwoPeriods = rule.Because(rule.Empty, "fewer than two complete periods", "the labels of two periods in First and Second, or reviews of a longer time")
	errLabel      = rule.Want(rule.Unknown, "the Label of a period of the report")
	errOneLabel   = rule.Want(rule.Missing, "the labels of both periods, or none")
	errCounts     = rule.Because(rule.Range, "no count of a report", "a report as Counter.Report returned it")
)

// twoPeriods finds the periods that are compared; nil without two that are complete.
func (r *Report) twoPeriods(faults *clientele.ConfigError, cfg *ShiftConfig) (first, second *Period) {
	if cfg.First == "" && cfg.Second == "" {
		for i := range r.Periods {
			if r.Periods[i].Complete {
				first, second = second, &r.Periods[i]
			}
		}
		if first != nil {
			cfg.First, cfg.Second = first.Label, second.Label
		}
		return first, second
	}
	find := func(field, label string) *Period {
		i := slices.IndexFunc(r.Periods, func(p Period) bool { return p.Label == label })
		if i >= 0 {
			return &r.Periods[i]
		}
		if label != "" {
			faults.Add(field, label, errLabel)
		}
		return nil
	}
	return find("First", cfg.First), find("Second", cfg.Second)
}

// compare compares the groups of two periods.
func (s *ShiftReport) compare(first, second *Period) error {
	type sides [2]Group
	both := make(map[string]*sides)
	var of [2]int // reviews in which a group can be mentioned
	for side, p := range []*Period{first, second} {
		groups := p.groups(s.Config.Of)
		of[side] = p.All.Reviews
		if s.Config.Of != Topic {
			of[side] = reviewsOf(groups)
		}
		for i, g := range groups {
			if !g.isSound(of[side]) {
				return fault.Of("", fmt.Sprintf("Periods[%s].%v[%d]", p.Label, s.Config.Of, i), g.Name, errCounts)
			}
			if both[g.Name] == nil {
				both[g.Name] = new(sides)
			}
			both[g.Name][side] = g
		}
	}
	level := s.Config.Level
	for name, g := range both {
		a, b := &g[0], &g[1]
		s.Shifts = append(s.Shifts, Shift{
			Name:     name,
			Mentions: contrast(a.Reviews, of[0], b.Reviews, of[1], level),
			Positive: contrast(a.Positive, a.Rated, b.Positive, b.Rated, level),
			PassedOn: contrast(a.PassedOn.Reviews, a.Reviews, b.PassedOn.Reviews, b.Reviews, level),
		})
	}
	return s.complete()
}

// reviewsOf is how many reviews groups have that share none.
func reviewsOf(groups []Group) (n int) {
	for i := range groups {
		n += groups[i].Reviews
	}
	return n
}

// isSound reports whether counts can be those of a group.
func (g *Group) isSound(of int) bool {
	return 0 <= g.Positive && g.Positive <= g.Rated && g.Rated <= g.Reviews && g.Reviews <= of &&
		0 <= g.PassedOn.Reviews && g.PassedOn.Reviews <= g.Reviews
}

// complete adjusts p-values and puts shifts in order.
func (s *ShiftReport) complete() error {
	slices.SortFunc(s.Shifts, func(a, b Shift) int { return cmp.Compare(a.Name, b.Name) })
	for _, of := range []func(*Shift) *Contrast{
		func(s *Shift) *Contrast { return &s.Mentions },
		func(s *Shift) *Contrast { return &s.Positive },
		func(s *Shift) *Contrast { return &s.PassedOn },
	} {
		var family []*Contrast
		for i := range s.Shifts {
			family = append(family, of(&s.Shifts[i]))
		}
		if err := adjust(family, s.Config.Adjust); err != nil {
			return err
		}
	}
	for i := range s.Shifts {
		one := &s.Shifts[i]
		isFound := one.Mentions.Adjusted <= 1-s.Config.Level
		one.IsRising, one.IsFalling = isFound && one.size() > 0, isFound && one.size() < 0
	}
	slices.SortStableFunc(s.Shifts, func(a, b Shift) int {
		return cmp.Or(cmp.Compare(a.Mentions.Adjusted, b.Mentions.Adjusted), cmp.Compare(max(b.size(), -b.size()), max(a.size(), -a.size())))
	})
	return nil
}

// size is the difference of mentions; 0 where there is none.
func (s *Shift) size() float64 {
	if s.Mentions.Difference == nil {
		return 0
	}
	return s.Mentions.Difference.Value
}

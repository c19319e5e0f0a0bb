package cohort

import (
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// TriangleConfig says what a [Triangle] shows.
type TriangleConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases
	// are counted and left out.
	AsOf time.Time `json:"asOf"`

	// Calendar is that of cohorts, and of columns unless Window or Brackets say
	// otherwise. Its zone is that of all days.
	Calendar clientele.Calendar `json:"calendar"`

	// Window makes columns rolling windows of so many days from each customer's own
	// first day: 0 to Window-1, Window to 2·Window-1, …
	Window int `json:"window,omitempty"`

	// Brackets make columns of days from each customer's own first day, such as 0, 1
	// to 7, 8 to 30. They are ascending and do not overlap; there may be gaps, and
	// money in one is part of Outside.
	Brackets []Bracket `json:"brackets,omitempty"`

	Grouping Grouping `json:"grouping,omitzero"` // what a cohort is; zero = ByStart
	Entry    Entry    `json:"entry,omitzero"`    // when a customer enters a cohort; zero = FirstEver

	// Since leaves out who entered earlier; zero = nobody. They are counted.
	Since time.Time `json:"since,omitzero"`

	Retention Retention `json:"retention,omitzero"` // who is active in a column; zero = Within

	// MinPurchases is how many purchases make a customer active; 0 = 1. In the first column
	// the one that began it counts.
	MinPurchases int `json:"minPurchases,omitempty"`

	Level float64 `json:"level,omitempty"` // of the intervals; 0 = 0.95

	// Workers is the number of goroutines; 0 = GOMAXPROCS. The triangle does not
	// depend on it.
	Workers int `json:"-"`
}

// Bracket is a range of days from a customer's first day, which is day 0, both ends
// included.
type Bracket struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// String is as in "1–7".
func (b Bracket) String() string {
	if b.From == b.To {
		return fmt.Sprint(b.From)
	}
	return fmt.Sprintf("%d–%d", b.From, b.To)
}

const maxWindow = 1 << 20 // days

// fill returns the configuration with defaults, or all its faults.
func (c TriangleConfig) fill(op string) (TriangleConfig, *clientele.Periods, error) {
	faults := clientele.ConfigError{Op: op}
	if err := rule.Time(c.AsOf); err != nil {
		faults.Add("AsOf", c.AsOf, err)
	}
	periods, err := c.Calendar.Open()
	fault.AddPart(&faults, "Calendar.", err)
	if !c.Since.IsZero() {
		if err := rule.Time(c.Since); err != nil {
			faults.Add("Since", c.Since, err)
		} else if c.Since.After(c.AsOf) {
			faults.Add("Since", c.Since, fmt.Errorf("%w: after AsOf", clientele.ErrRange))
		}
	}
	c.checkColumns(&faults)
	c.checkNames(&faults)
	switch {
	case c.MinPurchases < 0:
		faults.Add("MinPurchases", c.MinPurchases, clientele.ErrNegative)
	case c.MinPurchases == 0:
		c.MinPurchases = 1
	}
	c.Level = fault.AddLevel(&faults, c.Level)
	c.Brackets = slices.Clone(c.Brackets)
	return c, periods, faults.Err()
}

// checkColumns notes windows and brackets that make no columns.
func (c TriangleConfig) checkColumns(faults *clientele.ConfigError) {
	if c.Window < 0 || c.Window > maxWindow {
		faults.Add("Window", c.Window, clientele.ErrRange)
	}
	if c.Window > 0 && len(c.Brackets) > 0 {
		faults.Add("Brackets", len(c.Brackets), fmt.Errorf("%w: besides Window", clientele.ErrRange))
	}
	for i, b := range c.Brackets {
		switch {
		case b.From < 0 || b.To > maxWindow:
			faults.Add(fmt.Sprintf("Brackets[%d]", i), b, clientele.ErrRange)
		case b.To < b.From:
			faults.Add(fmt.Sprintf("Brackets[%d].To", i), b.To, fmt.Errorf("%w: before From", clientele.ErrRange))
		case i > 0 && b.From <= c.Brackets[i-1].To:
			faults.Add(fmt.Sprintf("Brackets[%d].From", i), b.From, fmt.Errorf("%w: overlaps the one before or comes before it", clientele.ErrRange))
		}
	}
	if c.Entry == EveryPeriod && (c.Window > 0 || len(c.Brackets) > 0) {
		faults.Add("Entry", c.Entry, fmt.Errorf("%w: for columns of periods alone", clientele.ErrRange))
	}
}

// checkNames notes what is none of the named choices.
func (c TriangleConfig) checkNames(faults *clientele.ConfigError) {
	for _, choice := range []struct {
		field string
		value fmt.Stringer
		known bool
	}{
		{"Grouping", c.Grouping, int(c.Grouping) < len(groupingNames)},
		{"Entry", c.Entry, int(c.Entry) < len(entryNames)},
		{"Retention", c.Retention, int(c.Retention) < len(retentionNames)},
	} {
		if !choice.known {
			faults.Add(choice.field, choice.value, clientele.ErrUnknown)
		}
	}
}

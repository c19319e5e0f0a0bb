package cohort

import (
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// TriangleConfig says what a [Triangle] shows.
type TriangleConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases and
	// refunds are left out; the answer counts them in Later.
	AsOf time.Time `json:"asOf"`

	// Calendar sets the periods of cohorts, and the zone of local days. The columns are its
	// periods too, unless Window or Brackets say otherwise.
	Calendar clientele.Calendar `json:"calendar"`

	// Window makes columns of rolling windows of that length, counted in steps from each
	// customer's entry: days 0 to Window-1, Window to 2·Window-1, …
	Window clientele.Days `json:"window,omitempty"`

	// Brackets make columns of steps counted from each customer's entry, such as days 0,
	// 1 to 7, 8 to 30. They are ascending and do not overlap. There may be gaps: their
	// money is in no cell's Revenue but part of OutsideRevenue, and yet Cell.Brought and
	// Cell.LTV of later columns hold it.
	Brackets []Bracket `json:"brackets,omitempty"`

	// Step is what Window and Brackets count; zero = LocalDays. Weeks are brackets of
	// seven days; with CalendarPeriods and months, 1 to 3 are the three months after that
	// of the entry.
	Step Step `json:"step,omitzero"`

	Grouping Grouping `json:"grouping,omitzero"` // what a cohort is; zero = ByStart
	Entry    Entry    `json:"entry,omitzero"`    // when a customer enters a cohort; zero = FirstEver

	// Since leaves out customers who entered earlier, whom Triangle.BeforeSince counts.
	// Zero leaves out nobody.
	Since time.Time `json:"since,omitzero"`

	Retention Retention `json:"retention,omitzero"` // who is active in a column; zero = InColumn

	// MinPurchases is how many purchases make a customer active in a column; 0 = 1. Under
	// InColumn they are all in the column, under OnOrAfter all in it or later, together.
	// In the first column the purchase that began it counts: with 2, a customer is active
	// there after one more.
	MinPurchases int `json:"minPurchases,omitempty"`

	// StartLabels are the labels of purchases with which customers may enter, such as
	// "trial"; empty = all. Customers who bought, but never with one of these labels, are
	// counted in NeverStarted. Under Stated, StartLabels must be empty.
	StartLabels []string `json:"startLabels,omitempty"`

	// ReturnLabels are the labels of purchases that make a customer active, such as
	// "subscription"; empty = all. In the first column, too, the purchase of the entry
	// counts only if it has one. Money and Cell.Purchases are those of all purchases.
	ReturnLabels []string `json:"returnLabels,omitempty"`

	// Strict refuses a purchase or refund before its customer's stated entry, such as that
	// of a guest who signed up later. Otherwise it is left out: it makes nobody active, its
	// money is part of OutsideRevenue, and Triangle.BeforeEntry counts it.
	Strict bool `json:"strict,omitempty"`

	Level float64 `json:"level,omitempty"` // confidence level of the intervals; 0 = 0.95

	// Workers is the number of goroutines; 0 = GOMAXPROCS. The triangle does not
	// depend on it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. The values are checked when the question is asked.
func (c *TriangleConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.TriangleConfig.UnmarshalJSON", data, c)
}

// Bracket is a range of days, or of other steps, see [Step], counted from a customer's
// entry, which is in step 0; both ends are included.
type Bracket struct {
	From clientele.Days `json:"from"` // first step, itself included
	To   clientele.Days `json:"to"`   // last step, itself included
}

// String returns the bracket as in "1–7".
func (b Bracket) String() string {
	if b.From == b.To {
		return fmt.Sprint(int(b.From))
	}
	return fmt.Sprintf("%d–%d", int(b.From), int(b.To))
}

const maxWindow = 1 << 20 // days

// The faults of a TriangleConfig.
var (
	errWindow       = rule.Want(rule.Range, "1 to %d days, or 0 for columns of periods", maxWindow)
	errBracket      = rule.Want(rule.Range, "days from 0 to %d", maxWindow)
	errTwoKinds     = rule.Because(rule.Range, "besides Window", "either Window or Brackets")
	errNoSteps      = rule.Because(rule.Range, "for windows and brackets only", "a Window or Brackets; or local days for columns of periods")
	errStatedStart  = rule.Because(rule.Range, "besides a stated entry", "no labels, since the host says when customers enter")
	errPeriodsAlone = rule.Because(rule.Range, "for columns of periods only", "first ever, first since or stated; or no Window and no Brackets")
	errMinPurchases = rule.Want(rule.Negative, "a number of purchases; 0 = 1")
)

// fill returns the configuration with its defaults and notes its faults.
func (c TriangleConfig) fill(faults *clientele.ConfigError) (TriangleConfig, *clientele.Periods) {
	fault.AddAsOf(faults, c.AsOf)
	periods, err := c.Calendar.Open()
	fault.AddPart(faults, "Calendar.", err)
	if !c.Since.IsZero() {
		if err := rule.Time(c.Since); err != nil {
			faults.Add("Since", c.Since, err)
		} else if c.Since.After(c.AsOf) {
			faults.Add("Since", c.Since, rule.Because(rule.Range, "after AsOf", "a time up to %s", c.AsOf))
		}
	}
	c.checkColumns(faults)
	c.checkNames(faults)
	switch {
	case c.MinPurchases < 0:
		faults.Add("MinPurchases", c.MinPurchases, errMinPurchases)
	case c.MinPurchases == 0:
		c.MinPurchases = 1
	}
	c.Level = fault.AddLevel(faults, c.Level)
	c.Brackets, c.StartLabels, c.ReturnLabels = slices.Clone(c.Brackets), slices.Clone(c.StartLabels), slices.Clone(c.ReturnLabels)
	return c, periods
}

// checkColumns notes windows and brackets of which no columns can be made.
func (c TriangleConfig) checkColumns(faults *clientele.ConfigError) {
	if c.Window < 0 || c.Window > maxWindow {
		faults.Add("Window", c.Window, errWindow)
	}
	if c.Window > 0 && len(c.Brackets) > 0 {
		faults.Add("Brackets", c.Brackets, errTwoKinds)
	}
	for i, b := range c.Brackets {
		path := fmt.Sprintf("Brackets[%d]", i)
		switch {
		case b.From < 0 || b.To > maxWindow:
			faults.Add(path, b, errBracket)
		case b.To < b.From:
			faults.Add(path+".To", b.To, rule.Because(rule.Range, "before From", "%d or more", int(b.From)))
		case i > 0 && b.From <= c.Brackets[i-1].To:
			faults.Add(path+".From", b.From, rule.Because(rule.Range, "not after the bracket before", "more than %d: brackets are ascending and do not overlap", int(c.Brackets[i-1].To)))
		}
	}
	if c.Step != LocalDays && c.Window == 0 && len(c.Brackets) == 0 {
		faults.Add("Step", c.Step, errNoSteps)
	}
	if c.Entry == Stated && len(c.StartLabels) > 0 {
		faults.Add("StartLabels", c.StartLabels, errStatedStart)
	}
	if c.Entry == EveryPeriod && (c.Window > 0 || len(c.Brackets) > 0) {
		faults.Add("Entry", c.Entry, errPeriodsAlone)
	}
}

// checkNames notes choices that have no name.
func (c TriangleConfig) checkNames(faults *clientele.ConfigError) {
	enum.Check(faults, "Grouping", groupingNames[:], c.Grouping)
	enum.Check(faults, "Step", stepNames[:], c.Step)
	enum.Check(faults, "Entry", entryNames[:], c.Entry)
	enum.Check(faults, "Retention", retentionNames[:], c.Retention)
}

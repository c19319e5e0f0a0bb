package cohort

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// CompareConfig says what groups of customers are compared by: what each customer did
// in a window of the same length from purchase number Deal on, see [OutcomeConfig].
type CompareConfig struct {
	AsOf   time.Time      `json:"asOf"`           // the end of the observation, itself included; required
	Deal   int            `json:"deal,omitempty"` // the purchase at which groups are fixed; 0 = 1, the first
	Within clientele.Days `json:"within"`         // the length of windows; required

	Since time.Time `json:"since,omitzero"` // windows that begin earlier do not count; zero = no bound
	Until time.Time `json:"until,omitzero"` // nor those that begin then or later; zero = no bound

	Key KeySource `json:"key,omitzero"` // which label is the group, for CompareKeys; zero = OfFirst

	// Control is the group that all others are compared with; "" = the least label,
	// or the first period.
	Control string `json:"control,omitempty"`

	// Adjust raises probabilities for the number of groups; zero = Holm. A family is
	// all tests of one number, as of repeat rates: those of different numbers are not
	// raised for each other.
	Adjust clientele.Adjustment `json:"adjust,omitzero"`

	Level float64 `json:"level,omitempty"` // of the intervals, each by itself; 0 = 0.95

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

// outcomes is the part that says what is observed.
func (c *CompareConfig) outcomes() OutcomeConfig {
	return OutcomeConfig{AsOf: c.AsOf, Deal: c.Deal, Within: c.Within, Since: c.Since, Until: c.Until, Key: c.Key, Workers: c.Workers}
}

// fill returns the configuration with defaults and notes its faults.
func (c CompareConfig) fill(faults *clientele.ConfigError) CompareConfig {
	c.Deal = c.outcomes().fill(faults).Deal
	fault.AddValue(faults, "Adjust", c.Adjust.Validate())
	c.Level = fault.AddLevel(faults, c.Level)
	return c
}

// Comparison tells how groups of customers differ.
type Comparison struct {
	Config CompareConfig   `json:"config"` // with the control
	Groups []ComparedGroup `json:"groups"` // in ascending order of labels; periods as given

	// Customers who are in no group's numbers, and purchases.
	Open        int `json:"open,omitempty"`        // customers whose window has not ended by AsOf
	Outside     int `json:"outside,omitempty"`     // customers whose window begins at no time that counts
	Fewer       int `json:"fewer,omitempty"`       // customers who made fewer purchases than Deal by AsOf; of an assignment, those assigned
	NeverBought int `json:"neverBought,omitempty"` // customers of refunds alone; of an assignment they are among Fewer
	Unassigned  int `json:"unassigned,omitempty"`  // customers who made purchase number Deal and were not assigned
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf
}

// ComparedGroup is what a group did in the windows of its customers.
type ComparedGroup struct {
	Group     string          `json:"group"`
	Control   bool            `json:"control,omitempty"`
	Customers int             `json:"customers"`
	Repeated  int             `json:"repeated"` // customers who bought again
	Deals     int             `json:"deals"`    // further purchases
	Revenue   decimal.Decimal `json:"revenue"`  // of these, less refunds

	RepeatRate         ComparedValue `json:"repeatRate"`         // Repeated of Customers
	DealsPerCustomer   ComparedValue `json:"dealsPerCustomer"`   // mean of further purchases
	RevenuePerCustomer ComparedValue `json:"revenuePerCustomer"` // mean of their revenue
	AverageCheck       ComparedValue `json:"averageCheck"`       // Revenue per further purchase; of nothing where there is none
}

// Group returns the group of a label; ok is false where there is none.
func (c *Comparison) Group(label string) (g ComparedGroup, ok bool) {
	i := slices.IndexFunc(c.Groups, func(g ComparedGroup) bool { return g.Group == label })
	if i < 0 {
		return ComparedGroup{}, false
	}
	return c.Groups[i], true
}

// Assignment says which group a customer belongs to and since when, as that a gift went
// along with a purchase or did not.
type Assignment[K clientele.ID] struct {
	Customer K         `json:"customer"`
	Group    string    `json:"group"` // required
	At       time.Time `json:"at"`    // not after the moment of the customer's purchase number Deal
}

// Compare compares groups to which the host has assigned customers, such as those who
// got a gift with the second purchase and those who did not.
//
// Groups must have been fixed when windows begin. Whoever is put into a group later
// has stayed until then, and would make the group look faithful by that alone (the bias
// of immortal time: Suissa, Immortal Time Bias in Pharmacoepidemiology, American
// Journal of Epidemiology 167, 2008). So an assignment after the moment of the
// customer's purchase number Deal, be it on the same day, is refused with
// [clientele.ErrRange]: compare from the purchase at which the assignment was made.
// Those who never made that purchase cannot be compared and are counted.
//
// A customer without purchases, refunds or place in the roster is
// [clientele.ErrUnknown]; one who is assigned twice is [clientele.ErrDuplicate], or
// [clientele.ErrMismatch] if to another group. Each is an InputError with the index of
// the assignment. With fewer than two groups that have customers to compare it is
// [clientele.ErrEmpty].
//
// Whether a difference is an effect of what was done depends on who was chosen for it:
// if by chance, it is.
func (a *Activity[K]) Compare(cfg CompareConfig, groups iter.Seq2[Assignment[K], error]) (*Comparison, error) {
	const op = "cohort.Activity.Compare"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if groups == nil {
		faults.Add("groups", nil, clientele.ErrMissing)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	found := a.windows(cfg.outcomes())
	who, err := a.assigned(op, &cfg, found, groups)
	if err != nil {
		return nil, err
	}
	c := newComparer(cfg, who.sorted())
	c.result.Fewer, c.result.Later = who.fewer, found.later
	for slot, row := range found.all() {
		if group := who.bySlot[slot]; group == none {
			c.result.Unassigned++
		} else {
			c.add(found, row, who.rank[group])
		}
	}
	return c.comparison(op)
}

// CompareKeys compares customers by the label of their first purchase or of that with
// which the window begins: channel against channel, first product against first
// product. See [Activity.Compare].
func (a *Activity[K]) CompareKeys(cfg CompareConfig) (*Comparison, error) {
	const op = "cohort.Activity.CompareKeys"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	found := a.windows(cfg.outcomes())
	names := found.keys(a.book.labels.Names())
	c := newComparer(cfg, names)
	c.result.Fewer, c.result.NeverBought, c.result.Later = found.fewer, found.never, found.later
	rank := placesOf(a.book.labels.Names(), names)
	for _, row := range found.all() {
		c.add(found, row, rank[row.label])
	}
	return c.comparison(op)
}

// Span is a time with a name, such as last winter.
type Span struct {
	Name  string    `json:"name"`  // required
	Since time.Time `json:"since"` // itself included; required
	Until time.Time `json:"until"` // itself not included; required
}

// ComparePeriods compares the customers whose windows begin in one time with those of
// another: this winter's newcomers with last winter's. Since and Until of cfg are not
// used and must be zero. Periods may not overlap, so that every customer is in one at
// most; the first is the control unless cfg names another. See [Activity.Compare].
func (a *Activity[K]) ComparePeriods(cfg CompareConfig, periods ...Span) (*Comparison, error) {
	const op = "cohort.Activity.ComparePeriods"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if !cfg.Since.IsZero() || !cfg.Until.IsZero() {
		faults.Add("Since", cfg.Since, fmt.Errorf("%w: bounds besides periods", clientele.ErrRange))
	}
	checkSpans(&faults, periods)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	found := a.windows(cfg.outcomes())
	names := make([]string, len(periods))
	for i, p := range periods {
		names[i] = p.Name
	}
	c := newComparer(cfg, names)
	c.result.Fewer, c.result.NeverBought, c.result.Later = found.fewer, found.never, found.later
	for _, row := range found.all() {
		start := rule.Moment(row.start)
		group := slices.IndexFunc(periods, func(p Span) bool { return !start.Before(p.Since) && start.Before(p.Until) })
		if group < 0 {
			row.state = windowOutside
		}
		c.add(found, row, group)
	}
	return c.comparison(op)
}

// checkSpans notes periods that have no name or time of their own.
func checkSpans(faults *clientele.ConfigError, periods []Span) {
	seen := make(map[string]bool)
	for i, p := range periods {
		place := fmt.Sprintf("periods[%d].", i)
		switch {
		case p.Name == "":
			faults.Add(place+"Name", p.Name, clientele.ErrMissing)
		case seen[p.Name]:
			faults.Add(place+"Name", p.Name, clientele.ErrDuplicate)
		}
		seen[p.Name] = true
		checkSpan(faults, place, p.Since, p.Until)
		if p.Since.IsZero() {
			faults.Add(place+"Since", p.Since, clientele.ErrMissing)
		}
		if p.Until.IsZero() {
			faults.Add(place+"Until", p.Until, clientele.ErrMissing)
		}
	}
	inOrder := slices.SortedFunc(slices.Values(periods), func(p, q Span) int {
		return cmp.Or(p.Since.Compare(q.Since), p.Until.Compare(q.Until))
	})
	for i := 1; i < len(inOrder); i++ {
		if inOrder[i].Since.Before(inOrder[i-1].Until) {
			faults.Add("periods", inOrder[i].Name, fmt.Errorf("%w: overlaps another", clientele.ErrRange))
		}
	}
}

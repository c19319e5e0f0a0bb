package cohort

import (
	"iter"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// CompareConfig says how groups of customers are compared: by what each customer did in a
// window of equal length that begins with purchase number From, see [OutcomeConfig].
type CompareConfig struct {
	AsOf   time.Time      `json:"asOf"`           // end of the observation, itself included; required
	From   int            `json:"from,omitempty"` // number of the purchase at which groups are fixed and windows begin; 0 = 1, the first
	Within clientele.Days `json:"within"`         // length of the windows; required

	Since time.Time `json:"since,omitzero"` // windows that begin earlier do not count; zero = no bound
	Until time.Time `json:"until,omitzero"` // windows that begin then or later do not count; zero = no bound

	Key KeySource `json:"key,omitzero"` // which label is the group, for CompareKeys; zero = OfFirst

	// Control is the group with which all others are compared; "" = the first label in
	// alphabetical order, or the first period.
	Control string `json:"control,omitempty"`

	// Adjust adjusts p-values upwards for the number of groups; zero = Holm. All tests of
	// one number, such as of repeat rates, are a family; tests of different numbers are
	// not adjusted for each other.
	Adjust clientele.Adjustment `json:"adjust,omitzero"`

	Level float64 `json:"level,omitempty"` // confidence level of each interval by itself; 0 = 0.95

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. The values are checked when the question is asked.
func (c *CompareConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.CompareConfig.UnmarshalJSON", data, c)
}

// outcomes is the part that says what is observed.
func (c *CompareConfig) outcomes() OutcomeConfig {
	return OutcomeConfig{AsOf: c.AsOf, From: c.From, Within: c.Within, Since: c.Since, Until: c.Until, Key: c.Key, Workers: c.Workers}
}

// fill returns the configuration with its defaults and notes its faults.
func (c CompareConfig) fill(faults *clientele.ConfigError) CompareConfig {
	c.From = c.outcomes().fill(faults).From
	fault.AddValue(faults, "Adjust", c.Adjust.Validate())
	c.Level = fault.AddLevel(faults, c.Level)
	return c
}

// Comparison shows how groups of customers differ. Every difference is group − control.
// Customers whom no group counts, and purchases and refunds that do not count, are in the
// counts that follow Groups.
type Comparison struct {
	Config CompareConfig   `json:"config"` // as asked, with the defaults and the control
	Groups []ComparedGroup `json:"groups"` // in ascending order of labels; periods in the order given

	Open        int `json:"open,omitempty"`        // customers whose window has not ended by AsOf
	Outside     int `json:"outside,omitempty"`     // customers whose window begins outside Since and Until, or outside all periods
	Fewer       int `json:"fewer,omitempty"`       // customers with fewer purchases than From by AsOf; in the answer of Compare, only those who were assigned
	NeverBought int `json:"neverBought,omitempty"` // customers with only refunds; in the answer of Compare they are among Fewer
	Unassigned  int `json:"unassigned,omitempty"`  // customers with purchase number From who were not assigned
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf
}

// ComparedGroup is what the customers of a group did in their windows.
type ComparedGroup struct {
	Group     string          `json:"group"`             // label of the group, or name of the period
	Control   bool            `json:"control,omitempty"` // whether this is the control
	Customers int             `json:"customers"`         // customers whose window has ended by AsOf
	Repeated  int             `json:"repeated"`          // customers who bought again
	Purchases int             `json:"purchases"`         // further purchases
	Revenue   decimal.Decimal `json:"revenue"`           // revenue of the further purchases, less refunds

	// RepeatOddsRatio is the odds of having repeated, Repeated : Customers - Repeated, over
	// those of the control, as [OddsRatio] has them. It is the zero Estimate in the control
	// itself and where the ratio is not defined.
	RepeatOddsRatio clientele.Estimate `json:"repeatOddsRatio"`

	RepeatRate           ComparedValue `json:"repeatRate"`           // share of Customers who Repeated
	PurchasesPerCustomer ComparedValue `json:"purchasesPerCustomer"` // mean number of further purchases
	RevenuePerCustomer   ComparedValue `json:"revenuePerCustomer"`   // mean revenue of further purchases
	AverageCheck         ComparedValue `json:"averageCheck"`         // Revenue per further purchase, which package rfm calls the average receipt; the zero Estimate without any
}

// Group returns the group with a label; ok is false if there is none.
func (c *Comparison) Group(label string) (g ComparedGroup, ok bool) {
	if c == nil {
		return ComparedGroup{}, false
	}
	i := slices.IndexFunc(c.Groups, func(g ComparedGroup) bool { return g.Group == label })
	if i < 0 {
		return ComparedGroup{}, false
	}
	return c.Groups[i], true
}

// Compare compares groups to which the host has assigned customers, such as those who
// got a gift with the second purchase and those who did not.
//
// Groups must have been fixed when windows begin. A customer who is put into a group
// later has stayed until then, which alone would make the group look faithful (the bias
// of immortal time: Suissa, Immortal Time Bias in Pharmacoepidemiology, American
// Journal of Epidemiology 167, 2008). So an assignment after the moment of the
// customer's purchase number CompareConfig.From, even on the same day, is refused with
// [clientele.ErrRange]: compare from the purchase at which the assignment was made.
// Customers who never made that purchase cannot be compared; they are counted.
//
// Compare returns [clientele.ErrUnknown] if the activity does not know a customer,
// [clientele.ErrDuplicate] if a customer is assigned twice, and [clientele.ErrMismatch]
// if the second assignment is to another group, each in an InputError with the index of
// the assignment. It returns [clientele.ErrEmpty] if fewer than two groups have customers
// to compare.
//
// A difference is the effect of what was done to a group only if customers were chosen
// for it by chance.
func (a *Activity[K]) Compare(cfg CompareConfig, groups iter.Seq2[Assignment[K], error]) (*Comparison, error) {
	const op = "cohort.Activity.Compare"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	fault.AddSource(&faults, "groups", groups)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	found := a.book.windows(a.known().Len(), cfg.outcomes())
	who, err := a.assigned(op, &cfg, found, groups)
	if err != nil {
		return nil, err
	}
	c := newComparer(cfg, who.sorted())
	c.result.Fewer, c.result.Later = who.fewer, found.later
	for slot, w := range found.all() {
		if group := who.bySlot[slot]; group == none {
			c.result.Unassigned++
		} else {
			c.add(found, w, who.rank[group])
		}
	}
	return c.comparison(op)
}

// CompareKeys compares customers by the label of their first purchase, or of the one
// with which the window begins: channel with channel, first product with first product.
// See [Activity.Compare].
func (a *Activity[K]) CompareKeys(cfg CompareConfig) (*Comparison, error) {
	const op = "cohort.Activity.CompareKeys"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	b := &a.book
	found := b.windows(a.known().Len(), cfg.outcomes())
	labels := b.labels.Names()
	keys := found.keys(labels)
	c := newComparer(cfg, keys)
	c.result.Fewer, c.result.NeverBought, c.result.Later = found.fewer, found.neverBought, found.later
	rank := ranksIn(keys, labels)
	for _, w := range found.all() {
		c.add(found, w, rank[w.label])
	}
	return c.comparison(op)
}

// ComparePeriods compares customers whose windows begin in one period with those whose
// windows begin in another: last winter's newcomers, the control, with this winter's.
// The first period is the control unless cfg names another. Periods may not overlap, so
// that every customer is in one at most. Since and Until of cfg must be zero. See
// [Activity.Compare].
func (a *Activity[K]) ComparePeriods(cfg CompareConfig, periods ...Span) (*Comparison, error) {
	const op = "cohort.Activity.ComparePeriods"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	for _, bound := range []struct {
		field string
		at    time.Time
	}{{"Since", cfg.Since}, {"Until", cfg.Until}} {
		if !bound.at.IsZero() {
			faults.Add(bound.field, bound.at, errBesidesPeriods)
		}
	}
	checkSpans(&faults, periods)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	found := a.book.windows(a.known().Len(), cfg.outcomes())
	names := make([]string, len(periods))
	for i, p := range periods {
		names[i] = p.Name
	}
	c := newComparer(cfg, names)
	c.result.Fewer, c.result.NeverBought, c.result.Later = found.fewer, found.neverBought, found.later
	for _, w := range found.all() {
		start := rule.Moment(w.start)
		group := slices.IndexFunc(periods, func(p Span) bool { return !start.Before(p.Since) && start.Before(p.Until) })
		if group < 0 {
			w.state = windowOutside
		}
		c.add(found, w, group)
	}
	return c.comparison(op)
}

var errBesidesPeriods = rule.Because(rule.Range, "bounds besides periods", "the zero time, since the periods say which windows count")

package sales

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// Counter gathers what salespeople do, record by record, in any order. Counters of shards are
// merged, however the records were split. It keeps up to 150 bytes for each booking, deal and
// checked call. It is not safe for concurrent use. The zero Counter is empty and takes the
// configuration of the first that is merged into it; until then it refuses records
// ([clientele.ErrMissing]).
type Counter[K clientele.ID] struct {
	cfg      Config
	days     *clientele.Periods // nil without a configuration
	ranks    clientele.PriceRanks
	customer func(journey.Touch) (K, bool)
	since    int64 // in Unix nanoseconds
	asOf     int64

	people   clientele.Roster[K] // customers
	staff    labelset.Set
	channels labelset.Set
	wide     exact.Wide

	bookings []booking
	deals    []deal
	checks   []check
	worked   map[workday]bool // true: with a shift

	records, later, before int // see Scorecard
}

// Data is what [Measure] reads: at least one source. What is nil is left out.
type Data[K clientele.ID] struct {
	Touches iter.Seq2[journey.Touch, error]     // touches, of which some are bookings
	Deals   iter.Seq2[clientele.Deal[K], error] // deals, as [clientele.Deals] makes them
	Checks  iter.Seq2[Check, error]             // checked calls
	Shifts  iter.Seq2[Shift, error]             // days that were worked

	// Customer names the customer of a touch, as Deal.Customer has it, such as
	// journey.ByIdentifier("customer"). Without it no booking is known to become a sale.
	Customer func(journey.Touch) (customer K, ok bool)
}

// New makes an empty counter. customer names the customer of a touch; with nil no booking is
// known to become a sale. It reports all faults of the configuration at once, as
// [Config.Validate] does.
func New[K clientele.ID](customer func(journey.Touch) (customer K, ok bool), cfg Config) (*Counter[K], error) {
	cfg, err := cfg.complete("sales.New")
	if err != nil {
		return nil, err
	}
	return newCounter(customer, cfg), nil
}

// newCounter makes a counter of a configuration without faults.
func newCounter[K clientele.ID](customer func(journey.Touch) (K, bool), cfg Config) *Counter[K] {
	cfg = cfg.clone()
	c := &Counter[K]{cfg: cfg, customer: customer, asOf: cfg.AsOf.UnixNano(), since: rule.FirstNanos(), worked: make(map[workday]bool)}
	if !cfg.Since.IsZero() {
		c.since = cfg.Since.UnixNano()
	}
	c.days, _ = clientele.Calendar{Zone: cfg.Calendar.Zone}.Open()
	c.ranks = cfg.Book.Ranks()
	return c
}

// Measure reads all data in one pass and returns the scorecard. It returns a
// [clientele.ConfigError] with all faults of the configuration, and a [clientele.InputError]
// with the index of the record for an error of a source and for a record that [journey.Touch],
// [clientele.Deal], [Check] or [Shift] refuses. Without any source it returns one of
// [clientele.ErrMissing].
func Measure[K clientele.ID](data Data[K], cfg Config) (*Scorecard, error) {
	const op = "sales.Measure"
	cfg, err := cfg.complete(op)
	if err != nil {
		return nil, err
	}
	if data.Touches == nil && data.Deals == nil && data.Checks == nil && data.Shifts == nil {
		return nil, fault.Of(op, "data", nil, rule.ErrNoSource)
	}
	c := newCounter(data.Customer, cfg)
	if err := addAll(op, "Touches", data.Touches, c.addTouch); err != nil {
		return nil, err
	}
	if err := addAll(op, "Deals", data.Deals, c.addDeal); err != nil {
		return nil, err
	}
	if err := addAll(op, "Checks", data.Checks, c.addCheck); err != nil {
		return nil, err
	}
	if err := addAll(op, "Shifts", data.Shifts, c.addShift); err != nil {
		return nil, err
	}
	return c.scorecard(op)
}

// addAll adds a source, whose errors get the record's index and the name of the source.
func addAll[T any](op, source string, src iter.Seq2[T, error], add func(*T) error) error {
	if src == nil {
		return nil
	}
	n := 0
	for record, err := range src {
		if err == nil {
			err = add(&record)
		}
		if err != nil {
			return fault.Within(source, fault.Placed(op, n, dotted(err)))
		}
		n++
	}
	return nil
}

// dotted puts a point in front of the field of an InputError that has one.
func dotted(err error) error {
	if in, ok := err.(*clientele.InputError); ok && in.Field != "" {
		return fault.Within(".", err)
	}
	return err
}

// AddTouch adds a touch. It returns what [journey.Touch.Validate] refuses, and then leaves the
// counter as it was.
func (c *Counter[K]) AddTouch(t journey.Touch) error {
	return added(c, "sales.Counter.AddTouch", &t, (*Counter[K]).addTouch)
}

// AddDeal adds a deal, as [clientele.Deals] makes it of receipts up to Config.AsOf. It returns
// an InputError for what [clientele.Deal.Validate] refuses, for money of 10²⁰⁰ or more
// ([clientele.ErrRange]), and for a deal that was open at AsOf and has a later receipt
// ([clientele.ErrRange]), and then leaves the counter as it was.
func (c *Counter[K]) AddDeal(d clientele.Deal[K]) error {
	return added(c, "sales.Counter.AddDeal", &d, (*Counter[K]).addDeal)
}

// AddCheck adds a checked call. It returns what [Check.Validate] refuses, and then leaves the
// counter as it was.
func (c *Counter[K]) AddCheck(k Check) error {
	return added(c, "sales.Counter.AddCheck", &k, (*Counter[K]).addCheck)
}

// AddShift adds a day that somebody worked; a second shift of the day changes nothing. It
// returns what [Shift.Validate] refuses, and then leaves the counter as it was.
func (c *Counter[K]) AddShift(s Shift) error {
	return added(c, "sales.Counter.AddShift", &s, (*Counter[K]).addShift)
}

// added adds a record to a counter that may have no configuration.
func added[K clientele.ID, T any](c *Counter[K], op string, record *T, add func(*Counter[K], *T) error) error {
	if c == nil || c.days == nil {
		return fault.Unconfigured(op)
	}
	return fault.Renamed(op, add(c, record))
}

// Merge adds what another counter gathered from other records. The scorecard is the same in
// whatever order shards are merged. An empty counter without a configuration adds nothing, and
// takes the configuration of the other. Merge returns [clientele.ErrMismatch] if the
// configurations differ and [clientele.ErrDuplicate] if o is c, and then leaves c as it was. o
// stays as it was.
func (c *Counter[K]) Merge(o *Counter[K]) error {
	const op = "sales.Counter.Merge"
	switch {
	case c == nil:
		return fault.Unconfigured(op)
	case o == nil || o.days == nil:
		return nil
	case c == o:
		return fault.Of(op, "o", nil, rule.Because(rule.Duplicate, "the counter itself", "a counter of other records"))
	case c.days == nil:
		*c = *newCounter(o.customer, o.cfg)
	case !c.cfg.isEqual(o.cfg):
		return fault.Of(op, "Config", nil, rule.Want(rule.Mismatch, "the configuration of the counter that it is added to"))
	}
	people, staff, channels := c.people.Join(&o.people, 1), c.staff.Join(&o.staff), c.channels.Join(&o.channels)
	for _, b := range o.bookings {
		b.staff, b.channel = staff[b.staff], channels[b.channel]
		if b.customer >= 0 {
			b.customer = people[b.customer]
		}
		c.bookings = append(c.bookings, b)
	}
	for _, d := range o.deals {
		d.staff, d.customer = staff[d.staff], people[d.customer]
		d.amount, d.immediate, d.deferred = c.wide.Copy(&o.wide, d.amount), c.wide.Copy(&o.wide, d.immediate), c.wide.Copy(&o.wide, d.deferred)
		c.deals = append(c.deals, d)
	}
	for _, k := range o.checks {
		k.staff = staff[k.staff]
		c.checks = append(c.checks, k)
	}
	for day, shift := range o.worked {
		day.staff = staff[day.staff]
		c.worked[day] = c.worked[day] || shift
	}
	c.records, c.later, c.before = c.records+o.records, c.later+o.later, c.before+o.before
	return nil
}

// Reset makes the counter empty. Its configuration stays.
func (c *Counter[K]) Reset() {
	if c != nil && c.days != nil {
		*c = *newCounter(c.customer, c.cfg)
	}
}

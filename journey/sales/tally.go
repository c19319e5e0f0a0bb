package sales

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/boolean"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/shopspring/decimal"
)

// Tally counts what a person did. The tallies of all salespeople and of nobody add up to that of
// Scorecard.Total. Money is in the currency of the deals.
type Tally struct {
	Worked int `json:"worked"` // working days

	Bookings     int `json:"bookings"`     // bookings: Ended, Open and Unidentified
	Ended        int `json:"ended"`        // bookings of known customers whose time for a sale is over
	Converted    int `json:"converted"`    // of Ended, those that a sale converted
	Open         int `json:"open"`         // bookings of known customers that may still become a sale, or have just become one
	Unidentified int `json:"unidentified"` // bookings whose customer is not known

	Sales     int             `json:"sales"`     // deals that are sales
	Money     decimal.Decimal `json:"money"`     // money of the sales, exact
	Several   int             `json:"several"`   // sales in which other salespeople are named too
	Immediate int             `json:"immediate"` // sales with an add-on on the same day
	Mature    int             `json:"mature"`    // sales old enough for deferred add-ons
	Deferred  int             `json:"deferred"`  // of Mature, those with an add-on on a later day
	Repeat    int             `json:"repeat"`    // sales to people who had bought before
	Referred  int             `json:"referred"`  // sales to people whom a customer sent
	Lines     int             `json:"lines"`     // chosen lines of the sales
	Ranked    int             `json:"ranked"`    // sales with a chosen line that has a price rank

	ImmediateMoney decimal.Decimal `json:"immediateMoney"` // money of add-ons on the same day, exact
	DeferredMoney  decimal.Decimal `json:"deferredMoney"`  // money of add-ons on later days, of mature sales, exact

	Unsold   int             `json:"unsold"`   // deals that are no sale, such as leads
	Refunds  int             `json:"refunds"`  // refunds that belong to no known deal
	Refunded decimal.Decimal `json:"refunded"` // money of those refunds, at most 0, exact

	Checks        int `json:"checks"`        // checked calls with at least one criterion
	ProductChecks int `json:"productChecks"` // checked calls with a criterion of product knowledge
	PeopleChecks  int `json:"peopleChecks"`  // checked calls with a criterion of dealing with people
}

// Units is the number of units behind the value of a column: working days, ended bookings,
// sales or checked calls; 0 for a column without a name.
func (t Tally) Units(c Column) int {
	switch c {
	case BookingsADay, RepeatADay, ReferredADay, MoneyADay:
		return t.Worked
	case Conversion:
		return t.Ended
	case AverageCheck, ImmediateShare, Depth:
		return t.Sales
	case DeferredShare:
		return t.Mature
	case Breadth:
		return t.Ranked
	case Product:
		return t.ProductChecks
	case People:
		return t.PeopleChecks
	case Competence:
		return t.Checks
	}
	return 0
}

// sums are a tally in the making, with what intervals are made of.
type sums struct {
	Tally
	wide                                 exact.Wide
	money, immediate, deferred, refunded exact.Sum
	bookings, repeat, referred, daily    interval.Ratio // by day
	average, depth, breadth              interval.Ratio // by sale
	product, people, competence          interval.Ratio // by checked call
	productMarks, peopleMarks            Marks
	onDays                               workedDay // bookings and sales of all days
}

// counting is by what records are counted.
type counting struct {
	asOf   int64
	within uint64 // nanoseconds
	addOn  uint64
	from   *exact.Wide // to which sums of deals belong
}

func (c *Counter[K]) counting() counting {
	return counting{c.asOf, uint64(c.cfg.Within.Duration()), uint64(c.cfg.AddOnWithin.Duration()), &c.wide}
}

// elapsed are the nanoseconds from a moment to one that is not before it, of which an int64
// holds half as many years as moments are apart.
func elapsed(from, to int64) uint64 { return uint64(to) - uint64(from) }

// add adds what a person did. What nobody did is on no working day.
func (s *sums) add(by counting, p *person) {
	for i := range p.days {
		if p.name != "" {
			s.addDay(&p.days[i])
		}
	}
	for i := range p.bookings {
		s.addBooking(by, &p.bookings[i])
	}
	for i := range p.deals {
		s.addDeal(by, &p.deals[i])
	}
	for i := range p.checks {
		s.addCheck(&p.checks[i])
	}
}

func (s *sums) addDay(d *workedDay) {
	x := 0.0
	if d.worked {
		s.Worked++
		x = 1
	}
	s.onDays.bookings += d.bookings
	s.onDays.repeated += d.repeated
	s.onDays.referred += d.referred
	s.bookings.Add(float64(d.bookings), x)
	s.repeat.Add(float64(d.repeated), x)
	s.referred.Add(float64(d.referred), x)
	s.daily.Add(d.money, x)
}

func (s *sums) addBooking(by counting, b *booking) {
	s.Bookings++
	switch {
	case b.customer < 0:
		s.Unidentified++
	case elapsed(b.at, by.asOf) < by.within:
		s.Open++
	default:
		s.Ended++
		if b.converted {
			s.Converted++
		}
	}
}

func (s *sums) addDeal(by counting, d *deal) {
	switch d.kind {
	case unsold:
		s.Unsold++
		return
	case refund:
		s.Refunds++
		s.wide.Join(&s.refunded, by.from, d.amount)
		return
	}
	s.Sales++
	s.wide.Join(&s.money, by.from, d.amount)
	s.wide.Join(&s.immediate, by.from, d.immediate)
	s.Several += boolean.Int(d.isSeveral)
	s.Immediate += boolean.Int(d.hasImmediate)
	s.Repeat += boolean.Int(d.isRepeat)
	s.Referred += boolean.Int(d.isReferred)
	if elapsed(d.at, by.asOf) >= by.addOn {
		s.Mature++
		s.Deferred += boolean.Int(d.hasDeferred)
		s.wide.Join(&s.deferred, by.from, d.deferred)
	}
	s.average.Add(by.from.Float(d.amount), 1)
	s.Lines += d.lines
	s.depth.Add(float64(d.lines), 1)
	if d.ranked > 0 {
		s.Ranked++
		s.breadth.Add(d.ranks, float64(d.ranked))
	}
}

func (s *sums) addCheck(k *check) {
	both := k.product.plus(k.people)
	if both.Of == 0 {
		return
	}
	s.Checks++
	s.competence.Add(float64(both.Met), float64(both.Of))
	for _, part := range []struct {
		marks Marks
		ratio *interval.Ratio
		all   *Marks
		calls *int
	}{{k.product, &s.product, &s.productMarks, &s.ProductChecks}, {k.people, &s.people, &s.peopleMarks, &s.PeopleChecks}} {
		if part.marks.Of > 0 {
			part.ratio.Add(float64(part.marks.Met), float64(part.marks.Of))
			*part.all = part.all.plus(part.marks)
			*part.calls++
		}
	}
}

// tally is what was counted, with its money.
func (s *sums) tally() Tally {
	t := s.Tally
	t.Money, t.ImmediateMoney = s.wide.Decimal(s.money), s.wide.Decimal(s.immediate)
	t.DeferredMoney, t.Refunded = s.wide.Decimal(s.deferred), s.wide.Decimal(s.refunded)
	return t
}

// measures are the values with their intervals.
func (s *sums) measures(level float64) Measures {
	return Measures{
		BookingsADay:   perDay(&s.bookings, s.onDays.bookings, s.Worked, level),
		Conversion:     interval.Share(s.Converted, s.Ended, level),
		AverageCheck:   clipped(s.average.Estimate(level)),
		ImmediateShare: interval.Share(s.Immediate, s.Sales, level),
		DeferredShare:  interval.Share(s.Deferred, s.Mature, level),
		Depth:          clipped(s.depth.Estimate(level)),
		Breadth:        upToOne(s.breadth.Estimate(level)),
		RepeatADay:     perDay(&s.repeat, s.onDays.repeated, s.Worked, level),
		ReferredADay:   perDay(&s.referred, s.onDays.referred, s.Worked, level),
		Product:        shareMet(&s.product, s.productMarks, s.ProductChecks, level),
		People:         shareMet(&s.people, s.peopleMarks, s.PeopleChecks, level),
		Competence:     shareMet(&s.competence, s.productMarks.plus(s.peopleMarks), s.Checks, level),
		MoneyADay:      clipped(s.daily.Estimate(level)),
		RepeatShare:    interval.Share(s.Repeat, s.Sales, level),
		ReferredShare:  interval.Share(s.Referred, s.Sales, level),
	}
}

// clipped is an estimate of what is never below 0; nil where there is none.
func clipped(e clientele.Estimate, ok bool) *clientele.Estimate {
	if !ok {
		return nil
	}
	return new(interval.Clip(e, math.MaxFloat64))
}

// perDay is a number of events per working day, with days as units; nil without a working day.
// Where days do not differ, or there is one alone, the limits are those of Garwood.
func perDay(r *interval.Ratio, events, days int, level float64) *clientele.Estimate {
	if days == 0 {
		return nil
	}
	e := clipped(r.Estimate(level))
	if e.Level == 0 {
		e = new(interval.Poisson(int64(events), float64(days), level))
	}
	return e
}

// upToOne is clipped for what is never above 1.
func upToOne(e clientele.Estimate, ok bool) *clientele.Estimate {
	if !ok {
		return nil
	}
	return new(interval.Clip(e, 1))
}

// shareMet is the share of criteria that were met. Where all were, or none, calls do not
// differ, and the interval is Wilson's of calls as if each had one criterion, which is wide
// enough for shares of any kind.
func shareMet(r *interval.Ratio, all Marks, calls int, level float64) *clientele.Estimate {
	switch {
	case calls > 0 && all.Met == all.Of:
		return interval.Share(calls, calls, level)
	case calls > 0 && all.Met == 0:
		return interval.Share(0, calls, level)
	}
	return upToOne(r.Estimate(level))
}

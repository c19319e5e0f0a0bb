package survey

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/nps"
	"github.com/shopspring/decimal"
)

// Referral is someone new who came through a customer.
type Referral struct {
	Referrer  string          `json:"referrer"`            // id of the customer who recommended; required
	At        time.Time       `json:"at"`                  // when the new customer came; required
	Amplified bool            `json:"amplified,omitempty"` // whether it was paid for, rewarded or asked for; otherwise it is organic
	Revenue   decimal.Decimal `json:"revenue,omitzero"`    // what the new customer brought, as the host counts it
	Bought    time.Time       `json:"bought,omitzero"`     // when the new customer first bought, not before At; zero = not yet
}

// WordOfMouthConfig says whose referrals are looked at.
type WordOfMouthConfig struct {
	Scale nps.Scale `json:"scale,omitzero"` // scale of the answers; zero = the standard one

	// AsOf is the end of the observation, itself included; required. Later replies and
	// referrals are left out; the report counts them.
	AsOf time.Time `json:"asOf"`

	// Within is how long after the answer referrals count, the same for everybody;
	// required.
	Within clientele.Days `json:"within"`

	// BuyWithin is how long after a referral the first purchase of the new customer counts;
	// 0 = purchases are not looked at.
	BuyWithin clientele.Days `json:"buyWithin,omitempty"`

	Since time.Time `json:"since,omitzero"` // time from which answers are looked at; zero = no bound
	Until time.Time `json:"until,omitzero"` // time before which answers are looked at; zero = no bound

	Level float64 `json:"level,omitempty"` // level of intervals, between 0 and 1; 0 = 0.95
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves c as it was.
// [WordOfMouth] checks the values.
func (c *WordOfMouthConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("survey.WordOfMouthConfig.UnmarshalJSON", data, c)
}

// fill returns the configuration with defaults and notes its faults.
func (c WordOfMouthConfig) fill(faults *clientele.ConfigError) WordOfMouthConfig {
	fault.AddPart(faults, "Scale.", c.Scale.Validate())
	fault.AddAsOf(faults, c.AsOf)
	checkWindow(faults, "Within", c.Within)
	checkBuyWithin(faults, c.BuyWithin)
	replySpan{c.Since, c.Until}.check(faults)
	c.Level = fault.AddLevel(faults, c.Level)
	return c
}

// WordOfMouthReport compares what customers said with what they did.
type WordOfMouthReport struct {
	Config WordOfMouthConfig `json:"config"` // the configuration, with defaults filled in

	// Answers are those of the customers whose window has ended, the first answer of each.
	Answers nps.Tally          `json:"answers"`
	Score   clientele.Estimate `json:"score"` // net promoter score of Answers, in points, with the interval of nps.AdjustedT; passives stay in the denominator

	Organic   ReferralStats `json:"organic"`   // referrals that came by themselves: what the question was about
	Amplified ReferralStats `json:"amplified"` // referrals that were paid for, rewarded or asked for
	All       ReferralStats `json:"all"`       // referrals of both kinds; a customer who made both kinds is one referrer here

	Open    int `json:"open,omitempty"`    // number of customers whose window has not ended by AsOf
	Further int `json:"further,omitempty"` // number of replies between Since and Until after a customer's first
	Outside int `json:"outside,omitempty"` // number of replies before Since or not before Until
	Later   int `json:"later,omitempty"`   // number of replies after AsOf

	Referrals ReferralCount `json:"referrals"` // what became of the referrals
}

// ReferralCount is what became of the referrals. The numbers add up to all referrals read.
type ReferralCount struct {
	Counted    int `json:"counted"`              // referrals in the window of a customer
	Before     int `json:"before,omitempty"`     // referrals before the customer's answer, or at the very moment of that answer
	Past       int `json:"past,omitempty"`       // referrals after the customer's window
	Open       int `json:"open,omitempty"`       // referrals by customers whose window has not ended
	Unanswered int `json:"unanswered,omitempty"` // referrals by people without an answer between Since and Until
	Later      int `json:"later,omitempty"`      // referrals after AsOf
}

// ReferralStats are statistics of the referrals of a kind: organic, amplified or both.
type ReferralStats struct {
	Detractors Referring `json:"detractors"` // how detractors refer
	Passives   Referring `json:"passives"`   // how passives refer
	Promoters  Referring `json:"promoters"`  // how promoters refer
	Total      Referring `json:"total"`      // how all customers together refer

	// Gap is 100 (SaidOnly − DidOnly) / customers, in points from -100 to 100: the percentage
	// of customers who said they would refer, the promoters, less the percentage who did, the
	// referrers. It has the interval of [nps.AdjustedT]. Bonett and Price, Adjusted Wald
	// Confidence Interval for a Difference of Binomial Proportions Based on Paired Data,
	// Journal of Educational and Behavioral Statistics 37 (2012), add two imaginary customers
	// where that interval adds three.
	Gap      clientele.Estimate `json:"gap"`
	SaidOnly int                `json:"saidOnly"` // number of promoters who did not refer
	DidOnly  int                `json:"didOnly"`  // number of passives and detractors who did refer

	// Lift is the rate of promoters over that of passives; 1 = promoters refer as often.
	// Its interval inverts the continuity-corrected score test of Miettinen and Nurminen,
	// Comparative Analysis of Two Rates, Statistics in Medicine 4 (1985), and, with a
	// handful of customers, claims no more than an exact test would. nil without promoters,
	// and where no passive refers: then compare the rates.
	Lift *clientele.Estimate `json:"lift,omitempty"`
}

// WordOfMouth compares what customers said with what they did: the attitudes that their
// answers show with the referrals that were observed.
//
// For each customer the first answer from Since to before Until counts, and the
// referrals after it, up to Within days of 24 hours later, the end included. Only
// customers whose window has ended by AsOf count, since the others may still refer. What
// came before an answer cannot follow from it: customers who have just referred somebody
// answer high, too.
//
// The score is the percentage of promoters less that of detractors, of all customers who
// answered: neutral customers, passives, stay in its denominator, as customers who do not
// refer stay in that of a rate. What detractors say against the company is not observed, so
// the report compares promoters, not the score, with referrals. A referral is credited to
// one customer. A referral that the source yields twice counts twice. Whether new customers
// buy is judged within a window of their own, BuyWithin days from the referral on; of
// referrals for which it has ended.
//
// Two replies of a customer at one moment return [clientele.ErrDuplicate]. A reply without
// a customer, at an unusable time or off the scale, or a referral without a referrer, at
// an unusable time, of an unusable revenue or of a purchase before it, returns an InputError with its index. All
// faults of the configuration come at once in a [clientele.ConfigError]. It returns
// [clientele.ErrEmpty] if no customer's window has ended. No result depends on the order
// of the sources.
func WordOfMouth(replies iter.Seq2[Reply, error], referrals iter.Seq2[Referral, error], cfg WordOfMouthConfig) (*WordOfMouthReport, error) {
	const op = "survey.WordOfMouth"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	fault.AddSource(&faults, "replies", replies)
	fault.AddSource(&faults, "referrals", referrals)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	table, err := readReplies(op, replies, cfg.Scale, cfg.AsOf.UnixNano())
	if err != nil {
		return nil, err
	}
	count := newReferralCount(table, cfg)
	if err := count.read(op, referrals); err != nil {
		return nil, err
	}
	if count.result.Answers.N() == 0 {
		return nil, fault.Of(op, "replies", nil, rule.Because(rule.Empty, "no window has ended by AsOf",
			"replies %d days or more before %v", cfg.Within, cfg.AsOf))
	}
	return count.report(), nil
}

// check says what is wrong with a referral.
func (r Referral) check() error {
	if r.Referrer == "" {
		return fault.Of("", "Referrer", nil, errNoCustomer)
	}
	if err := rule.Time(r.At); err != nil {
		return fault.Of("", "At", r.At, err)
	}
	if err := rule.Amount(r.Revenue); err != nil {
		return fault.Of("", "Revenue", r.Revenue, err)
	}
	if r.Bought.IsZero() {
		return nil
	}
	if err := rule.Time(r.Bought); err != nil {
		return fault.Of("", "Bought", r.Bought, err)
	}
	if r.Bought.Before(r.At) {
		return fault.Of("", "Bought", r.Bought, errBoughtBefore)
	}
	return nil
}

var errBoughtBefore = rule.Because(rule.Range, "before the referral", "a moment at or after At, or none: who bought before was no new customer")

// complete estimates what the counts tell.
func (s *ReferralStats) complete(level float64) {
	s.SaidOnly = s.Promoters.Customers - s.Promoters.Referrers
	s.DidOnly = s.Detractors.Referrers + s.Passives.Referrers
	said, did := uint64(s.SaidOnly), uint64(s.DidOnly)
	gap := nps.Attitudes{Promoters: said, Detractors: did, Passives: uint64(s.Total.Customers) - said - did}
	s.Gap, _ = gap.Interval(nps.AdjustedT, level) // there are customers
	if s.Promoters.Customers > 0 && s.Passives.Referrers > 0 {
		p, q := s.Promoters, s.Passives
		s.Lift = new(interval.RiskRatio(int64(p.Referrers), int64(p.Customers), int64(q.Referrers), int64(q.Customers), level))
	}
}

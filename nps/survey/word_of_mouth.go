package survey

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/nps"
	"github.com/shopspring/decimal"
)

// Referral is someone new who came through a customer.
type Referral struct {
	Referrer  string          `json:"referrer"` // the customer who recommended; required
	At        time.Time       `json:"at"`
	Amplified bool            `json:"amplified,omitempty"` // it was paid for, rewarded or asked for; otherwise it is organic
	Revenue   decimal.Decimal `json:"revenue,omitzero"`    // what the new customer brought, as the host counts it
}

// WordOfMouthConfig says whose referrals are looked at.
type WordOfMouthConfig struct {
	Scale nps.Scale `json:"scale,omitzero"` // zero = the standard one

	// AsOf is the end of the observation, itself included; required. Later replies and
	// referrals are counted and left out.
	AsOf time.Time `json:"asOf"`

	// Within is how long after the answer referrals count, the same for everybody;
	// required.
	Within clientele.Days `json:"within"`

	// Since and Until restrict answers to Since ≤ At < Until; zero = no bound.
	Since time.Time `json:"since,omitzero"`
	Until time.Time `json:"until,omitzero"`

	Level float64 `json:"level,omitempty"` // of intervals; 0 = 0.95
}

// fill returns the configuration with defaults and notes its faults.
func (c WordOfMouthConfig) fill(faults *clientele.ConfigError) WordOfMouthConfig {
	if err := c.Scale.Validate(); err != nil {
		faults.Add("Scale", c.Scale, err)
	}
	if err := rule.Time(c.AsOf); err != nil {
		faults.Add("AsOf", c.AsOf, err)
	}
	checkWindow(faults, "Within", c.Within)
	replySpan{c.Since, c.Until}.check(faults)
	c.Level = fault.AddLevel(faults, c.Level)
	return c
}

// WordOfMouthReport sets what customers said beside what they did.
type WordOfMouthReport struct {
	Config WordOfMouthConfig `json:"config"`

	// Answers are those of the customers whose window has ended, one of each, and Score
	// the net promoter score of them with the interval of [AdjustedWald]. Passives are
	// neutral and stay in its denominator.
	Answers nps.Tally          `json:"answers"`
	Score   clientele.Estimate `json:"score"` // in points

	// Organic are the referrals that came by themselves: what the question was about.
	// Amplified are those that were paid for, rewarded or asked for. All are both; a
	// customer who made both kinds is one referrer there.
	Organic   ReferralStats `json:"organic"`
	Amplified ReferralStats `json:"amplified"`
	All       ReferralStats `json:"all"`

	Open    int `json:"open,omitempty"`    // customers whose window has not ended by AsOf
	Further int `json:"further,omitempty"` // replies in the span after a customer's first
	Outside int `json:"outside,omitempty"` // replies before Since or not before Until
	Later   int `json:"later,omitempty"`   // replies after AsOf

	Referrals ReferralCount `json:"referrals"`
}

// ReferralCount tells where referrals went. They add up to all that were read.
type ReferralCount struct {
	Counted    int `json:"counted"`              // in the window of a customer
	Before     int `json:"before,omitempty"`     // before the customer's answer, or at its very moment
	Past       int `json:"past,omitempty"`       // after the customer's window
	Open       int `json:"open,omitempty"`       // of customers whose window has not ended
	Unanswered int `json:"unanswered,omitempty"` // of people without an answer in the span
	Later      int `json:"later,omitempty"`      // after AsOf
}

// ReferralStats is one kind of referrals.
type ReferralStats struct {
	Detractors Referring `json:"detractors"`
	Passives   Referring `json:"passives"`
	Promoters  Referring `json:"promoters"`
	Total      Referring `json:"total"`

	// Gap is the percentage of customers who said they would, promoters, less that of
	// those who did, referrers: in points, from -100 to 100. It is SaidOnly less DidOnly,
	// of all customers, and has the interval of [AdjustedWald], since a customer adds 1,
	// 0 or -1 to it as to a score. Bonett and Price, Adjusted Wald Confidence Interval for
	// a Difference of Binomial Proportions Based on Paired Data, Journal of Educational
	// and Behavioral Statistics 37 (2012), add two customers where it adds three.
	Gap      clientele.Estimate `json:"gap"`
	SaidOnly int                `json:"saidOnly"` // promoters who did not refer
	DidOnly  int                `json:"didOnly"`  // others who did

	// Lift is the rate of promoters over that of passives: 1 = they refer no oftener. Its
	// interval is the one of Katz, Baptista, Azen and Pike, Obtaining Confidence Intervals
	// for the Risk Ratio in Cohort Studies, Biometrics 34 (1978). It has no interval where
	// no promoter refers, or everybody of both roles does. nil without promoters, and
	// where no passive refers: then the rates alone tell.
	Lift *clientele.Estimate `json:"lift,omitempty"`
}

// Referring is how customers of a role refer.
type Referring struct {
	Customers int `json:"customers"`
	Referrers int `json:"referrers"` // who referred at least once
	Referrals int `json:"referrals"`

	// Rate is the share of customers who referred, with Wilson's interval. Of promoters
	// it is the share of those who do as they said. nil without customers.
	Rate *clientele.Estimate `json:"rate,omitempty"`

	// PerCustomer is the mean number of referrals, with Student's interval, its lower
	// limit cut at 0. It has no interval where nothing shows how customers differ: of one
	// customer, and where all made as many. nil without customers.
	PerCustomer *clientele.Estimate `json:"perCustomer,omitempty"`

	Revenue decimal.Decimal `json:"revenue"` // of the referrals, exact
}

// WordOfMouth compares what customers said with what they did: net promoters with
// referrals that were observed.
//
// Of each customer the first answer in the span by Since and Until counts, and the
// referrals after it, up to Within days of 24 hours later, the end included. Only
// customers whose window has ended by AsOf count, since the others may still refer. What
// came before an answer cannot follow from it: happy referrers answer high, too.
//
// The score is the percentage of promoters less that of detractors of all customers who
// answered: neutral ones, passives, stay in its denominator, as customers who do not
// refer stay in that of a rate. What detractors say against the company is not observed;
// so the report sets promoters, not the score, against referrals. A referral is credited
// to one customer. Referrals that are given to it twice count twice.
//
// Two replies of a customer at one moment are [clientele.ErrDuplicate]. A reply without a
// customer, at an unusable time or off the scale, or a referral without a referrer, at an
// unusable time or of an unusable revenue, is an InputError with its index. All faults of
// the configuration come at once in a [clientele.ConfigError]. Without a customer whose
// window has ended it is [clientele.ErrEmpty]. No result depends on the order of the
// sources.
func WordOfMouth(replies iter.Seq2[Reply, error], referrals iter.Seq2[Referral, error], cfg WordOfMouthConfig) (*WordOfMouthReport, error) {
	const op = "survey.WordOfMouth"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if replies == nil {
		faults.Add("replies", nil, clientele.ErrMissing)
	}
	if referrals == nil {
		faults.Add("referrals", nil, clientele.ErrMissing)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	log, err := readReplies(op, replies, cfg.Scale, cfg.AsOf.UnixNano())
	if err != nil {
		return nil, err
	}
	count := newReferralCount(log, cfg)
	if err := count.read(op, referrals); err != nil {
		return nil, err
	}
	if count.result.Answers.N() == 0 {
		return nil, &clientele.InputError{Op: op, Index: -1, Field: "customers", Err: clientele.ErrEmpty}
	}
	return count.report(), nil
}

// check says what is wrong with a referral.
func (r Referral) check() error {
	if r.Referrer == "" {
		return fault.Missing("", "Referrer")
	}
	if err := rule.Time(r.At); err != nil {
		return fault.Of("", "At", r.At, err)
	}
	if err := rule.Amount(r.Revenue); err != nil {
		return fault.Of("", "Revenue", r.Revenue, err)
	}
	return nil
}

// complete estimates what the counts tell.
func (m *ReferralStats) complete(level float64) {
	m.SaidOnly = m.Promoters.Customers - m.Promoters.Referrers
	m.DidOnly = m.Detractors.Referrers + m.Passives.Referrers
	said, did := uint64(m.SaidOnly), uint64(m.DidOnly)
	gap := nps.Attitudes{Promoters: said, Detractors: did, Passives: uint64(m.Total.Customers) - said - did}
	m.Gap, _ = gap.Interval(nps.AdjustedWald, level) // there are customers
	if m.Promoters.Customers > 0 && m.Passives.Referrers > 0 {
		p, q := m.Promoters, m.Passives
		m.Lift = new(interval.RiskRatio(int64(p.Referrers), int64(p.Customers), int64(q.Referrers), int64(q.Customers), level))
	}
}

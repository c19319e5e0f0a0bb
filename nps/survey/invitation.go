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
)

// InvitationConfig says which invitations are looked at.
type InvitationConfig struct {
	Scale nps.Scale `json:"scale,omitzero"` // scale of the answers; zero = the standard one

	// AsOf is the end of the observation, itself included; required. Later replies,
	// invitations and referrals are left out; the report counts them.
	AsOf time.Time `json:"asOf"`

	// Invite is the number of hours after the answer within which promoters are invited, as
	// LoopConfig.Invite; required.
	Invite Hours `json:"invite"`

	// Within is how long after an invitation referrals count, the same for everybody;
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
// [ReportInvitations] checks the values.
func (c *InvitationConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("survey.InvitationConfig.UnmarshalJSON", data, c)
}

// fill returns the configuration with defaults and notes its faults.
func (c InvitationConfig) fill(faults *clientele.ConfigError) InvitationConfig {
	fault.AddPart(faults, "Scale.", c.Scale.Validate())
	fault.AddAsOf(faults, c.AsOf)
	if err := c.Invite.check(); err != nil {
		faults.Add("Invite", c.Invite, err)
	} else if c.Invite == 0 {
		faults.Add("Invite", nil, rule.Want(rule.Missing, "the hours within which promoters are invited, such as 168"))
	}
	checkWindow(faults, "Within", c.Within)
	checkBuyWithin(faults, c.BuyWithin)
	replySpan{c.Since, c.Until}.check(faults)
	c.Level = fault.AddLevel(faults, c.Level)
	return c
}

// InvitationReport says what became of the invitations to refer others.
type InvitationReport struct {
	Config InvitationConfig `json:"config"` // the configuration, with defaults filled in

	// After is what followed the invitations: from promoters invited in time to referrals,
	// buyers and revenue, within Within days from the invitation.
	After Referring `json:"after"`

	// Outcomes is what came of the invitations, by the last outcome of each customer that
	// was recorded in time: Resolved = accepted, Unresolved = declined.
	Outcomes OutcomeCount `json:"outcomes"`

	// Invited is what the same promoters did from their answer on, and Others what promoters
	// did who were not invited in time, in windows of one length: Config.Invite and
	// Config.Within together. Only these two can be compared, since promoters refer others
	// without an invitation too.
	Invited Referring `json:"invited"`
	Others  Referring `json:"others"` // see Invited

	// Lift is the rate of Invited over that of Others, with the interval of
	// ReferralStats.Lift; 1 = invitations change nothing. nil where one of the two groups is
	// empty, and where none of Others refer: then compare the rates.
	Lift *clientele.Estimate `json:"lift,omitempty"`

	Open    int `json:"open,omitempty"`    // number of promoters whose window has not ended by AsOf
	Outside int `json:"outside,omitempty"` // number of replies before Since or not before Until
	Later   int `json:"later,omitempty"`   // number of replies after AsOf

	Invitations InvitationCount `json:"invitations"` // what became of the contacts
	Referrals   ReferralCount   `json:"referrals"`   // what became of the referrals: Counted are those in the windows of Invited and Others, Unanswered those by people without an answer as promoters
}

// InvitationCount is what became of the contacts. The numbers add up to all contacts read.
type InvitationCount struct {
	Counted    int `json:"counted"`              // invitations that reached their promoter in time
	NotReached int `json:"notReached,omitempty"` // invitations that did not reach their promoter
	Late       int `json:"late,omitempty"`       // invitations that came later than Config.Invite after the answer
	Open       int `json:"open,omitempty"`       // invitations of promoters whose window has not ended
	Unasked    int `json:"unasked,omitempty"`    // invitations of people who had not answered as promoters between Since and Until by then
	OtherKind  int `json:"otherKind,omitempty"`  // contacts of another kind than Invite
	Later      int `json:"later,omitempty"`      // contacts after AsOf
}

// ReportInvitations reports how many promoters who were invited to refer others did, how
// many new customers and how much revenue that brought, and whether promoters who were
// invited refer more than others.
//
// For each customer the first answer of a promoter from Since to before Until counts. The
// customer is invited where a contact of kind [Invite], of another outcome than
// [NotReached], comes from the moment of the answer to Config.Invite hours later, both
// included; the first such contact is the invitation. Referrals count up to Config.Within
// days of 24 hours after it, the end included, organic and amplified ones alike. Only
// customers for whom the hours and the days together have passed by AsOf count, since the
// others may still refer. Groups are thus fixed whatever customers did, and everybody has
// the same time.
//
// Lift is that of invitations only if who was invited had nothing to do with who would
// refer, as when a random half is. A referral is credited to one customer. A referral that
// the source yields twice counts twice.
//
// Two replies of a customer at one moment return [clientele.ErrDuplicate]. A reply that
// [FollowUp] would refuse, a contact that [ReportLoop] would refuse, or a referral that
// [WordOfMouth] would refuse, returns an InputError with its index. All faults of the
// configuration come at once in a [clientele.ConfigError]. It returns [clientele.ErrEmpty]
// if no promoter's window has ended. No result depends on the order of the sources.
func ReportInvitations(replies iter.Seq2[Reply, error], contacts iter.Seq2[Contact, error], referrals iter.Seq2[Referral, error], cfg InvitationConfig) (*InvitationReport, error) {
	const op = "survey.ReportInvitations"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	fault.AddSource(&faults, "replies", replies)
	fault.AddSource(&faults, "contacts", contacts)
	fault.AddSource(&faults, "referrals", referrals)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	table, err := readReplies(op, replies, cfg.Scale, cfg.AsOf.UnixNano())
	if err != nil {
		return nil, err
	}
	count := newInvitationCount(table, cfg)
	if err := count.read(op, contacts, referrals); err != nil {
		return nil, err
	}
	r := count.report()
	if r.Invited.Customers+r.Others.Customers == 0 {
		return nil, fault.Of(op, "replies", nil, rule.Because(rule.Empty, "no window of a promoter has ended by AsOf",
			"replies of promoters %d hours and %d days or more before %v", cfg.Invite, cfg.Within, cfg.AsOf))
	}
	return r, nil
}

// complete estimates what the counts tell.
func (r *InvitationReport) complete() {
	level := r.Config.Level
	r.Outcomes.complete(level)
	if in, out := r.Invited, r.Others; in.Customers > 0 && out.Referrers > 0 {
		r.Lift = new(interval.RiskRatio(int64(in.Referrers), int64(in.Customers), int64(out.Referrers), int64(out.Customers), level))
	}
}

package survey

import (
	"iter"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/nps"
)

// invitationCount counts invitations and referrals by customer.
type invitationCount struct {
	table          *replyTable
	result         InvitationReport
	asOf           int64
	invite, within uint64
	windows        []invitationWindow // by customer
	buying         buying
	after          leads
	invited        leads
	others         leads
	wide           exact.Wide
}

// invitationWindow is what a promoter did after the answer.
type invitationWindow struct {
	start int64
	state windowState

	invited bool
	at      int64 // of the invitation

	outcome   Outcome // the last recorded in time
	outcomeAt int64

	made, after uint32 // referrals from the answer on, and from the invitation on
}

func newInvitationCount(table *replyTable, cfg InvitationConfig) *invitationCount {
	c := &invitationCount{
		table: table, result: InvitationReport{Config: cfg, Later: table.later}, asOf: cfg.AsOf.UnixNano(),
		invite: uint64(cfg.Invite.Duration()), within: uint64(cfg.Within.Duration()), windows: make([]invitationWindow, len(table.ends)),
	}
	c.buying = buying{uint64(cfg.BuyWithin.Duration()), c.asOf}
	span := replySpan{cfg.Since, cfg.Until}
	for who, own := range table.all() {
		for _, r := range own {
			switch w := &c.windows[who]; {
			case !span.holds(r.at):
				c.result.Outside++
			case r.attitude != nps.Promoter || w.state != noWindow:
			case passed(r.at, c.asOf) < c.invite+c.within:
				*w = invitationWindow{start: r.at, state: windowOpen}
				c.result.Open++
			default:
				*w = invitationWindow{start: r.at, state: windowEnded}
			}
		}
	}
	return c
}

// read counts contacts and then referrals.
func (c *invitationCount) read(op string, contacts iter.Seq2[Contact, error], referrals iter.Seq2[Referral, error]) error {
	for contact, err := range fault.Checked(op, contacts, Contact.check) {
		if err != nil {
			return err
		}
		c.contact(contact)
	}
	for r, err := range fault.Checked(op, referrals, Referral.check) {
		if err != nil {
			return err
		}
		c.referral(r)
	}
	return nil
}

// window is that of a customer; nil without one.
func (c *invitationCount) window(customer string) *invitationWindow {
	if who, known := c.table.who.Find(customer); known && c.windows[who].state != noWindow {
		return &c.windows[who]
	}
	return nil
}

// contact counts a contact.
func (c *invitationCount) contact(contact Contact) {
	counts, at, w := &c.result.Invitations, contact.At.UnixNano(), c.window(contact.Customer)
	switch {
	case at > c.asOf:
		counts.Later++
	case contact.Kind != Invite:
		counts.OtherKind++
	case w == nil || at < w.start:
		counts.Unasked++
	case w.state == windowOpen:
		counts.Open++
	case passed(w.start, at) > c.invite:
		counts.Late++
	case contact.Outcome == NotReached:
		counts.NotReached++
	default:
		counts.Counted++
		w.invite(at, contact.Outcome)
	}
}

// invite notes an invitation that reached the customer in time.
func (w *invitationWindow) invite(at int64, outcome Outcome) {
	if !w.invited || at < w.at {
		w.invited, w.at = true, at
	}
	if outcome == NotRecorded {
		return
	}
	// At one moment, an invitation that was accepted counts.
	if w.outcome == NotRecorded || at > w.outcomeAt || at == w.outcomeAt && outcome == Resolved {
		w.outcome, w.outcomeAt = outcome, at
	}
}

// referral counts a referral.
func (c *invitationCount) referral(r Referral) {
	counts, at, w := &c.result.Referrals, r.At.UnixNano(), c.window(r.Referrer)
	switch {
	case at > c.asOf:
		counts.Later++
	case w == nil:
		counts.Unanswered++
	case at <= w.start:
		counts.Before++
	case w.state == windowOpen:
		counts.Open++
	case passed(w.start, at) > c.invite+c.within:
		counts.Past++
	default:
		counts.Counted++
		w.made++
		if !w.invited {
			c.others.add(r, c.buying, &c.wide)
			return
		}
		c.invited.add(r, c.buying, &c.wide)
		if at > w.at && passed(w.at, at) <= c.within {
			w.after++
			c.after.add(r, c.buying, &c.wide)
		}
	}
}

// report completes the result.
func (c *invitationCount) report() *InvitationReport {
	r := &c.result
	var after, invited, others referringCount
	for i := range c.windows {
		switch w := &c.windows[i]; {
		case w.state != windowEnded:
		case w.invited:
			after.add(int(w.after))
			invited.add(int(w.made))
			r.Outcomes.add(w.outcome)
		default:
			others.add(int(w.made))
		}
	}
	after.join(c.after, &c.wide)
	invited.join(c.invited, &c.wide)
	others.join(c.others, &c.wide)
	level := r.Config.Level
	r.After = after.report(c.buying, &c.wide, level)
	r.Invited = invited.report(c.buying, &c.wide, level)
	r.Others = others.report(c.buying, &c.wide, level)
	r.complete()
	return r
}

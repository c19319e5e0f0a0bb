package survey

import (
	"iter"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/nps"
)

// referralCount counts referrals by customer.
type referralCount struct {
	table   *replyTable
	result  WordOfMouthReport
	within  uint64
	asOf    int64
	windows []referralWindow // by customer
	leads   [amplified + 1][nps.Promoter - nps.Detractor + 1]leads
	buying  buying
	wide    exact.Wide
}

// The kinds of referrals.
const (
	organic = iota
	amplified
)

// referralWindow is what a customer did after the answer.
type referralWindow struct {
	start    int64
	state    windowState
	attitude nps.Attitude
	made     [amplified + 1]uint32
}

// windowState says whether a customer counts.
type windowState uint8

const (
	noWindow    windowState = iota // no answer in the span
	windowOpen                     // it has not ended
	windowEnded                    // it has
)

func newReferralCount(table *replyTable, cfg WordOfMouthConfig) *referralCount {
	blank, _ := nps.NewTally(cfg.Scale) // which has been checked
	c := &referralCount{
		table: table, result: WordOfMouthReport{Config: cfg, Answers: blank, Later: table.later},
		within: uint64(cfg.Within.Duration()), asOf: cfg.AsOf.UnixNano(), windows: make([]referralWindow, len(table.ends)),
	}
	c.buying = buying{uint64(cfg.BuyWithin.Duration()), c.asOf}
	span := replySpan{cfg.Since, cfg.Until}
	for who, own := range table.all() {
		for _, r := range own {
			switch {
			case !span.holds(r.at):
				c.result.Outside++
			case c.windows[who].state != noWindow:
				c.result.Further++
			default:
				c.windows[who] = c.open(r)
			}
		}
	}
	return c
}

// open begins the window of a customer and counts the answer.
func (c *referralCount) open(r replyRow) referralWindow {
	w := referralWindow{start: r.at, state: windowEnded, attitude: r.attitude}
	if passed(r.at, c.asOf) < c.within {
		w.state = windowOpen
		c.result.Open++
		return w
	}
	_ = c.result.Answers.Add(int(r.answer)) // which is on the scale
	return w
}

// read counts referrals.
func (c *referralCount) read(op string, src iter.Seq2[Referral, error]) error {
	for r, err := range fault.Checked(op, src, Referral.check) {
		if err != nil {
			return err
		}
		c.add(r)
	}
	return nil
}

// add counts a referral.
func (c *referralCount) add(r Referral) {
	counts, at := &c.result.Referrals, r.At.UnixNano()
	var w *referralWindow
	if who, known := c.table.who.Find(r.Referrer); known {
		w = &c.windows[who]
	}
	switch {
	case at > c.asOf:
		counts.Later++
	case w == nil || w.state == noWindow:
		counts.Unanswered++
	case at <= w.start:
		counts.Before++
	case w.state == windowOpen:
		counts.Open++
	case passed(w.start, at) > c.within:
		counts.Past++
	default:
		counts.Counted++
		kind := organic
		if r.Amplified {
			kind = amplified
		}
		w.made[kind]++
		c.leads[kind][w.attitude-nps.Detractor].add(r, c.buying, &c.wide)
	}
}

// report completes the result.
func (c *referralCount) report() *WordOfMouthReport {
	r := &c.result
	level := r.Config.Level
	r.Score, _ = r.Answers.Interval(nps.AdjustedT, level) // there are answers
	r.Organic = c.stats(organic)
	r.Amplified = c.stats(amplified)
	r.All = c.stats(organic, amplified)
	return r
}

// stats tells of referrals of some kinds, taken together.
func (c *referralCount) stats(kinds ...int) ReferralStats {
	var parts [nps.Promoter - nps.Detractor + 2]referringCount // the last is of all
	const total = len(parts) - 1
	for i := range c.windows {
		w := &c.windows[i]
		if w.state != windowEnded {
			continue
		}
		made := 0
		for _, kind := range kinds {
			made += int(w.made[kind])
		}
		parts[w.attitude-nps.Detractor].add(made)
		parts[total].add(made)
	}
	for _, kind := range kinds {
		for attitude, l := range c.leads[kind] {
			parts[attitude].join(l, &c.wide)
			parts[total].join(l, &c.wide)
		}
	}
	level := c.result.Config.Level
	var s ReferralStats
	for i, to := range [...]*Referring{&s.Detractors, &s.Passives, &s.Promoters, &s.Total} {
		*to = parts[i].report(c.buying, &c.wide, level)
	}
	s.complete(level)
	return s
}

package survey

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/nps"
)

// loopCount counts tasks and what became of them.
type loopCount struct {
	table    *replyTable
	result   LoopReport
	span     replySpan
	asOf     int64
	again    uint64
	parts    []LoopPart // by kind
	within   []uint64   // by kind; 0 = no such tasks
	contacts []contactRow
	reasons  labelset.Set
	place    [Invite + 1]map[int32]int // of a reason in the part of a kind
}

// contactRow is a contact that counts.
type contactRow struct {
	who     int32
	kind    TaskKind
	outcome Outcome
	reason  int32
	at      int64
	met     int // number of the next contact that reached the customer, itself included; -1 = none
}

// compare orders contacts by customer, kind and time.
func (c contactRow) compare(o contactRow) int {
	return cmp.Or(cmp.Compare(c.who, o.who), cmp.Compare(c.kind, o.kind), cmp.Compare(c.at, o.at))
}

func newLoopCount(table *replyTable, cfg LoopReportConfig) *loopCount {
	blank, _ := nps.NewTally(cfg.Loop.Scale) // which has been checked
	c := &loopCount{
		table: table, result: LoopReport{Config: cfg, Later: table.later}, span: replySpan{cfg.Since, cfg.Until},
		asOf: cfg.AsOf.UnixNano(), again: uint64(cfg.Again.Duration()),
	}
	for kind := CallBack; kind <= Invite; kind++ {
		c.within = append(c.within, uint64(cfg.Loop.within(kind).Duration()))
		c.parts = append(c.parts, LoopPart{Kind: kind, Reached: LoopGroup{Again: blank}, Missed: LoopGroup{Again: blank}})
	}
	return c
}

// read reads contacts, counts where they go, and sorts those that count.
func (c *loopCount) read(op string, src iter.Seq2[Contact, error]) error {
	counts, first := &c.result.Contacts, c.firstReplies()
	for contact, err := range fault.Checked(op, src, Contact.check) {
		if err != nil {
			return err
		}
		at := contact.At.UnixNano()
		who, known := c.table.who.Find(contact.Customer)
		switch {
		case at > c.asOf:
			counts.Later++
		case c.within[contact.Kind] == 0:
			counts.NotInLoop++
		case !known || first[who][contact.Kind] > at:
			counts.Unasked++
		default:
			counts.Counted++
			c.contacts = append(c.contacts, contactRow{who: who, kind: contact.Kind, outcome: contact.Outcome, reason: c.reasons.ID(contact.Reason), at: at})
		}
	}
	c.sort()
	return nil
}

// sort sorts the contacts and finds which reached the customer next.
func (c *loopCount) sort() {
	names, weight := c.reasons.Names(), [...]uint8{NotReached: 0, NotRecorded: 1, Unresolved: 2, Resolved: 3}
	slices.SortFunc(c.contacts, func(a, b contactRow) int {
		// Contacts at one moment in an order that does not depend on that of the source.
		return cmp.Or(a.compare(b), cmp.Compare(weight[a.outcome], weight[b.outcome]), strings.Compare(names[a.reason], names[b.reason]))
	})
	for i := len(c.contacts) - 1; i >= 0; i-- {
		one := &c.contacts[i]
		one.met = -1
		if one.reached() {
			one.met = i
		} else if i+1 < len(c.contacts) && one.alike(c.contacts[i+1]) {
			one.met = c.contacts[i+1].met
		}
	}
}

// firstReplies are, for each customer and kind, the moment of the first reply in the
// span that made such a task.
func (c *loopCount) firstReplies() [][Invite + 1]int64 {
	first := make([][Invite + 1]int64, len(c.table.ends))
	for who, own := range c.table.all() {
		for kind := range first[who] {
			first[who][kind] = math.MaxInt64
		}
		for _, r := range own {
			if at := &first[who][taskOf(r.attitude)]; c.span.holds(r.at) {
				*at = min(*at, r.at)
			}
		}
	}
	return first
}

// customer counts the tasks of a customer, given all replies.
func (c *loopCount) customer(who int32, own []replyRow) {
	var met [Invite + 1]bool
	for i, r := range own {
		kind := taskOf(r.attitude)
		switch {
		case !c.span.holds(r.at):
			c.result.Outside++
		case c.within[kind] > 0:
			inTime, due := c.task(&c.parts[kind], who, r, c.nextTask(own[i+1:], kind))
			if !met[kind] {
				met[kind] = true
				c.next(&c.parts[kind], own[i:], inTime, due)
			}
		}
	}
}

// nextTask is the moment of the first of some replies that led to a task of a kind.
func (c *loopCount) nextTask(own []replyRow, kind TaskKind) int64 {
	for _, r := range own {
		if taskOf(r.attitude) == kind && c.span.holds(r.at) {
			return r.at
		}
	}
	return math.MaxInt64
}

// task counts a task and reports whether it was done in time and due by AsOf, given the
// moment of the customer's next task of the kind.
func (c *loopCount) task(p *LoopPart, who int32, r replyRow, next int64) (inTime, due bool) {
	if passed(r.at, c.asOf) < c.within[p.Kind] {
		p.Open++
		return false, false
	}
	p.Tasks++
	wanted := contactRow{who: who, kind: p.Kind, at: r.at}
	first, _ := slices.BinarySearchFunc(c.contacts, wanted, contactRow.compare)
	if first == len(c.contacts) || !wanted.alike(c.contacts[first]) {
		p.Never++
		return false, true
	}
	switch met := c.contacts[first].met; {
	case met < 0:
		p.NotReached++
	case passed(r.at, c.contacts[met].at) > c.within[p.Kind]:
		p.Late++
		first = met
	default:
		p.InTime++
		first, inTime = met, true
	}
	c.tell(p, c.summary(first, next))
	return inTime, true
}

// reached reports whether the customer was reached.
func (c contactRow) reached() bool { return c.outcome != NotReached }

// alike reports whether contacts are with the same customer and of the same kind.
func (c contactRow) alike(o contactRow) bool { return c.who == o.who && c.kind == o.kind }

// summary is the first contact of a task with the last outcome and the last reason that
// contacts like it recorded before the next task.
func (c *loopCount) summary(first int, next int64) contactRow {
	all := c.contacts[first]
	for _, one := range c.contacts[first+1:] {
		if !one.alike(all) || one.at >= next {
			break
		}
		if one.reached() != all.reached() {
			continue
		}
		if one.outcome != NotRecorded {
			all.outcome = one.outcome
		}
		if c.reasons.Names()[one.reason] != "" {
			all.reason = one.reason
		}
	}
	return all
}

// tell counts the outcome and the reason of a task.
func (c *loopCount) tell(p *LoopPart, contact contactRow) {
	p.Outcomes.add(contact.outcome)
	name := c.reasons.Names()[contact.reason]
	if name == "" {
		p.NoReason++
		return
	}
	if c.place[p.Kind] == nil {
		c.place[p.Kind] = make(map[int32]int)
	}
	i, known := c.place[p.Kind][contact.reason]
	if !known {
		i = len(p.Reasons)
		c.place[p.Kind][contact.reason] = i
		p.Reasons = append(p.Reasons, LoopReason{Reason: name})
	}
	p.Reasons[i].add(contact.outcome)
}

// next counts what the customer of a task answered the next time.
func (c *loopCount) next(p *LoopPart, own []replyRow, inTime, due bool) {
	first := own[0]
	end := c.within[p.Kind] + c.again
	if !due || passed(first.at, c.asOf) < end {
		p.Watching++
		return
	}
	group := &p.Missed
	if inTime {
		group = &p.Reached
	}
	group.Customers++
	for _, r := range own {
		after := passed(first.at, r.at)
		if after <= c.within[p.Kind] {
			continue
		}
		if after <= end {
			_ = group.Again.Add(int(r.answer)) // which is on the scale
			switch cmp.Compare(r.answer, first.answer) {
			case +1:
				group.Better++
			case -1:
				group.Worse++
			}
		}
		return
	}
}

// report completes the result.
func (c *loopCount) report(op string) (*LoopReport, error) {
	tasks := 0
	for _, p := range c.parts {
		if c.within[p.Kind] == 0 {
			continue
		}
		tasks += p.Tasks
		p.complete(c.result.Config.Level)
		c.result.Parts = append(c.result.Parts, p)
	}
	if tasks == 0 {
		return nil, nobodyDue(op, c.result.Config.AsOf)
	}
	return &c.result, nil
}

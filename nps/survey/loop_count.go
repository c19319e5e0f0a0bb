package survey

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/fault"
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
}

// contactRow is a contact that counts.
type contactRow struct {
	who  int32
	kind TaskKind
	at   int64
}

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
			c.contacts = append(c.contacts, contactRow{who, contact.Kind, at})
		}
	}
	slices.SortFunc(c.contacts, contactRow.compare)
	return nil
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
			inTime, due := c.task(&c.parts[kind], who, r)
			if !met[kind] {
				met[kind] = true
				c.next(&c.parts[kind], own[i:], inTime, due)
			}
		}
	}
}

// task counts a task and reports whether it was done in time and due by AsOf.
func (c *loopCount) task(p *LoopPart, who int32, r replyRow) (inTime, due bool) {
	if passed(r.at, c.asOf) < c.within[p.Kind] {
		p.Open++
		return false, false
	}
	p.Tasks++
	i, _ := slices.BinarySearchFunc(c.contacts, contactRow{who, p.Kind, r.at}, contactRow.compare)
	switch {
	case i == len(c.contacts) || c.contacts[i].who != who || c.contacts[i].kind != p.Kind:
		p.Never++
	case passed(r.at, c.contacts[i].at) > c.within[p.Kind]:
		p.Late++
	default:
		p.InTime++
		inTime = true
	}
	return inTime, true
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

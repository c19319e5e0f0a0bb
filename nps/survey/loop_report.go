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

// Contact is what was done for a customer after an answer. It differs from cohort.Contact,
// which is any contact that the brand made with a customer.
type Contact struct {
	Customer string    `json:"customer"` // id of the customer; required
	At       time.Time `json:"at"`       // when the customer was contacted; required
	Kind     TaskKind  `json:"kind"`     // what was done; the zero value is CallBack

	Outcome Outcome `json:"outcome,omitempty"` // what came of it; the zero value is NotRecorded

	// Reason is what the customer named, in the host's words: what was missing, what the
	// trouble was, why an invitation was declined. The report counts equal texts together;
	// "" = none.
	Reason string `json:"reason,omitempty"`
}

// LoopReportConfig says which tasks are looked at.
type LoopReportConfig struct {
	Loop LoopConfig `json:"loop"` // the configuration by which the tasks were made

	// AsOf is the end of the observation, itself included; required. Later replies and
	// contacts are left out; the report counts them.
	AsOf time.Time `json:"asOf"`

	Since time.Time `json:"since,omitzero"` // time from which answers are looked at; zero = no bound
	Until time.Time `json:"until,omitzero"` // time before which answers are looked at; zero = no bound

	// Again is the number of days after a task was due within which the customer's next
	// answer counts; required.
	Again clientele.Days `json:"again"`

	Level float64 `json:"level,omitempty"` // level of intervals, between 0 and 1; 0 = 0.95
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves c as it was.
// [ReportLoop] checks the values.
func (c *LoopReportConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("survey.LoopReportConfig.UnmarshalJSON", data, c)
}

// fill returns the configuration with defaults and notes its faults.
func (c LoopReportConfig) fill(faults *clientele.ConfigError) LoopReportConfig {
	c.Loop.check(faults, "Loop.")
	fault.AddAsOf(faults, c.AsOf)
	replySpan{c.Since, c.Until}.check(faults)
	checkWindow(faults, "Again", c.Again)
	c.Level = fault.AddLevel(faults, c.Level)
	return c
}

// checkWindow notes a length that is unusable; it is required.
func checkWindow(faults *clientele.ConfigError, field string, days clientele.Days) {
	const wanted = "a number of days above 0, such as 90"
	switch err := rule.Days(days); {
	case days == 0:
		faults.Add(field, nil, rule.Want(rule.Missing, wanted))
	case days < 0:
		faults.Add(field, days, rule.Want(rule.Negative, wanted))
	case err != nil:
		faults.Add(field, days, err)
	}
}

// LoopReport says whether the loop was closed, and what customers answered the next time.
type LoopReport struct {
	Config LoopReportConfig `json:"config"` // the configuration, with defaults filled in
	Parts  []LoopPart       `json:"parts"`  // what became of each kind of task that is configured: call back, ask why, invite

	Outside  int          `json:"outside,omitempty"` // number of replies before Since or not before Until
	Later    int          `json:"later,omitempty"`   // number of replies after AsOf
	Contacts ContactCount `json:"contacts"`          // what became of the contacts
}

// ContactCount is what became of the contacts. The numbers add up to all contacts read.
type ContactCount struct {
	Counted   int `json:"counted"`             // contacts at or after a reply of the customer that led to a task of the contact's kind
	Unasked   int `json:"unasked,omitempty"`   // contacts with customers who had sent no reply by then that led to a task of the contact's kind
	Later     int `json:"later,omitempty"`     // contacts after AsOf
	NotInLoop int `json:"notInLoop,omitempty"` // contacts of a kind that is not configured
}

// LoopPart is what became of the tasks of a kind.
type LoopPart struct {
	Kind TaskKind `json:"kind"` // the kind of task

	Tasks      int `json:"tasks"`                // number of tasks that were due by AsOf: InTime + Late + NotReached + Never
	InTime     int `json:"inTime"`               // number of tasks whose customer was reached when they were due or before
	Late       int `json:"late"`                 // number of tasks whose customer was reached after they were due, by AsOf
	NotReached int `json:"notReached,omitempty"` // number of tasks whose customer somebody tried to contact, by AsOf, and nobody reached
	Never      int `json:"never"`                // number of tasks whose customer nobody tried to contact by AsOf

	// Open is the number of tasks that are due after AsOf, whether the customer was contacted
	// or not. They count nowhere else, because that would favour customers who were called
	// quickly.
	Open int `json:"open"`

	Share *clientele.Estimate `json:"share,omitempty"` // share of Tasks done in time, with Wilson's interval; nil without tasks

	Outcomes OutcomeCount `json:"outcomes"` // what came of the tasks whose customer was reached, in time or late

	// Reasons are what customers named, those named most often first, and of equal ones the
	// first by name: for AskWhy, what passives missed. That order is also the one of the
	// lower limits of their shares.
	Reasons  []LoopReason `json:"reasons,omitempty"`
	NoReason int          `json:"noReason,omitempty"` // number of tasks with a contact, but without a reason

	// Reached is what the customers who were reached in time answered the next time. A
	// customer counts once in Reached or Missed, with the first answer between Since and
	// Until that led to a task of this kind.
	Reached  LoopGroup `json:"reached"`
	Missed   LoopGroup `json:"missed"`   // what the customers who were not reached in time answered the next time
	Watching int       `json:"watching"` // number of customers for whose next answer there is still time

	// Effect is by how much the later score of customers who were reached is above that of
	// customers who were missed: reached − missed, by [nps.Compare]. Since both groups
	// began with the same attitude, Effect compares their changes too. nil where one of the
	// groups has no answers.
	Effect *nps.Comparison `json:"effect,omitempty"`
}

// LoopGroup describes customers whose time to answer again, LoopReportConfig.Again, is
// over.
type LoopGroup struct {
	Customers int       `json:"customers"` // number of customers
	Again     nps.Tally `json:"again"`     // the next answers of customers who answered again within LoopReportConfig.Again
	Better    int       `json:"better"`    // number of customers who answered higher than before
	Worse     int       `json:"worse"`     // number of customers who answered lower than before

	// Recovered is the share of those who answered again who are now promoters, if they
	// were passives, or no longer detractors, if they were detractors, with Wilson's
	// interval. It is nil for promoters, who cannot recover, and where nobody answered
	// again.
	Recovered *clientele.Estimate `json:"recovered,omitempty"`

	// Change is the later score − the earlier score of the same customers, in points, with
	// the interval of [nps.AdjustedT]. The earlier score is known exactly: -100 for
	// detractors, 0 for passives, 100 for promoters. nil where nobody answered again.
	Change *clientele.Estimate `json:"change,omitempty"`
}

// ReportLoop reports how many tasks were done in time, and how the same customers answered
// afterwards. Every reply from Since to before Until leads to the task that [FollowUp]
// returns for it. A contact of the task's kind does the task in time if it reaches the
// customer, which all do whose outcome is not [NotReached], from the moment of the reply to
// the moment at which the task is due, both included; where a customer has replied again
// meanwhile, one contact counts for both tasks. Tasks are taken to be independent.
//
// The outcome of a task is the last one, and its reason the last one, that was recorded by
// the contacts that reached the customer, from the first after the reply to the customer's
// next reply that led to such a task. A task whose customer was not reached has the last
// reason of the contacts that tried.
//
// A next answer is the customer's first after the task was due and within Again days of
// 24 hours, the end included. It counts only where all that time has passed by AsOf.
// Groups are thus fixed before the outcome, and everybody has the same time for one:
// Anderson, Cain and Gelber, Analysis of Survival by Tumor Response, Journal of Clinical
// Oncology 1 (1983).
//
// Change alone is no proof that calls help: customers who answer low answer higher the
// next time on average, called or not, since a bad day is among the reasons to answer
// low. Effect is free of that, but not of the choice of whom to call and of who answers
// again.
//
// Two replies of a customer at one moment return [clientele.ErrDuplicate]. A reply that
// [FollowUp] would refuse, or a contact without a customer, at an unusable time or of an
// unknown kind or outcome, returns an InputError with its index. All faults of the configuration come
// at once in a [clientele.ConfigError]. It returns [clientele.ErrEmpty] if no task was
// due. No result depends on the order of the sources.
func ReportLoop(replies iter.Seq2[Reply, error], contacts iter.Seq2[Contact, error], cfg LoopReportConfig) (*LoopReport, error) {
	const op = "survey.ReportLoop"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	fault.AddSource(&faults, "replies", replies)
	fault.AddSource(&faults, "contacts", contacts)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	table, err := readReplies(op, replies, cfg.Loop.Scale, cfg.AsOf.UnixNano())
	if err != nil {
		return nil, err
	}
	count := newLoopCount(table, cfg)
	if err := count.read(op, contacts); err != nil {
		return nil, err
	}
	for who, own := range table.all() {
		count.customer(who, own)
	}
	return count.report(op)
}

// check says what is wrong with a contact.
func (c Contact) check() error {
	if c.Customer == "" {
		return fault.Of("", "Customer", nil, errNoCustomer)
	}
	if err := rule.Time(c.At); err != nil {
		return fault.Of("", "At", c.At, err)
	}
	if err := rule.Named(taskNames[:], c.Kind); err != nil {
		return fault.Of("", "Kind", uint8(c.Kind), err)
	}
	if err := rule.Named(outcomeNames[:], c.Outcome); err != nil {
		return fault.Of("", "Outcome", uint8(c.Outcome), err)
	}
	return nil
}

// complete estimates what the counts tell.
func (p *LoopPart) complete(level float64) {
	if p.Tasks > 0 {
		p.Share = new(interval.Wilson(int64(p.InTime), int64(p.Tasks), level))
	}
	p.Outcomes.complete(level)
	p.completeReasons(level)
	p.Reached.complete(p.Kind.attitude(), level)
	p.Missed.complete(p.Kind.attitude(), level)
	if p.Reached.Again.N() > 0 && p.Missed.Again.N() > 0 {
		c, _ := nps.Compare(p.Missed.Again, p.Reached.Again, nps.CompareConfig{Level: level}) // both have answers
		p.Effect = &c
	}
}

func (g *LoopGroup) complete(before nps.Attitude, level float64) {
	after := g.Again.Attitudes()
	if after.N() == 0 {
		return
	}
	recovered := after.Promoters
	if before == nps.Detractor {
		recovered += after.Passives
	}
	if before != nps.Promoter {
		g.Recovered = new(interval.Wilson(int64(recovered), int64(after.N()), level))
	}
	change, _ := after.Interval(nps.AdjustedT, level) // there are answers
	from := 100 * float64(before)
	change.Value, change.Lo, change.Hi = change.Value-from, change.Lo-from, change.Hi-from
	g.Change = &change
}

// nobodyDue says that there is no task to report on.
func nobodyDue(op string, asOf time.Time) error {
	return fault.Of(op, "replies", nil, rule.Because(rule.Empty, "no task was due by AsOf", "replies whose tasks were due by %v", asOf))
}

package account

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
	"github.com/shopspring/decimal"
)

// Jobs add up what deals have brought by the job that each did for its customer, such as
// the kind of need that it met: one customer may bring a profit by one job and a loss by
// another. In any order of arrival, and merged from any shards, the result is the same,
// and what the jobs have brought adds up to the total to the last digit. Create them with
// [NewJobs]. The zero Jobs have no configuration: they take that of the first ones merged
// into them.
//
// Memory is that of one [Accounts] for each job, with the customers who have a deal of
// that job.
//
// Jobs may be read by many goroutines at once, but not while one changes them.
type Jobs[K clientele.ID] struct {
	job      func(*clientele.Deal[K]) string // nil = not configured
	cfg      Config                          // filled
	currency string                          // that some receipt stated
	accounts map[string]*Accounts[K]         // by job
}

// NewJobs returns empty jobs. job returns the label of a deal's job, "" where it is not
// known; [clientele.Deal].Need is one need and not its kind, which the host knows. job must
// keep neither the deal nor its receipts. Faults of cfg are reported together.
func NewJobs[K clientele.ID](cfg Config, job func(*clientele.Deal[K]) string) (*Jobs[K], error) {
	const op = "account.NewJobs"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if job == nil {
		return nil, fault.Of(op, "job", nil, rule.Want(rule.Missing, "a function that returns the label of a deal's job"))
	}
	return &Jobs[K]{job: job, cfg: cfg, accounts: make(map[string]*Accounts[K])}, nil
}

// configured reports whether the jobs have a configuration.
func (j *Jobs[K]) configured() bool { return j != nil && j.job != nil }

// AddDeal adds a deal to the accounts of its job, as [Accounts.AddDeal] does: an unusable one
// returns a [clientele.InputError] and changes nothing. A refund that is a deal of its own
// has a job, too.
func (j *Jobs[K]) AddDeal(d clientele.Deal[K]) error {
	const op = "account.Jobs.AddDeal"
	if !j.configured() {
		return fault.Unconfigured(op)
	}
	if err := receipts.ValidateDeal(op, &d); err != nil {
		return err
	}
	if err := receipts.AgreeDeal(op, &j.currency, &d); err != nil {
		return err
	}
	return j.of(j.job(&d)).AddDeal(d)
}

// AddDeals adds a source of deals, as [clientele.Deals] makes them. It stops at the first
// error and returns it as a [clientele.InputError] with the deal's index; the deals before
// have been added.
func (j *Jobs[K]) AddDeals(src iter.Seq2[clientele.Deal[K], error]) error {
	const op = "account.Jobs.AddDeals"
	if !j.configured() {
		return fault.Unconfigured(op)
	}
	return receipts.AddDeals(op, src, j.AddDeal)
}

// AddAcquisition adds what it cost to win a customer, to the job for which the customer
// came. Costs add up, and errors are those of [Accounts.AddAcquisition].
func (j *Jobs[K]) AddAcquisition(job string, customer K, cost decimal.Decimal) error {
	const op = "account.Jobs.AddAcquisition"
	if !j.configured() {
		return fault.Unconfigured(op)
	}
	if err := rule.Cost(cost); err != nil {
		return fault.Of(op, "cost", cost, err)
	}
	return j.of(job).AddAcquisition(customer, cost)
}

// of returns the accounts of a job, which may be new.
func (j *Jobs[K]) of(job string) *Accounts[K] {
	a := j.accounts[job]
	if a == nil {
		a = &Accounts[K]{roster: new(clientele.Roster[K]), cols: newColumns(j.cfg)}
		j.accounts[strings.Clone(job)] = a
	}
	return a
}

// Of returns a copy of the accounts of a job, for all that accounts tell; ok is false for a
// job of which nothing was added.
func (j *Jobs[K]) Of(job string) (accounts *Accounts[K], ok bool) {
	if !j.configured() {
		return nil, false
	}
	a, ok := j.accounts[job]
	return a.Clone(), ok
}

// By returns what each job has brought, in ascending order of labels: [Group].Group is the
// job, "" the deals whose job is not known. A customer of two jobs is a customer of both, so
// that money and deals add up to the total, and customers do not. level is the confidence
// level of the intervals, between 0 and 1; 0 = 0.95.
func (j *Jobs[K]) By(level float64) ([]Group, error) {
	const op = "account.Jobs.By"
	if !j.configured() {
		return nil, fault.Unconfigured(op)
	}
	level, err := fault.Level(op, level)
	if err != nil {
		return nil, err
	}
	var all []Group
	for _, job := range slices.Sorted(maps.Keys(j.accounts)) {
		rows, err := j.accounts[job].By(func(K) string { return job }, level)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	return all, nil
}

// Total is the account of all jobs together.
func (j *Jobs[K]) Total() Account {
	if !j.configured() {
		return Account{}
	}
	var s tabSum
	for _, a := range j.accounts {
		for slot := range a.slots() {
			s.add(&a.cols, slot)
		}
	}
	return s.account(j.cfg.AsOf.UnixNano())
}

// Later is how many receipts came after AsOf and were not added.
func (j *Jobs[K]) Later() int {
	n := 0
	if j.configured() {
		for _, a := range j.accounts {
			n += a.Later()
		}
	}
	return n
}

// Merge adds the deals of o. o is only read, unless it is j itself. Merge returns
// [clientele.ErrMismatch] if the configurations or the currencies differ, and changes
// nothing then.
func (j *Jobs[K]) Merge(o *Jobs[K]) error {
	const op = "account.Jobs.Merge"
	if o == nil {
		return fault.Of(op, "jobs", nil, rule.Want(rule.Missing, "jobs to add"))
	}
	if !o.configured() {
		return nil
	}
	if !j.configured() {
		*j = Jobs[K]{job: o.job, cfg: o.cfg, accounts: make(map[string]*Accounts[K])}
	}
	if field, own, other := j.cfg.difference(o.cfg); field != "" {
		return fault.Differs(op, field, own, other)
	}
	if err := receipts.Agree(op, &j.currency, o.currency); err != nil {
		return err
	}
	for job, from := range o.accounts {
		if err := j.of(job).Merge(from); err != nil {
			return fault.Renamed(op, err)
		}
	}
	return nil
}

// Reset forgets all deals and keeps the configuration and the function that labels them.
func (j *Jobs[K]) Reset() { j.currency, j.accounts = "", make(map[string]*Accounts[K]) }

// Clone returns jobs with the same facts, configuration and function.
func (j *Jobs[K]) Clone() *Jobs[K] {
	if j == nil {
		return nil
	}
	c := *j
	c.accounts = make(map[string]*Accounts[K])
	for job, a := range j.accounts {
		c.accounts[job] = a.Clone()
	}
	return &c
}

// MarshalJSON refuses: jobs are shown by what their methods return.
func (j Jobs[K]) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("account.Jobs.MarshalJSON", "By or Total, which show jobs")
}

// UnmarshalJSON refuses, as MarshalJSON does.
func (j *Jobs[K]) UnmarshalJSON([]byte) error {
	return fault.NoJSON("account.Jobs.UnmarshalJSON", "NewJobs and the deals")
}

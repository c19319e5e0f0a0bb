package review

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Counter gathers reviews; [Counter.Report] counts them. Counters of shards are merged: a
// review, its versions and its repetitions may be in different ones. It keeps some 100 bytes
// for each review, and each ID and name once. It is not safe for concurrent use. The zero
// Counter is empty and takes the configuration of the first that is merged into it; until then
// Add and Report return [clientele.ErrMissing].
type Counter struct {
	cfg     Config
	periods *clientele.Periods // nil without a configuration

	rows  rows
	flaws map[flaw]*flawed

	given, later int // reviews that were read, and those after AsOf
}

// New makes an empty counter. It reports all faults of the configuration at once in a
// [clientele.ConfigError].
func New(cfg Config) (*Counter, error) {
	faults := clientele.ConfigError{Op: "review.New"}
	periods := cfg.complete(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return newCounter(cfg, periods), nil
}

// newCounter makes a counter of a configuration without faults.
func newCounter(cfg Config, periods *clientele.Periods) *Counter {
	c := &Counter{cfg: cfg.clone(), periods: periods, flaws: make(map[flaw]*flawed)}
	for kind, names := range c.cfg.objects() {
		for _, name := range names {
			c.rows.objects[kind].ID(name)
		}
	}
	return c
}

// Count counts all reviews of a source, in any order. It returns what [New], [Counter.Add]
// and [Counter.Report] return, with the index of the review, and the errors of the source.
func Count(src iter.Seq2[Review, error], cfg Config) (*Report, error) {
	const op = "review.Count"
	faults := clientele.ConfigError{Op: op}
	fault.AddSource(&faults, "src", src)
	periods := cfg.complete(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	c, n := newCounter(cfg, periods), 0
	for r, err := range src {
		if err == nil {
			err = c.add(&r)
		}
		if err != nil {
			return nil, fault.Placed(op, n, err)
		}
		n++
	}
	return c.report(op)
}

// Add adds a review. One that is unusable, as [Review.Validate] says, or whose rating is not on
// the scale, or whose product or touchpoint Config does not have, is left out and named in the
// report. Under Config.Strict, Add returns a [clientele.InputError] instead, of
// [clientele.ErrRange] for the rating and of [clientele.ErrUnknown] for the name, and leaves the
// counter as it was.
func (c *Counter) Add(r Review) error {
	const op = "review.Counter.Add"
	if c == nil || c.periods == nil {
		return fault.Unconfigured(op)
	}
	return fault.Renamed(op, c.add(&r))
}

func (c *Counter) add(r *Review) error {
	if err := c.check(r); err != nil {
		if c.cfg.Strict {
			return err
		}
		f := flawOf(err)
		if c.flaws[f] == nil {
			c.flaws[f] = new(flawed)
		}
		c.flaws[f].add(r.name())
		c.given++
		return nil
	}
	c.given++
	if r.At.After(c.cfg.AsOf) || r.Arrived.After(c.cfg.AsOf) {
		c.later++
		return nil
	}
	c.rows.add(r, c.cfg.Within)
	return nil
}

// check says what is wrong with a review.
func (c *Counter) check(r *Review) error {
	if err := r.check(); err != nil {
		return err
	}
	if s := &c.cfg.Scale; r.Rating != nil && !s.holds(*r.Rating) {
		return unusable("Rating", *r.Rating, rule.Because(rule.Range, "not on the scale", "%g to %g, or none", s.Min, s.Max))
	}
	of, name := r.object()
	if len(c.cfg.objects()[of]) > 0 {
		if _, known := c.rows.objects[of].Find(name); !known {
			return unusable([...]string{Product: "Product", Touchpoint: "Touchpoint"}[of], name, errUnknown)
		}
	}
	return nil
}

var errUnknown = rule.Because(rule.Unknown, "not in the configuration", "a name of Config.Products or Config.Touchpoints")

// Merge adds the reviews of another counter. The report is the same in whatever order shards
// are merged. An empty counter without a configuration takes that of the other. Merge returns
// [clientele.ErrMismatch] if the configurations differ and [clientele.ErrDuplicate] if o is c,
// and then leaves c as it was. o stays as it was.
func (c *Counter) Merge(o *Counter) error {
	const op = "review.Counter.Merge"
	switch {
	case c == nil:
		return fault.Unconfigured(op)
	case o == nil || o.periods == nil:
		return nil
	case c == o:
		return fault.Of(op, "o", nil, rule.Because(rule.Duplicate, "the counter itself", "a counter of other reviews"))
	case c.periods == nil:
		*c = *newCounter(o.cfg, o.periods)
	case !c.cfg.isEqual(o.cfg):
		return fault.Of(op, "Config", nil, rule.Want(rule.Mismatch, "the configuration of the counter that it is added to"))
	}
	c.rows.join(&o.rows)
	for f, other := range o.flaws {
		if c.flaws[f] == nil {
			c.flaws[f] = new(flawed)
		}
		c.flaws[f].join(other)
	}
	c.given, c.later = c.given+o.given, c.later+o.later
	return nil
}

// Reset makes the counter empty. Its configuration stays.
func (c *Counter) Reset() {
	if c != nil && c.periods != nil {
		*c = *newCounter(c.cfg, c.periods)
	}
}

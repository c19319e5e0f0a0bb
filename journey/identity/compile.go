package identity

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// maxKinds bounds the kinds, and the dates of one identifier: their numbers are bytes of
// keys.
const maxKinds = 250

// compiled are rules that have been checked.
type compiled struct {
	Rules
	limited []int32 // by kind: number among the kinds with a limit, or none
	limits  []int   // of the kinds with a limit
	blocked map[blocked]struct{}
	dates   map[journey.Identifier][]period // ascending
	form    []byte                          // the rules as JSON, by which rules are compared
}

// blocked is a value, in a form, of a kind or of every kind of that form.
type blocked struct {
	kind  string // "" = every kind
	form  Form
	value string
}

// period is when an identifier is one person's, in Unix nanoseconds.
type period struct{ from, until int64 }

const none = int32(-1)

// Validate reports all faults of the rules at once in a [clientele.ConfigError].
func (r Rules) Validate() error {
	_, err := compile("identity.Rules.Validate", r)
	return err
}

// compile checks rules and copies what they hold.
func compile(op string, r Rules) (*compiled, error) {
	faults := clientele.ConfigError{Op: op}
	r.Kinds, r.Blocked, r.Dates = slices.Clone(r.Kinds), slices.Clone(r.Blocked), slices.Clone(r.Dates)
	if len(r.Kinds) == 0 {
		r.Kinds = DefaultKinds()
	}
	c := &compiled{Rules: r, blocked: make(map[blocked]struct{}), dates: make(map[journey.Identifier][]period)}
	c.checkKinds(&faults)
	for i, b := range r.Blocked {
		c.block(&faults, fmt.Sprintf("Blocked[%d].", i), b)
	}
	for i, d := range r.Dates {
		c.Dates[i].From, c.Dates[i].Until = d.From.UTC(), d.Until.UTC()
		c.date(&faults, fmt.Sprintf("Dates[%d].", i), d)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	form, err := json.Marshal(c.Rules)
	if err != nil {
		return nil, fault.Renamed(op, err)
	}
	c.form = form
	return c, nil
}

func (c *compiled) checkKinds(faults *clientele.ConfigError) {
	if n := len(c.Kinds); n > maxKinds {
		faults.Add("Kinds", n, rule.Want(rule.Range, "at most %d kinds", maxKinds))
	}
	names := make(map[string]bool)
	for i, k := range c.Kinds {
		path := fmt.Sprintf("Kinds[%d].", i)
		fault.AddLabel(faults, path+"Name", k.Name, names)
		enum.Check(faults, path+"Form", formNames[:], k.Form)
		c.limited = append(c.limited, none)
		switch {
		case k.Limit < 0:
			faults.Add(path+"Limit", k.Limit, rule.Want(rule.Negative, "1 value or more, or 0 for any number"))
		case k.Limit > 0 && k.HandOver:
			faults.Add(path+"Limit", k.Limit, rule.Because(rule.Range, "given with HandOver", "0, or no HandOver"))
		case k.Limit > 0:
			c.limited[i] = int32(len(c.limits))
			c.limits = append(c.limits, k.Limit)
		}
	}
}

// block notes a value or a pattern.
func (c *compiled) block(faults *clientele.ConfigError, path string, b Block) {
	rank := c.rank(b.Kind)
	if b.Kind != "" && rank < 0 {
		faults.Add(path+"Kind", b.Kind, c.unknownKind())
		return
	}
	if (b.Value == "") == (b.Like == "") {
		faults.Add(path+"Value", b.Value, rule.Because(rule.Missing, "not one of Value and Like", "a value, or a pattern as in Like \"*@shop.example\""))
		return
	}
	if b.Value == "" {
		return // patterns are few, and read where they stand
	}
	for form := range Form(len(formNames)) {
		if rank < 0 || c.Kinds[rank].Form == form {
			c.blocked[blocked{b.Kind, form, form.Normal(b.Value)}] = struct{}{}
		}
	}
}

// date notes when an identifier is one person's.
func (c *compiled) date(faults *clientele.ConfigError, path string, d Dates) {
	rank := c.rank(d.Kind)
	if rank < 0 {
		faults.Add(path+"Kind", d.Kind, c.unknownKind())
		return
	}
	if d.Value == "" {
		faults.Add(path+"Value", nil, rule.Want(rule.Missing, "the value of an identifier"))
		return
	}
	p := period{math.MinInt64, math.MaxInt64}
	for _, end := range []struct {
		field string
		at    time.Time
		to    *int64
	}{{"From", d.From, &p.from}, {"Until", d.Until, &p.until}} {
		if end.at.IsZero() {
			continue
		}
		if err := rule.Time(end.at); err != nil {
			faults.Add(path+end.field, end.at, err)
			return
		}
		*end.to = end.at.UnixNano()
	}
	if p.from >= p.until {
		faults.Add(path+"Until", d.Until, rule.Because(rule.Range, "not after From", "a moment after %v, or none", d.From))
		return
	}
	id := journey.Identifier{Kind: d.Kind, Value: c.Kinds[rank].Form.Normal(d.Value)}
	c.addPeriod(faults, path, id, p)
}

// addPeriod puts a period among those of an identifier.
func (c *compiled) addPeriod(faults *clientele.ConfigError, path string, id journey.Identifier, p period) {
	all := c.dates[id]
	i, _ := slices.BinarySearchFunc(all, p, func(a, b period) int { return cmp.Compare(a.from, b.from) })
	switch {
	case len(all) == maxKinds:
		faults.Add(path+"Value", id.Value, rule.Want(rule.Range, "at most %d dates of one identifier", maxKinds))
	case i < len(all) && all[i].from < p.until || i > 0 && all[i-1].until > p.from:
		faults.Add(path+"From", id.Value, rule.Because(rule.Duplicate, "dates of one identifier overlap", "each to begin where the one before ends, or later"))
	default:
		c.dates[id] = slices.Insert(all, i, p)
	}
}

// rank is the position of a kind, from 0 for the most trusted; -1 for one that is unknown.
func (c *compiled) rank(kind string) int {
	for i := range c.Kinds {
		if c.Kinds[i].Name == kind {
			return i
		}
	}
	return -1
}

func (c *compiled) unknownKind() error {
	names := make([]string, len(c.Kinds))
	for i, k := range c.Kinds {
		names[i] = k.Name
	}
	return rule.OneOf(names...)
}

// refuses says why a value of a kind joins nobody, which does not depend on time.
func (c *compiled) refuses(kind *Kind, value string) (why Refusal, refused bool) {
	if !c.AllowPlaceholders && IsPlaceholder(value) {
		return Placeholder, true
	}
	_, own := c.blocked[blocked{kind.Name, kind.Form, value}]
	if _, every := c.blocked[blocked{"", kind.Form, value}]; own || every {
		return Blocked, true
	}
	for _, b := range c.Blocked {
		if b.Like != "" && (b.Kind == "" || b.Kind == kind.Name) && like(value, b.Like) {
			return Blocked, true
		}
	}
	return 0, false
}

// period is the number of the dates that hold a moment, 0 for an identifier without any;
// ok is false outside the dates.
func (c *compiled) period(id journey.Identifier, at int64) (number int, ok bool) {
	all, dated := c.dates[id]
	if !dated {
		return 0, true
	}
	for i, p := range all {
		if p.from <= at && at < p.until {
			return i, true
		}
	}
	return 0, false
}

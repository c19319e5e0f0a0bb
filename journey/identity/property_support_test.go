package identity_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// drawRules are rules with and without limits, blocks and dates.
func drawRules(t *rapid.T) identity.Rules {
	limit := rapid.IntRange(0, 2)
	r := identity.Rules{Kinds: []identity.Kind{
		{Name: "customer", Limit: limit.Draw(t, "customers")},
		{Name: "phone", Limit: limit.Draw(t, "phones"), Form: identity.Phone},
		{Name: "email", Limit: limit.Draw(t, "emails")},
		{Name: "device", HandOver: rapid.Bool().Draw(t, "devices are handed over")},
		{Name: "cookie", HandOver: rapid.Bool().Draw(t, "cookies are handed over")},
	}}
	if rapid.Bool().Draw(t, "blocked") {
		r.Blocked = []identity.Block{{Kind: "device", Value: "v0"}, {Like: "*3"}}
	}
	if rapid.Bool().Draw(t, "dates") {
		r.Dates = []identity.Dates{
			{Kind: "phone", Value: "v1", Until: morning.Add(2 * time.Minute)},
			{Kind: "phone", Value: "v1", From: morning.Add(3 * time.Minute)},
		}
	}
	return r
}

// drawTouches are touches of few identifiers and moments, so that many share both. Some
// come again, and some of these with other content.
func drawTouches(t *rapid.T) (all []journey.Touch) {
	numbered := rapid.Bool().Draw(t, "numbered")
	for i := range rapid.IntRange(0, 14).Draw(t, "touches") {
		next := journey.Touch{
			Touchpoint: "site", At: morning.Add(time.Duration(rapid.IntRange(0, 6).Draw(t, "minute")) * time.Minute),
			Seq: int64(rapid.IntRange(0, 2).Draw(t, "seq")),
		}
		if numbered && rapid.IntRange(0, 4).Draw(t, "id") > 0 {
			next.ID = uuid.NewSHA1(uuid.Nil, []byte{byte(rapid.IntRange(0, 3*i).Draw(t, "number"))})
		}
		for range rapid.IntRange(0, 4).Draw(t, "identifiers") {
			next.Identifiers = append(next.Identifiers, journey.Identifier{
				Kind:  rapid.SampledFrom([]string{"customer", "phone", "email", "device", "cookie", "fax"}).Draw(t, "kind"),
				Value: rapid.SampledFrom([]string{"v0", "v1", "v2", "v3", "none"}).Draw(t, "value"),
			})
		}
		all = append(all, next)
	}
	return all
}

// drawStitched gives touches to a stitcher in any order, over any shards, with queries and
// copies in between.
func drawStitched(t *rapid.T, r identity.Rules, touches []journey.Touch, apart [][2]journey.Identifier) *identity.Stitcher {
	// An identifier of a touch that an earlier one with its ID replaces is not known any more.
	numbered := slices.ContainsFunc(touches, func(t journey.Touch) bool { return t.ID != uuid.Nil })
	shards := make([]*identity.Stitcher, rapid.IntRange(1, 3).Draw(t, "shards"))
	for i := range shards {
		shards[i] = drawn(identity.NewStitcher(r))(t)
	}
	for _, next := range rapid.Permutation(touches).Draw(t, "order") {
		i := rapid.IntRange(0, len(shards)-1).Draw(t, "shard")
		must(t, shards[i].Add(next))
		switch rapid.IntRange(0, 5).Draw(t, "between") {
		case 0:
			shards[i].Settle()
		case 1:
			shards[i] = shards[i].Clone()
		case 2:
			shards[i] = drawn(readBack(shards[i]))(t)
		case 3:
			for _, pair := range apart {
				if !numbered {
					_ = shards[i].Unlink(pair[0], pair[1]) // of which some are not known yet
				}
			}
		}
	}
	all := shards[0]
	for _, other := range shards[1:] {
		must(t, all.Merge(other))
	}
	for _, pair := range apart {
		_ = all.Unlink(pair[0], pair[1])
	}
	return all
}

// drawApart are pairs of identifiers to keep apart.
func drawApart(t *rapid.T) (pairs [][2]journey.Identifier) {
	one := rapid.Custom(func(t *rapid.T) journey.Identifier {
		return journey.Identifier{
			Kind:  rapid.SampledFrom([]string{"customer", "phone", "email", "device"}).Draw(t, "kind"),
			Value: rapid.SampledFrom([]string{"v0", "v1", "v2"}).Draw(t, "value"),
		}
	})
	for range rapid.IntRange(0, 2).Draw(t, "pairs") {
		pairs = append(pairs, [2]journey.Identifier{one.Draw(t, "a"), one.Draw(t, "b")})
	}
	return pairs
}

func drawn[T any](v T, err error) func(*rapid.T) T {
	return func(t *rapid.T) T {
		must(t, err)
		return v
	}
}

func must(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// plain stitches touches in time order, by sets of identifiers in maps: the rule of the
// package comment, word for word.
type plain struct {
	rules  identity.Rules
	apart  [][2]journey.Identifier
	person map[string]int // by identifier, dates and owner
	sets   []map[string]journey.Identifier
	owner  map[string]int // by identifier that was handed over: how often
}

func newPlain(r identity.Rules, apart [][2]journey.Identifier) *plain {
	return &plain{rules: r, apart: apart, person: make(map[string]int), owner: make(map[string]int)}
}

// name is an identifier as it is at a moment, "" for one that may not join.
func (p *plain) name(id journey.Identifier, at time.Time) string {
	if id.Kind == "fax" || id.Value == "none" {
		return ""
	}
	for _, b := range p.rules.Blocked {
		if b.Kind == id.Kind && b.Value == id.Value || b.Like == "*3" && id.Value == "v3" {
			return ""
		}
	}
	period, dated := -1, false
	for i, d := range p.rules.Dates {
		if d.Kind == id.Kind && d.Value == id.Value {
			dated = true
			if !at.Before(d.From) && (d.Until.IsZero() || at.Before(d.Until)) {
				period = i
			}
		}
	}
	if dated && period < 0 {
		return ""
	}
	return fmt.Sprint(p.rank(id.Kind), " ", max(period, 0), " ", id.Value)
}

func (p *plain) rank(kind string) int {
	return slices.IndexFunc(p.rules.Kinds, func(k identity.Kind) bool { return k.Name == kind })
}

// set is the number of the set of an identifier, as it is now.
func (p *plain) set(name string, id journey.Identifier) int {
	name = fmt.Sprint(name, "#", p.owner[name])
	n, known := p.person[name]
	if !known {
		n = len(p.sets)
		p.person[name] = n
		p.sets = append(p.sets, map[string]journey.Identifier{name: id})
	}
	return n
}

// fits reports whether sets may be one.
func (p *plain) fits(sets ...int) bool {
	counts, all := make(map[string]int), make(map[journey.Identifier]bool)
	slices.Sort(sets)
	sets = slices.Compact(sets)
	for _, n := range sets {
		for _, id := range p.sets[n] {
			counts[id.Kind]++
			all[id] = true
		}
	}
	for _, k := range p.rules.Kinds {
		if k.Limit > 0 && counts[k.Name] > k.Limit {
			return false
		}
	}
	for _, pair := range p.apart {
		if all[pair[0]] && all[pair[1]] {
			return false
		}
	}
	return true
}

// add joins a touch and returns the name of its most trusted identifier, "" for nobody.
func (p *plain) add(t journey.Touch) string {
	by := make(map[string]journey.Identifier)
	var names []string
	for _, id := range t.Identifiers {
		if name := p.name(id, t.At); name != "" {
			by[name] = id
			names = append(names, name)
		}
	}
	if names == nil {
		return ""
	}
	slices.Sort(names)
	names = slices.Compact(names)
	names = p.sift(names, by)
	first := p.set(names[0], by[names[0]])
	for _, name := range names[1:] {
		other := p.set(name, by[name])
		if other == first {
			continue
		}
		for member, id := range p.sets[other] {
			p.sets[first][member] = id
			p.person[member] = first
		}
		p.sets[other] = nil
	}
	return fmt.Sprint(names[0], "#", p.owner[names[0]])
}

// sift takes out what may not join, and hands over.
func (p *plain) sift(names []string, by map[string]journey.Identifier) []string {
	handed := make(map[string]bool)
	sets := func(names []string) (all []int) {
		for _, name := range names {
			all = append(all, p.set(name, by[name]))
		}
		return all
	}
	for _, strict := range []bool{false, true} {
		for i := len(names) - 1; i > 0; i-- {
			if p.fits(sets(names)...) {
				return names
			}
			name := names[i]
			hands := p.rules.Kinds[p.rank(by[name].Kind)].HandOver
			if hands && (strict && handed[name] || !strict && p.fits(sets([]string{names[0], name})...)) {
				continue
			}
			rest := slices.Delete(slices.Clone(names), i, i+1)
			if hands && !p.bars(by[name], sets(rest)) {
				p.owner[name]++
				handed[name] = true
			} else {
				names = rest
			}
		}
	}
	return names
}

// bars reports whether an identifier is kept apart from one of some sets.
func (p *plain) bars(id journey.Identifier, sets []int) bool {
	for _, n := range sets {
		for _, other := range p.sets[n] {
			for _, pair := range p.apart {
				if pair == [2]journey.Identifier{id, other} || pair == [2]journey.Identifier{other, id} {
					return true
				}
			}
		}
	}
	return false
}

// stitch returns groups of touches as func groups does.
func (p *plain) stitch(touches []journey.Touch) []string {
	names := make([]string, len(touches))
	for i, t := range touches {
		names[i] = p.add(t)
	}
	out := make([]string, len(touches))
	for i, name := range names {
		if name != "" {
			out[i] = fmt.Sprint(p.person[name])
		}
	}
	return out
}

package funnel_test

import (
	"fmt"
	"testing"

	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
)

// widest is a funnel of as many steps as there may be, all of which match the same touches.
func widest(change func(*funnel.Funnel)) funnel.Funnel {
	f := funnel.Funnel{Window: funnel.Days(100_000)}
	for i := range 32 {
		f.Steps = append(f.Steps, funnel.Step{Name: fmt.Sprint(i), Match: funnel.At("A", "B")})
	}
	change(&f)
	return f
}

// The work grows with the touches and not with the ways to choose some: of hundreds of touches
// that fill any of 32 steps, at one moment or one after the other, the chain is found at once.
func TestWorkIsBounded(t *testing.T) {
	plain := func(*funnel.Funnel) {}
	increasing := func(f *funnel.Funnel) { f.Increasing = true }
	anyOrder := func(f *funnel.Funnel) { f.Order = funnel.AnyOrder }
	strict := func(f *funnel.Funnel) { f.Order = funnel.StrictOrder }
	optional := func(f *funnel.Funnel) {
		for i := 1; i < len(f.Steps); i += 2 {
			f.Steps[i].Optional = true
		}
	}
	limited := func(f *funnel.Funnel) {
		for i := 1; i < len(f.Steps); i++ {
			f.Steps[i].Within = funnel.Hours(1000)
		}
	}
	optionalAndLimited := func(f *funnel.Funnel) {
		optional(f)
		limited(f)
	}
	clickHouse := func(f *funnel.Funnel) { f.ClickHouse = &funnel.ClickHouse{} }
	// Nobody gets to the last step, so that everything is tried.
	unreachable := func(change func(*funnel.Funnel)) funnel.Funnel {
		f := widest(change)
		f.Steps[31].Match = funnel.At("never")
		f.Steps[31].Optional = false
		return f
	}
	tied, spread := make([]journey.Touch, 400), make([]journey.Touch, 400)
	for i := range tied {
		tied[i], spread[i] = at("A", 1), at("B", i)
	}
	for _, c := range []struct {
		name         string
		funnel       funnel.Funnel
		tied, spread int // steps that are reached
	}{
		{"plain", unreachable(plain), 31, 31},
		{"increasing", unreachable(increasing), 1, 31},
		{"strict", unreachable(strict), 31, 31},
		{"any order", unreachable(anyOrder), 31, 31},
		{"optional", unreachable(optional), 31, 31},
		{"limited", unreachable(limited), 31, 31},
		{"optional and limited", unreachable(optionalAndLimited), 31, 31},
		{"clickhouse", unreachable(clickHouse), 31, 31},
		{"all steps", widest(plain), 32, 32},
		{"all steps in any order", widest(anyOrder), 32, 32},
	} {
		if got := reached(t, c.funnel, tied...); got != c.tied {
			t.Errorf("%s: reached %d of touches at one moment, want %d", c.name, got, c.tied)
		}
		if got := reached(t, c.funnel, spread...); got != c.spread {
			t.Errorf("%s: reached %d, want %d", c.name, got, c.spread)
		}
	}
}

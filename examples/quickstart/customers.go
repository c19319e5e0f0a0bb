package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// moves is what happened since a month ago.
type moves struct {
	Since     time.Time             `json:"since"`
	Count     map[rfm.Direction]int `json:"count"`
	Segments  []string              `json:"segments"` // of rows and columns; "" = not in the base
	Matrix    [][]int               `json:"matrix"`   // customers by segment then (row) and now (column)
	Customers []mover               `json:"customers"`
}

// mover is a customer who changed cells.
type mover struct {
	rfm.Move[string]
	Spent decimal.Decimal `json:"spent"` // of all time
	Why   []string        `json:"why"`
}

// Path tells the segments then and now.
func (m mover) Path() string { return cmp.Or(m.From.Segment, "new") + " → " + m.To.Segment }

// findMoves compares the base of a month ago with today's, both graded by today's
// scales: else customers would move because the yardstick did. Without a customer
// then it is nil.
func (a *analysis) findMoves(f facts, now *rfm.State[string]) (*moves, error) {
	then, err := rfm.Grade(f.earlier, a.Scales)
	if errors.Is(err, clientele.ErrEmpty) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	movement, err := rfm.Compare(then, now)
	if err != nil {
		return nil, err
	}
	m := &moves{
		Since: f.earlier.Config().AsOf.In(a.AsOf.Location()), Count: movement.Count,
		Segments: movement.Segments, Matrix: movement.Matrix, Customers: []mover{},
	}
	for move := range movement.Moves() {
		facts, _ := f.today.Of(move.Customer)
		m.Customers = append(m.Customers, mover{move, facts.Total(), a.why(move, facts)})
	}
	slices.SortFunc(m.Customers, func(x, y mover) int { return bySpending(x.Spent, y.Spent, x.Customer, y.Customer) })
	return m, nil
}

// why tells what moved a customer.
func (a *analysis) why(move rfm.Move[string], facts rfm.Facts) []string {
	if move.Direction == rfm.Entered {
		return []string{"first purchase on " + shortDate(facts.First().In(a.AsOf.Location()))}
	}
	var why []string
	for _, m := range []rfm.Metric{rfm.R, rfm.F, rfm.M} {
		if move.Cause.Has(m) {
			span := a.Levels[m][move.To.Level(m)-1]
			why = append(why, fmt.Sprintf("%s %s → %s%s, %s", a.measured(m), short(move.Was.Value(m)), short(move.Is.Value(m)), unit(m), span))
		}
	}
	return why
}

// crossed returns the movers whose segment changed, not only their cell.
func (m *moves) crossed() []mover {
	return slices.DeleteFunc(slices.Clone(m.Customers), func(c mover) bool { return !c.Crossed() })
}

// faller is a customer whom silence will lower.
type faller struct {
	Customer string `json:"customer"`
	rfm.Watch
	Spent   decimal.Decimal `json:"spent"`   // of all time
	Average decimal.Decimal `json:"average"` // receipt, of all time

	leaves bool // the segment too, by the moment asked for
}

// Path tells the segments now and then.
func (f faller) Path() string { return f.Now.Segment + " → " + f.Into.Segment }

// findFalling lists who will fall by a moment if they buy nothing.
func findFalling(base *rfm.Base[string], scales *rfm.Scales, by time.Time) ([]faller, error) {
	all := []faller{}
	falling, err := rfm.Falling(base, scales, by)
	if err != nil {
		return nil, err
	}
	for id, watch := range falling {
		facts, _ := base.Of(id)
		watch.Falls = watch.Falls.In(by.Location())
		leaves := !watch.Leaves.IsZero() && !watch.Leaves.After(by)
		if !watch.Leaves.IsZero() {
			watch.Leaves = watch.Leaves.In(by.Location())
		}
		all = append(all, faller{id, watch, facts.Total(), facts.Average(), leaves})
	}
	slices.SortFunc(all, func(x, y faller) int { return bySpending(x.Spent, y.Spent, x.Customer, y.Customer) })
	return all, nil
}

// leaving returns those of the falling who will leave their segment in the days ahead, and
// what they have spent.
func (a *analysis) leaving() (leaving []faller, spent decimal.Decimal) {
	for _, f := range a.Falling {
		if f.leaves {
			leaving, spent = append(leaving, f), spent.Add(f.Spent)
		}
	}
	return leaving, spent
}

// shrinker is a customer whose receipts shrink.
type shrinker struct {
	Customer string `json:"customer"`
	Segment  string `json:"segment"`
	rfm.Degradation
	Spent decimal.Decimal `json:"spent"` // of all time
}

// findShrinking lists whose last receipts are a level below those of all time.
func findShrinking(base *rfm.Base[string], state *rfm.State[string]) ([]shrinker, error) {
	all := []shrinker{}
	if state.Scales().Plan().Measure.Monetary == rfm.Total { // which is no receipt
		return all, nil
	}
	shrinking, err := rfm.Degrading(base, state.Scales())
	if err != nil {
		return nil, err
	}
	for id, d := range shrinking {
		facts, _ := base.Of(id)
		all = append(all, shrinker{id, state.Segment(id), d, facts.Total()})
	}
	slices.SortFunc(all, func(x, y shrinker) int { return bySpending(x.Spent, y.Spent, x.Customer, y.Customer) })
	return all, nil
}

package lever

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
)

// Lever is one of the factors of profit: traffic × lead rate × sale rate × deals ×
// check × margin - fixed costs. See [Chain].
type Lever uint8

const (
	Traffic    Lever = iota // visitors
	LeadRate                // leads per visitor
	SaleRate                // customers per lead
	Deals                   // deals per customer
	Check                   // revenue per deal
	Margin                  // contribution per revenue
	FixedCosts              // fixed costs
)

var leverNames = [...]string{
	Traffic: "traffic", LeadRate: "lead rate", SaleRate: "sale rate", Deals: "deals",
	Check: "check", Margin: "margin", FixedCosts: "fixed costs",
}

// String returns the name, as in "lead rate", and "Lever(9)" for a value that is
// none.
func (l Lever) String() string { return enum.String(leverNames[:], l) }

// MarshalText returns the name. A value that is no lever is [clientele.ErrUnknown].
func (l Lever) MarshalText() ([]byte, error) { return enum.Marshal(leverNames[:], l) }

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the lever as it was.
func (l *Lever) UnmarshalText(text []byte) error { return enum.Unmarshal(leverNames[:], l, text) }

func (l Lever) check(op string, index int) error {
	if int(l) >= len(leverNames) {
		return &clientele.InputError{Op: op, Index: index, Field: "Lever", Value: uint8(l), Err: clientele.ErrUnknown}
	}
	return nil
}

// checkLevers reports the first of the levers that is none or occurs again.
func checkLevers(op string, levers []Lever) error {
	var seen [len(leverNames)]bool
	for i, l := range levers {
		if err := l.check(op, i); err != nil {
			return err
		}
		if seen[l] {
			return &clientele.InputError{Op: op, Index: i, Field: "Lever", Value: l.String(), Err: clientele.ErrDuplicate}
		}
		seen[l] = true
	}
	return nil
}

// Sets returns all sets of these levers that are not empty, small ones first,
// each in the order given: for [Chain.WhatIf]. Of n levers there are 2^n - 1.
func Sets(levers ...Lever) ([][]Lever, error) {
	if err := checkLevers("lever.Sets", levers); err != nil {
		return nil, err
	}
	var all [][]Lever
	for size := 1; size <= len(levers); size++ {
		all = appendSets(all, nil, levers, size)
	}
	return all, nil
}

// appendSets appends the sets that begin with head and continue with so many more of
// rest.
func appendSets(all [][]Lever, head, rest []Lever, more int) [][]Lever {
	if more == 0 {
		return append(all, append([]Lever(nil), head...))
	}
	for i := range len(rest) - more + 1 {
		all = appendSets(all, append(head[:len(head):len(head)], rest[i]), rest[i+1:], more-1)
	}
	return all
}

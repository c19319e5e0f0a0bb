package lever

import (
	"fmt"

	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Lever is one of the factors of profit: traffic × lead rate × sale rate × deals per
// customer × check × margin - fixed costs. See [Chain].
type Lever uint8

// The levers, in the order of a [Chain].
const (
	Traffic          Lever = iota // visitors
	LeadRate                      // leads per visitor
	SaleRate                      // customers per lead
	DealsPerCustomer              // deals per customer
	Check                         // revenue per deal
	Margin                        // contribution per revenue, after all costs that grow with revenue
	FixedCosts                    // costs that do not grow with revenue
)

var leverNames = [...]string{
	Traffic: "traffic", LeadRate: "lead rate", SaleRate: "sale rate", DealsPerCustomer: "deals per customer",
	Check: "check", Margin: "margin", FixedCosts: "fixed costs",
}

// String returns the name: "traffic", "lead rate", "sale rate", "deals per customer",
// "check", "margin" or "fixed costs"; for a value that is no lever a text such as
// "Lever(9)".
func (l Lever) String() string { return enum.String(leverNames[:], l) }

// MarshalText returns the name, and [clientele.ErrUnknown] for a value that is no lever.
func (l Lever) MarshalText() ([]byte, error) { return enum.Marshal(leverNames[:], l) }

// UnmarshalText accepts exactly the names that MarshalText writes. It returns
// [clientele.ErrUnknown] for any other text, and leaves the lever as it was.
func (l *Lever) UnmarshalText(text []byte) error { return enum.Unmarshal(leverNames[:], l, text) }

// check refuses an argument that is no lever.
func (l Lever) check(op, field string) error {
	if err := rule.Named(leverNames[:], l); err != nil {
		return fault.Of(op, field, uint8(l), err)
	}
	return nil
}

// checkSet reports the first lever of a list, the argument set, that is unknown or occurs
// again.
func checkSet(op, set string, levers []Lever) error {
	var seen [len(leverNames)]bool
	for i, l := range levers {
		field := fmt.Sprintf("%s[%d]", set, i)
		if err := l.check(op, field); err != nil {
			return err
		}
		if seen[l] {
			return fault.Of(op, field, l.String(), fault.ErrTwice)
		}
		seen[l] = true
	}
	return nil
}

// Sets returns all non-empty subsets of some levers, smallest first and each in the order
// given, as arguments of [Chain.WhatIf]. n levers have 2^n - 1 such subsets. An unknown
// lever, or one that occurs twice, returns a [clientele.InputError].
func Sets(levers ...Lever) ([][]Lever, error) {
	if err := checkSet("lever.Sets", "levers", levers); err != nil {
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

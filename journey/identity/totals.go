package identity

import (
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/fault"
)

// Totals count what a stitcher holds.
type Totals struct {
	Touches      int `json:"touches"`      // touches that belong to profiles
	Unidentified int `json:"unidentified"` // touches without an identifier that may join, repetitions included
	Again        int `json:"again"`        // repetitions: touches whose ID came before

	Profiles    int `json:"profiles"`    // people, as far as identifiers tell
	Identifiers int `json:"identifiers"` // identifiers that may join

	SetAside   int `json:"setAside"`   // identifiers that did not join in a touch, because of a limit or an Unlink
	HandedOver int `json:"handedOver"` // identifiers that passed to another person in a touch
}

// Totals returns the counts. Touches, Unidentified and Again add up to the touches that came.
func (s *Stitcher) Totals() Totals {
	if !s.ready() {
		return Totals{}
	}
	t := Totals{Touches: s.rows.Len(), Unidentified: s.nobody, Again: s.again, Profiles: s.Len()}
	for n := range int32(s.joins.nodes.Len()) {
		if s.joins.nodes.At(n).up >= 0 && s.hasRow(n) {
			t.Identifiers++
		}
	}
	for _, d := range s.joins.tight {
		for _, c := range d.conflicts {
			if c.handed {
				t.HandedOver++
			} else {
				t.SetAside++
			}
		}
	}
	return t
}

// hasRow reports whether a node is of any row. One that is not came in repetitions alone,
// or has dates in which it did not come.
func (s *Stitcher) hasRow(n int32) bool { return s.joins.nodes.At(s.joins.root(n)).first != none }

// Refused returns the identifiers that joined nobody, by kind in the order of the rules
// and then by value; those of kinds that the rules lack come last.
func (s *Stitcher) Refused() (all []Refused) {
	if !s.ready() {
		return nil
	}
	nodes := make([]int32, 0, len(s.refused))
	for n, times := range s.refused {
		if times > 0 {
			nodes = append(nodes, n)
		}
	}
	slices.SortFunc(nodes, s.compareKeys)
	for _, n := range nodes {
		id := s.identifier(n)
		all = append(all, Refused{id.Kind, id.Value, Refusal(-1 - s.joins.nodes.At(n).up), s.refused[n]})
	}
	known := len(all)
	for kind, times := range s.unknown {
		all = append(all, Refused{Kind: kind, Why: UnknownKind, Times: times})
	}
	slices.SortFunc(all[known:], func(a, b Refused) int { return strings.Compare(a.Kind, b.Kind) })
	return all
}

// Warnings returns doubts about the profiles: a [RefusedWarning] for each kind and reason,
// and a [ConflictWarning].
func (s *Stitcher) Warnings() []error {
	var refused []RefusedWarning
	at := make(map[Refused]int) // by kind and reason
	for _, r := range s.Refused() {
		of := Refused{Kind: r.Kind, Why: r.Why}
		i, known := at[of]
		if !known {
			i = len(refused)
			at[of] = i
			refused = append(refused, RefusedWarning{Kind: r.Kind, Why: r.Why})
		}
		refused[i].Times += r.Times
		if r.Why != UnknownKind {
			refused[i].Values++
		}
	}
	all := fault.Errors(refused)
	if t := s.Totals(); t.SetAside+t.HandedOver > 0 {
		all = append(all, ConflictWarning{t.SetAside, t.HandedOver})
	}
	return all
}

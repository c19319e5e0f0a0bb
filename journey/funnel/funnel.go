package funnel

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
)

// Funnel is a way through steps that people are expected to take within a time. It is data
// with a JSON form, so that you can store it and edit it in a settings page.
//
// Of everybody the longest chain is looked for: the one with the most required steps, of
// those with the most optional ones, of those the one that begins first, and of those the
// one whose steps come first. Each touch fills one step. Touches that share At and Seq are
// ties: they may be taken in any order, so that a chain is never lost to the order of a log.
type Funnel struct {
	Name  string `json:"name,omitempty"` // name of the funnel
	Steps []Step `json:"steps"`          // the steps, 1 to 32; the first is required unless Order is AnyOrder

	// Window is the time from the first touch of the chain to its last, the last moment
	// included; required.
	Window Span `json:"window"`

	Order Order `json:"order,omitzero"` // in which order steps must come; zero = InOrder

	// Increasing demands that each step comes at a later moment than the one before. Touch.Seq
	// then does not matter.
	Increasing bool `json:"increasing,omitempty"`

	Exclusions []Exclusion `json:"exclusions,omitempty"` // touches that spoil an attempt, at most 32; there may be none

	// Per names what goes through the funnel: zero = people. Otherwise each value of this
	// attribute that a person's touches have is a case of its own, such as a proposal, an item
	// or a deal. Touches without the attribute are counted and left out.
	Per Attribute `json:"per,omitempty"`

	Zone string `json:"zone,omitempty"` // IANA name of the zone whose calendar days count, such as "Europe/Paris"; "" = UTC

	// ClickHouse asks for the answers of the function windowFunnel of that database, which
	// differ; nil = the longest chain.
	ClickHouse *ClickHouse `json:"clickHouse,omitempty"`
}

// Step is one step of a [Funnel]. Two steps may match the same touches: a person then has to
// make such a touch twice.
type Step struct {
	Name  string `json:"name"`  // unique in the funnel
	Match Match  `json:"match"` // touches that are this step

	Optional bool `json:"optional,omitempty"` // whether people may leave the step out

	After  Span `json:"after,omitzero"`  // least time since the step before in the chain; zero = none
	Within Span `json:"within,omitzero"` // longest time since the step before in the chain; zero = no limit but the window
}

// Exclusion names touches that must not come between steps. Such a touch spoils the
// attempts that stand there, not the person: a later attempt counts, and so do the steps
// that were reached before. One that shares At and Seq with a step stands before or after it,
// whichever spoils less.
type Exclusion struct {
	Match  Match  `json:"match"`            // touches that spoil
	After  string `json:"after,omitempty"`  // name of the step from which on they spoil; "" = the first
	Before string `json:"before,omitempty"` // name of the step up to which they spoil; "" = the last

	// DropPerson takes the person, or the case, out of the funnel if such a touch stands
	// within an attempt that has got furthest so far; otherwise only the attempt is spoiled.
	DropPerson bool `json:"dropPerson,omitempty"`
}

// UnmarshalJSON reads a funnel. An unknown key, a key given twice or a value of the wrong
// type returns an InputError of [clientele.ErrEncoding] and leaves f as it was.
// [Funnel.Validate] checks the meaning.
func (f *Funnel) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("funnel.Funnel.UnmarshalJSON", data, f)
}

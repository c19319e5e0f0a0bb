package identity

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
)

// Change says that identifiers, and so the touches that they name people of, belong to
// another profile now.
type Change struct {
	From uuid.UUID `json:"from"` // the profile before
	To   uuid.UUID `json:"to"`   // the profile now

	// Whole says that there is no profile From any longer, and that all that it had is in
	// To: rows of From are to be moved to To. Otherwise the profile was divided, and
	// Stitcher.Of says for each touch where it belongs now.
	Whole bool `json:"whole,omitempty"`

	Identifiers []journey.Identifier `json:"identifiers"` // what moved, the most trusted first
}

// Changes returns what changed since an earlier state of this stitcher: profiles that
// became one, that were divided, and those whose id is another because an earlier touch
// came late. Hosts that keep rows by profile move them. Keep the earlier state as a
// [Stitcher.Clone], or as its binary form. The order is that of From, then of To. Profiles
// that are new since are no changes. It takes time in proportion to all identifiers.
//
// The error is [clientele.ErrMismatch] if the rules differ.
func (s *Stitcher) Changes(since *Stitcher) ([]Change, error) {
	const op = "identity.Stitcher.Changes"
	if !s.ready() || !since.ready() {
		return nil, fault.Unconfigured(op)
	}
	if !s.sameRules(since) {
		return nil, fault.Of(op, "since", nil, errOtherRules)
	}
	s.Settle()
	since.Settle()
	m := moves{s: s, since: since, pairs: make(map[[2]int32][]int32)}
	m.lookAll()
	return m.changes(), nil
}

func (s *Stitcher) sameRules(o *Stitcher) bool {
	return s.rules == o.rules || bytes.Equal(s.rules.form, o.rules.form)
}

var errOtherRules = rule.Because(rule.Mismatch, "rules differ", "rules that are equal, in the same order")

// moves are where the identifiers of touches were and are.
type moves struct {
	s, since *Stitcher
	pairs    map[[2]int32][]int32 // by first row of the profile, in since and in s: nodes of since
}

// lookAll looks at each identifier once, and where it may have had several owners, at
// each touch that has it.
func (m *moves) lookAll() {
	several := make([]bool, m.since.joins.nodes.Len())
	for n := range several {
		key := m.since.keys.ID(int32(n))
		if several[n] = m.since.isTight(key) || m.s.isTight(key); !several[n] {
			m.look(int32(n), latest())
		}
	}
	for r := range int32(m.since.rows.Len()) {
		for _, n := range m.since.nodes(r) {
			if several[n] {
				m.look(n, m.since.moment(r))
			}
		}
	}
}

// isTight reports whether a key is of a set that is divided.
func (s *Stitcher) isTight(key string) bool {
	n, found := s.keys.Find(key)
	return found && s.joins.nodes.At(n).up >= 0 && s.joins.tight[s.joins.root(n)] != nil
}

// look notes where an identifier was and is.
func (m *moves) look(n int32, at moment) {
	key := m.since.keys.ID(n)
	before, now := m.since.founder(key, at), m.s.founder(key, at)
	if before == none || now == none {
		return // set aside in every touch that had it
	}
	pair := [2]int32{before, now}
	if own := m.pairs[pair]; len(own) == 0 || own[len(own)-1] != n {
		m.pairs[pair] = append(own, n)
	}
}

// changes are the moves by profile.
func (m *moves) changes() (all []Change) {
	parts := make(map[int32]int) // of each profile in since: in how many it is now
	for pair := range m.pairs {
		parts[pair[0]]++
	}
	for pair, nodes := range m.pairs {
		from, to := m.since.profileID(pair[0]), m.s.profileID(pair[1])
		if from != to {
			all = append(all, Change{from, to, parts[pair[0]] == 1, m.since.identifiers(nodes)})
		}
	}
	slices.SortFunc(all, func(a, b Change) int {
		return cmp.Or(bytes.Compare(a.From[:], b.From[:]), bytes.Compare(a.To[:], b.To[:]))
	})
	return all
}

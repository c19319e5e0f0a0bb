package sales

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
)

// Standing is how a person does by four signs: + at the threshold of Thresholds or above, − below.
type Standing struct {
	Tenure     Sign `json:"tenure,omitzero"`     // time with the company
	Competence Sign `json:"competence,omitzero"` // share of criteria met in checked calls
	Effort     Sign `json:"effort,omitzero"`     // bookings per working day
	Result     Sign `json:"result,omitzero"`     // money per working day

	Group Group `json:"group,omitzero"` // the group that the signs make
}

// String returns the four signs, as in "++−−"; "?" stands for one that is not known.
func (s Standing) String() string {
	return s.Tenure.String() + s.Competence.String() + s.Effort.String() + s.Result.String()
}

// Sign says on which side of a threshold a value is.
type Sign uint8

const (
	Unknown Sign = iota // no value that is judged, or no threshold
	Minus               // below the threshold
	Plus                // at the threshold or above
)

var signNames = [...]string{Unknown: "?", Minus: "−", Plus: "+"}

// String returns "?", "−" or "+", and "Sign(9)" for a value without a name.
func (s Sign) String() string { return enum.String(signNames[:], s) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (s Sign) MarshalText() ([]byte, error) { return enum.Marshal(signNames[:], s) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (s *Sign) UnmarshalText(text []byte) error { return enum.Unmarshal(signNames[:], s, text) }

// Group is what a [Standing] amounts to: each calls for something different. The signs are those
// of tenure, competence, effort and result, in this order.
type Group uint8

const (
	Unjudged Group = iota // a sign is not known
	Mixed                 // any other signs
	Pillar                // ++++: experienced, competent, busy and successful; to be kept
	Coasting              // ++−−: experienced and competent, and does little; the will is missing, not the skill
	Rising                // −+++: new and already as good; to be promoted before somebody else hires them
	Beginner              // −−−−: new, and nothing to show yet; to be trained or let go
)

var groupNames = [...]string{
	Unjudged: "unjudged", Mixed: "mixed", Pillar: "pillar", Coasting: "coasting", Rising: "rising", Beginner: "beginner",
}

// String returns the name, as in "rising", and "Group(9)" for a value without a name.
func (g Group) String() string { return enum.String(groupNames[:], g) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (g Group) MarshalText() ([]byte, error) { return enum.Marshal(groupNames[:], g) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (g *Group) UnmarshalText(text []byte) error { return enum.Unmarshal(groupNames[:], g, text) }

// group is the group of four signs.
func (s Standing) group() Group {
	switch [...]Sign{s.Tenure, s.Competence, s.Effort, s.Result} {
	case [...]Sign{Plus, Plus, Plus, Plus}:
		return Pillar
	case [...]Sign{Plus, Plus, Minus, Minus}:
		return Coasting
	case [...]Sign{Minus, Plus, Plus, Plus}:
		return Rising
	case [...]Sign{Minus, Minus, Minus, Minus}:
		return Beginner
	}
	if s.Tenure == Unknown || s.Competence == Unknown || s.Effort == Unknown || s.Result == Unknown {
		return Unjudged
	}
	return Mixed
}

// place puts everybody into a group.
func (s *Scorecard) place() {
	var tenures []float64
	for i := range s.Rows {
		if t := s.Rows[i].Tenure; t != nil {
			tenures = append(tenures, float64(*t))
		}
	}
	t := &s.Config.Thresholds
	tenure := threshold(float64(t.Tenure), median(tenures))
	for i := range s.Rows {
		of := func(c Column, own float64) Sign {
			value, ok := s.judged(&s.Rows[i], c)
			return signOf(value, ok, threshold(own, s.Columns[c].Median))
		}
		row := &s.Rows[i]
		known := clientele.Days(0)
		if row.Tenure != nil {
			known = *row.Tenure
		}
		row.Standing = Standing{
			Tenure:     signOf(float64(known), row.Tenure != nil, tenure),
			Competence: of(Competence, t.Competence),
			Effort:     of(BookingsADay, t.Effort),
			Result:     of(MoneyADay, t.Result),
		}
		row.Standing.Group = row.Standing.group()
	}
}

// threshold is the host's own or, for 0, the median.
func threshold(own float64, median *float64) *float64 {
	if own != 0 {
		return &own
	}
	return median
}

// signOf is the sign of a value.
func signOf(value float64, ok bool, threshold *float64) Sign {
	switch {
	case !ok || threshold == nil:
		return Unknown
	case value >= *threshold:
		return Plus
	}
	return Minus
}

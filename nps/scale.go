package nps

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
)

// Scale says what answers there are and whom each makes of the customer who gave it.
// The zero Scale is the standard one of Reichheld, The One Number You Need to Grow,
// Harvard Business Review 81 (2003): 0 to 10, detractors up to 6, promoters from 9.
// Scores of different scales cannot be compared, and nothing here takes one for
// another.
type Scale struct {
	Min int `json:"min"` // the lowest answer, from -1000 to 1000
	Max int `json:"max"` // the highest, at most 100 above Min

	// Detractor is the highest answer of a detractor, and Promoter the lowest of a
	// promoter. The answers between are those of passives; there may be none. An answer
	// below Min or above Max means that nobody is one.
	Detractor int `json:"detractor"`
	Promoter  int `json:"promoter"`
}

// maxAnswers is how many answers a scale may have.
const maxAnswers = 101

// Standard returns the standard scale of 0 to 10, which the zero Scale stands for.
func Standard() Scale { return Scale{Min: 0, Max: 10, Detractor: 6, Promoter: 9} }

// OneToTen returns the scale of 1 to 10 with the same groups. Its scores are not those
// of the standard scale.
func OneToTen() Scale { return Scale{Min: 1, Max: 10, Detractor: 6, Promoter: 9} }

// explicit returns the standard scale for the zero one.
func (s Scale) explicit() Scale {
	if s == (Scale{}) {
		return Standard()
	}
	return s
}

// UnmarshalJSON reads a scale. An unknown key or a value of the wrong type is an
// InputError of [clientele.ErrEncoding] and leaves the scale as it was; whether the
// values make sense is for [Scale.Validate] to tell.
func (s *Scale) UnmarshalJSON(data []byte) error {
	type plain Scale
	var read plain
	if err := strict.JSON(data, &read); err != nil {
		return &clientele.InputError{Op: "nps.Scale.UnmarshalJSON", Index: -1, Err: fmt.Errorf("%w: %w", clientele.ErrEncoding, err)}
	}
	*s = Scale(read)
	return nil
}

// Validate reports all faults of the scale at once in a [clientele.ConfigError].
func (s Scale) Validate() error {
	s = s.explicit()
	faults := clientele.ConfigError{Op: "nps.Scale.Validate"}
	const far = 1000
	if s.Min < -far || s.Min > far {
		faults.Add("Min", s.Min, clientele.ErrRange)
	}
	switch {
	case s.Max <= s.Min:
		faults.Add("Max", s.Max, fmt.Errorf("%w: not above Min", clientele.ErrRange))
	case s.Max-s.Min >= maxAnswers:
		faults.Add("Max", s.Max, fmt.Errorf("%w: more than %d answers", clientele.ErrRange, maxAnswers))
	}
	if s.Detractor < s.Min-1 || s.Detractor > s.Max {
		faults.Add("Detractor", s.Detractor, clientele.ErrRange)
	}
	if s.Promoter <= s.Detractor || s.Promoter > s.Max+1 {
		faults.Add("Promoter", s.Promoter, fmt.Errorf("%w: promoters answer above detractors and on the scale", clientele.ErrRange))
	}
	return faults.Err()
}

// Answer returns the answer that a number is. One off the scale is
// [clientele.ErrRange], a fraction [clientele.ErrUnknown], and NaN or an infinity
// [clientele.ErrNotFinite].
func (s Scale) Answer(x float64) (int, error) {
	s = s.explicit()
	kind := error(nil)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		kind = clientele.ErrNotFinite
	case x < float64(s.Min) || x > float64(s.Max):
		kind = clientele.ErrRange
	case x != math.Trunc(x):
		kind = fmt.Errorf("%w: no whole number", clientele.ErrUnknown)
	default:
		return int(x), nil
	}
	return 0, &clientele.InputError{Op: "nps.Scale.Answer", Index: -1, Field: "answer", Value: x, Err: kind}
}

// Classify returns what an answer makes of the customer; ok is false for one off the scale.
func (s Scale) Classify(answer int) (r Attitude, ok bool) {
	s = s.explicit()
	switch {
	case answer < s.Min || answer > s.Max:
		return 0, false
	case answer <= s.Detractor:
		return Detractor, true
	case answer >= s.Promoter:
		return Promoter, true
	}
	return Passive, true
}

// Attitude is what an answer makes of a customer.
type Attitude int8

const (
	Detractor Attitude = -1 // talks against the company
	Passive   Attitude = 0  // neither; stays in the denominator of the score
	Promoter  Attitude = 1  // recommends it
)

// String returns "detractor", "passive" or "promoter".
func (r Attitude) String() string {
	switch r {
	case Detractor:
		return "detractor"
	case Passive:
		return "passive"
	case Promoter:
		return "promoter"
	}
	return fmt.Sprintf("Attitude(%d)", int8(r))
}

// MarshalText returns the name. A value that is no role is [clientele.ErrUnknown].
func (r Attitude) MarshalText() ([]byte, error) {
	if r < Detractor || r > Promoter {
		return nil, &clientele.InputError{Op: "nps.Attitude.MarshalText", Index: -1, Field: "Attitude", Value: int8(r), Err: clientele.ErrUnknown}
	}
	return []byte(r.String()), nil
}

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the role as it was.
func (r *Attitude) UnmarshalText(text []byte) error {
	for role := Detractor; role <= Promoter; role++ {
		if role.String() == string(text) {
			*r = role
			return nil
		}
	}
	return &clientele.InputError{Op: "nps.Attitude.UnmarshalText", Index: -1, Field: "Attitude", Value: string(text), Err: clientele.ErrUnknown}
}

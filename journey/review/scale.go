package review

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Scale says which ratings there are, and which are positive. The zero Scale is that of five
// stars: 1 to 5, of which 4 and 5 are positive. Ratings between whole numbers are on it, too.
type Scale struct {
	Min      float64 `json:"min"`      // lowest rating
	Max      float64 `json:"max"`      // highest rating, above Min
	Positive float64 `json:"positive"` // lowest positive rating, above Min and up to Max
}

// FiveStars returns the scale of 1 to 5, of which 4 and 5 are positive.
func FiveStars() Scale { return Scale{Min: 1, Max: 5, Positive: 4} }

// explicit returns the scale of five stars for the zero one.
func (s Scale) explicit() Scale {
	if s == (Scale{}) {
		return FiveStars()
	}
	return s
}

// String describes the scale, as in "1 to 5, positive from 4".
func (s Scale) String() string {
	s = s.explicit()
	return fmt.Sprintf("%g to %g, positive from %g", s.Min, s.Max, s.Positive)
}

// UnmarshalJSON reads a scale. An unknown key, a key given twice or a value of the wrong type
// returns a [clientele.InputError] of [clientele.ErrEncoding] and leaves the scale as it was.
// [Scale.Validate] checks the values.
func (s *Scale) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("review.Scale.UnmarshalJSON", data, s)
}

// Validate reports all faults of the scale at once in a [clientele.ConfigError].
func (s Scale) Validate() error {
	faults := clientele.ConfigError{Op: "review.Scale.Validate"}
	s.check(&faults, "")
	return faults.Err()
}

// farthest bounds the ends of a scale, so that squares of ratings are far from overflow.
const farthest = 1e6

// check notes the faults of the scale that stands at a path of a configuration.
func (s Scale) check(faults *clientele.ConfigError, path string) {
	s = s.explicit()
	usable := true
	for _, end := range []struct {
		field string
		v     float64
	}{{"Min", s.Min}, {"Max", s.Max}, {"Positive", s.Positive}} {
		switch {
		case !rule.IsFinite(end.v):
			faults.Add(path+end.field, end.v, rule.Want(rule.NotFinite, "%.0f to %.0f", -farthest, farthest))
			usable = false
		case end.v < -farthest || end.v > farthest:
			faults.Add(path+end.field, end.v, rule.Want(rule.Range, "%.0f to %.0f", -farthest, farthest))
			usable = false
		}
	}
	switch {
	case !usable:
	case s.Max <= s.Min:
		faults.Add(path+"Max", s.Max, rule.Because(rule.Range, "not above Min", "more than %g", s.Min))
	case s.Positive <= s.Min || s.Positive > s.Max:
		faults.Add(path+"Positive", s.Positive, rule.Want(rule.Range, "above %g, up to %g", s.Min, s.Max))
	}
}

// holds reports whether a rating is on the scale, which is explicit.
func (s *Scale) holds(rating float64) bool { return s.Min <= rating && rating <= s.Max }

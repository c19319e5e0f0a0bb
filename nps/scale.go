package nps

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Scale says which answers there are, and which attitude each stands for. The zero Scale
// is the standard one of Reichheld, The One Number You Need to Grow, Harvard Business
// Review 81 (2003): 0 to 10, detractors up to 6, promoters from 9. Scores of different
// scales cannot be compared, and nothing here takes one for another.
type Scale struct {
	Min int `json:"min"` // lowest answer, from -1000 to 1000
	Max int `json:"max"` // highest answer, from 1 to 100 above Min

	// Detractor is the highest answer of a detractor: from Min-1, where nobody is a
	// detractor, to Max. The answers between Detractor and Promoter are those of passives;
	// there may be none.
	Detractor int `json:"detractor"`

	// Promoter is the lowest answer of a promoter: above Detractor, and up to Max+1, where
	// nobody is a promoter.
	Promoter int `json:"promoter"`
}

// maxAnswers is how many answers a scale may have.
const maxAnswers = 101

// Standard returns the standard scale of 0 to 10, which the zero Scale stands for.
func Standard() Scale { return Scale{Min: 0, Max: 10, Detractor: 6, Promoter: 9} }

// OneToTen returns the scale of 1 to 10 on which, too, detractors answer up to 6 and
// promoters from 9. Its scores are not those of the standard scale.
func OneToTen() Scale { return Scale{Min: 1, Max: 10, Detractor: 6, Promoter: 9} }

// explicit returns the standard scale for the zero one.
func (s Scale) explicit() Scale {
	if s == (Scale{}) {
		return Standard()
	}
	return s
}

// String describes the scale, as in "0 to 10, detractors up to 6, promoters from 9".
func (s Scale) String() string {
	s = s.explicit()
	return fmt.Sprintf("%d to %d, detractors up to %d, promoters from %d", s.Min, s.Max, s.Detractor, s.Promoter)
}

// UnmarshalJSON reads a scale. An unknown key, a key given twice or a value of the wrong
// type returns an InputError of [clientele.ErrEncoding] and leaves the scale as it was.
// [Scale.Validate] checks the values.
func (s *Scale) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.Scale.UnmarshalJSON", data, s)
}

// Validate reports all faults of the scale at once in a [clientele.ConfigError].
func (s Scale) Validate() error {
	faults := clientele.ConfigError{Op: "nps.Scale.Validate"}
	s.check(&faults, "")
	return faults.Err()
}

// check notes the faults of the scale that stands at a path of a configuration.
func (s Scale) check(faults *clientele.ConfigError, path string) {
	s = s.explicit()
	const far = 1000
	if s.Min < -far || s.Min > far {
		faults.Add(path+"Min", s.Min, rule.Want(rule.Range, "%d to %d", -far, far))
	}
	switch {
	case s.Max <= s.Min:
		faults.Add(path+"Max", s.Max, rule.Because(rule.Range, "not above Min", "more than %d", s.Min))
	case s.Max-s.Min >= maxAnswers:
		faults.Add(path+"Max", s.Max, rule.Because(rule.Range, "too many answers on the scale", "at most %d, that is Max up to %d", maxAnswers, s.Min+maxAnswers-1))
	default:
		s.checkCuts(faults, path)
	}
	if s.Promoter <= s.Detractor {
		faults.Add(path+"Promoter", s.Promoter, rule.Because(rule.Range, "not above Detractor", "more than %d", s.Detractor))
	}
}

// checkCuts notes cuts that are off the scale, whose bounds are in order.
func (s Scale) checkCuts(faults *clientele.ConfigError, path string) {
	if s.Detractor < s.Min-1 || s.Detractor > s.Max {
		faults.Add(path+"Detractor", s.Detractor, rule.Want(rule.Range, "the highest answer of a detractor, from %d (nobody is one) to %d", s.Min-1, s.Max))
	}
	if s.Promoter > s.Max+1 {
		faults.Add(path+"Promoter", s.Promoter, rule.Want(rule.Range, "the lowest answer of a promoter, up to %d (nobody is one)", s.Max+1))
	}
}

// Answer converts a number to an answer, such as one read from a file. The error is
// [clientele.ErrRange] for a number off the scale, [clientele.ErrUnknown] for a fraction,
// and [clientele.ErrNotFinite] for NaN or an infinity.
func (s Scale) Answer(x float64) (int, error) {
	s = s.explicit()
	var err error
	switch {
	case !rule.IsFinite(x):
		err = rule.Want(rule.NotFinite, "%v", s.answers())
	case x < float64(s.Min) || x > float64(s.Max):
		err = s.offScale()
	case x != math.Trunc(x):
		err = rule.Because(rule.Unknown, "not a whole number", "%v", s.answers())
	default:
		return int(x), nil
	}
	return 0, fault.Of("nps.Scale.Answer", "answer", x, err)
}

// answers says which answers are allowed.
func (s Scale) answers() string { return fmt.Sprintf("a whole number from %d to %d", s.Min, s.Max) }

// offScale is the fault of an answer that the scale does not have.
func (s Scale) offScale() error { return rule.Because(rule.Range, "off the scale", "%v", s.answers()) }

// Classify returns the attitude that an answer stands for; ok is false for an answer off
// the scale.
func (s Scale) Classify(answer int) (a Attitude, ok bool) {
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

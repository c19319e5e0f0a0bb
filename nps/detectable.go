package nps

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/strict"
)

// Detectable describes a difference between the scores of two groups;
// [Detectable.Required] returns how many answers a test needs in each group to find it.
type Detectable struct {
	Difference float64 `json:"difference"`      // difference of the scores, in points: above 0, at most 200; required
	Level      float64 `json:"level,omitempty"` // 1 less the probability of finding a difference where there is none; 0 = 0.95
	Power      float64 `json:"power,omitempty"` // probability of finding the difference: above (1-Level)/2, below 1; 0 = 0.8

	First  float64 `json:"first,omitempty"`  // variance of one answer in the first group, as [SampleSize].Variance; 0 = 10000
	Second float64 `json:"second,omitempty"` // variance of one answer in the second group; 0 = 10000
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves d as it was.
// [Detectable.Required] checks the values.
func (d *Detectable) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.Detectable.UnmarshalJSON", data, d)
}

// Required returns the number of answers in each group, of a two-sided test:
// (z(Level)+z(Power))²(First+Second)/Difference², the usual formula for two means, as in
// Chow, Shao & Wang, Sample Size Calculations in Clinical Research (2nd ed. 2008), section
// 3.2. All faults come at once in a [clientele.ConfigError]. A difference that needs more
// answers than have an exact count, 2^53, returns [clientele.ErrRange].
//
// No correction for finite populations applies: whether two groups differ by more than
// chance is a question about all customers who might have been in the groups, even if all
// who were in the groups have answered (Cochran, Sampling Techniques, 3rd ed. 1977,
// section 2.14).
func (d Detectable) Required() (Size, error) {
	faults := clientele.ConfigError{Op: "nps.Detectable.Required"}
	if !(d.Difference > 0 && d.Difference <= 2*points) {
		faults.Add("Difference", d.Difference, rule.Want(rule.Range, "points above 0, up to %d", 2*points))
	}
	level, power := fault.AddLevel(&faults, d.Level), d.Power
	if power == 0 {
		power = 0.8
	}
	if !(power > (1-level)/2 && power < 1) {
		faults.Add("Power", d.Power, rule.Want(rule.Range, "a probability above (1-Level)/2 and below 1, such as 0.8"))
	}
	variance := varianceOf(&faults, "First", d.First) + varianceOf(&faults, "Second", d.Second)
	if err := faults.Err(); err != nil {
		return Size{}, err
	}
	z := special.NormalQuantile((1+level)/2) + special.NormalQuantile(power)
	return sized(&faults, "Difference", d.Difference, z/d.Difference*variance*(z/d.Difference))
}

package price

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// InformationEffect is what information changes in willingness to pay.
type InformationEffect struct {
	// Noise compares the two control groups, an A/A pair. Whatever it shows is chance, or
	// a fault in who was asked.
	Noise Difference `json:"noise"`

	// NoiseFloor is the size of difference that chance alone produces between two control
	// groups: half the width of the interval of Noise.Mean.
	NoiseFloor float64 `json:"noiseFloor"`

	// Quiet reports whether the control groups differ by less than NoiseFloor: the
	// interval of Noise.Mean holds 0. If not, the groups were not asked alike, and the
	// effect is not to be believed.
	Quiet bool `json:"quiet"`

	// Effect compares the informed group, as the second sample, with the two control
	// groups pooled.
	Effect Difference `json:"effect"`

	// Relative is the effect as a share of the mean answer of the control groups: 0.2 =
	// the informed accept prices 20 % higher. Its interval is that of the ratio of the
	// means, by Student's t on its logarithm. It is the zero Estimate where a mean is 0.
	Relative clientele.Estimate `json:"relative"`

	// RelativeFloor is NoiseFloor as a share: half the width of the interval by which the
	// mean of the second control group differs from that of the first; 0 where a mean is 0.
	RelativeFloor float64 `json:"relativeFloor"`

	// AboveNoise reports whether the effect is above the noise: the control groups are
	// Quiet, the interval of Effect.Mean does not hold 0, and the effect is larger than
	// NoiseFloor. Where the control groups are not Quiet there is no verdict, and
	// AboveNoise is false.
	AboveNoise bool `json:"aboveNoise"`
}

// EffectOfInformation estimates what a piece of information, such as a leaflet or a
// trial, does to the willingness to pay. The people of informed had it; those of controlA
// and controlB, two control groups that were asked the same way, had not. People must be
// assigned to the three groups at random. Errors are those of [Compare]. level is the
// confidence level of all intervals, between 0 and 1; 0 = 0.95.
func EffectOfInformation(controlA, controlB, informed *Acceptance, level float64) (InformationEffect, error) {
	const op = "price.EffectOfInformation"
	level, err := fault.Level(op, level)
	if err != nil {
		return InformationEffect{}, err
	}
	for _, sample := range []struct {
		field string
		a     *Acceptance
	}{{"controlA", controlA}, {"controlB", controlB}, {"informed", informed}} {
		if err := checkSample(op, sample.field, sample.a, 2); err != nil {
			return InformationEffect{}, err
		}
	}
	var e InformationEffect
	if e.Noise, err = compare(op, controlA, controlB, level); err != nil {
		return InformationEffect{}, err
	}
	controls := controlA.and(controlB)
	if e.Effect, err = compare(op, controls, informed, level); err != nil {
		return InformationEffect{}, err
	}
	noise := relative(controlA.stats(step.number), controlB.stats(step.number), level)
	e.Relative, e.RelativeFloor = relative(controls.stats(step.number), informed.stats(step.number), level), (noise.Hi-noise.Lo)/2
	e.NoiseFloor = (e.Noise.Mean.Hi - e.Noise.Mean.Lo) / 2
	e.Quiet = e.Noise.Mean.Contains(0)
	e.AboveNoise = e.Quiet && !e.Effect.Mean.Contains(0) && max(e.Effect.Mean.Value, -e.Effect.Mean.Value) > e.NoiseFloor
	return e, nil
}

// relative is by what share the mean of y is above that of x.
func relative(x, y stats, level float64) clientele.Estimate {
	ratio := y.mean / x.mean
	if !(ratio > 0) || math.IsInf(ratio, 0) {
		return clientele.Estimate{}
	}
	x.variance, y.variance = x.variance/(x.mean*x.mean), y.variance/(y.mean*y.mean)
	stdErr, df := welch(x, y)
	e := interval.LogStudent(ratio, stdErr, df, level)
	e.Value, e.Lo, e.Hi = e.Value-1, e.Lo-1, e.Hi-1
	return e
}

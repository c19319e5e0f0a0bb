package price

import "github.com/clientele-go/clientele/internal/fault"

// InformationEffect tells what information changes in willingness to pay.
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

	// AboveNoise reports whether the effect is above the noise: the interval of
	// Effect.Mean does not hold 0, and the effect is larger than NoiseFloor.
	AboveNoise bool `json:"aboveNoise"`
}

// EffectOfInformation tells what a piece of information, such as a leaflet or a trial,
// does to the willingness to pay. The people of informed had it; those of controlA and
// controlB, two control groups that were asked the same way, had not. People must be
// assigned to the three groups at random. Faults are those of [Compare]. level is the
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
	if e.Effect, err = compare(op, controlA.and(controlB), informed, level); err != nil {
		return InformationEffect{}, err
	}
	e.NoiseFloor = (e.Noise.Mean.Hi - e.Noise.Mean.Lo) / 2
	e.Quiet = e.Noise.Mean.Contains(0)
	e.AboveNoise = !e.Effect.Mean.Contains(0) && max(e.Effect.Mean.Value, -e.Effect.Mean.Value) > e.NoiseFloor
	return e, nil
}

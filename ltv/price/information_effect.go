package price

import "github.com/clientele-go/clientele/internal/fault"

// InformationEffect tells what information changes in willingness to pay.
type InformationEffect struct {
	// Noise compares the two samples that were asked alike, the A/A pair. Whatever it
	// shows is chance, or a fault in who was asked.
	Noise Difference `json:"noise"`

	// NoiseFloor is what chance alone makes at the level between two such samples: half
	// the width of the interval of Noise.
	NoiseFloor float64 `json:"noiseFloor"`

	// Quiet reports whether the A/A pair stays inside its floor. If it does not, the
	// people were not asked alike, and the effect is not to be believed.
	Quiet bool `json:"quiet"`

	// Effect compares those who were informed with both others together.
	Effect Difference `json:"effect"`

	// AboveNoise reports whether the effect is above the noise: its interval is clear of
	// 0, and it is larger than the floor.
	AboveNoise bool `json:"aboveNoise"`
}

// EffectOfInformation tells what a piece of information, such as a leaflet or a trial,
// does to the willingness to pay: informed had it, plain and again had not and were
// asked the same way. People are assigned to the three by chance. Faults are those of
// [Compare]. level is that of all intervals, 0 = 0.95.
func EffectOfInformation(plain, again, informed *Acceptance, level float64) (InformationEffect, error) {
	const op = "price.EffectOfInformation"
	level, err := fault.Level(op, level)
	if err != nil {
		return InformationEffect{}, err
	}
	for _, sample := range []struct {
		field string
		a     *Acceptance
	}{{"plain", plain}, {"again", again}, {"informed", informed}} {
		if err := checkSample(op, sample.field, sample.a, 2); err != nil {
			return InformationEffect{}, err
		}
	}
	var e InformationEffect
	if e.Noise, err = compare(op, plain, again, level); err != nil {
		return InformationEffect{}, err
	}
	if e.Effect, err = compare(op, plain.and(again), informed, level); err != nil {
		return InformationEffect{}, err
	}
	e.NoiseFloor = (e.Noise.Mean.Hi - e.Noise.Mean.Lo) / 2
	e.Quiet = e.Noise.Mean.Contains(0)
	e.AboveNoise = !e.Effect.Mean.Contains(0) && max(e.Effect.Mean.Value, -e.Effect.Mean.Value) > e.NoiseFloor
	return e, nil
}

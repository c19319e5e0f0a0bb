package price

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// NoisePair compares two control groups, an A/A pair. Whatever it shows is chance, or a fault
// in who was asked.
type NoisePair struct {
	First  int `json:"first"`  // index of the one control group
	Second int `json:"second"` // index of the other control group, above First

	Difference
}

// InformationEffect is what information changes in willingness to pay.
type InformationEffect struct {
	// Noise compares every two control groups, in order of First, then Second. The level of
	// each interval is 1-(1-level)/m for m pairs, after Bonferroni: where all groups were
	// asked alike, the intervals of all pairs hold 0 with at least the probability level.
	Noise []NoisePair `json:"noise"`

	// NoiseFloor is the size of difference that chance alone produces between two control
	// groups: half the width of the widest interval of a Noise pair's Mean.
	NoiseFloor float64 `json:"noiseFloor"`

	// Quiet reports whether every two control groups differ by less than chance alone
	// produces: the interval of each Noise pair's Mean holds 0. If not, the groups were not
	// asked alike, and the effect is not to be believed.
	Quiet bool `json:"quiet"`

	// Effect compares the informed group, as the second sample, with all control groups
	// pooled.
	Effect Difference `json:"effect"`

	// Relative is the effect as a share of the mean answer of the control groups: 0.2 =
	// the informed accept prices 20 % higher. Its interval is that of the ratio of the
	// means by Fieller, Some Problems in Interval Estimation, Journal of the Royal
	// Statistical Society B 16 (1954), which holds 0 where that of Effect.Mean does; there is
	// none (level 0) where the mean of the control groups may be 0, so that there is no upper
	// limit. It is the zero Estimate where a mean is 0.
	Relative clientele.Estimate `json:"relative"`

	// RelativeFloor is NoiseFloor as a share: half the width of the widest interval by which
	// the mean of a control group differs from that of one before it; 0 where a mean is 0 or
	// may be.
	RelativeFloor float64 `json:"relativeFloor"`

	// AboveNoise reports whether the effect is above the noise: the control groups are
	// Quiet, the interval of Effect.Mean does not hold 0, and the effect is larger than
	// NoiseFloor. Where the control groups are not Quiet there is no verdict, and
	// AboveNoise is false. Where information does nothing, AboveNoise is true with at most
	// the probability 1-level.
	AboveNoise bool `json:"aboveNoise"`
}

// maxControls bounds the number of pairs.
const maxControls = 100

// EffectOfInformation estimates what a piece of information, such as a leaflet or a
// trial, does to the willingness to pay. The people of informed had it; those of the control
// groups, 2 to 100 samples that were asked the same way, had not. People must be assigned to
// the groups at random. level is the confidence level of the effect and of all noise pairs
// together, between 0 and 1; 0 = 0.95.
//
// Every two control groups are compared, so that time grows with their number squared. Errors
// are those of [Compare], and [clientele.ErrRange] for fewer than 2 or more than 100 control
// groups.
func EffectOfInformation(controls []*Acceptance, informed *Acceptance, level float64) (InformationEffect, error) {
	const op = "price.EffectOfInformation"
	level, err := fault.Level(op, level)
	if err != nil {
		return InformationEffect{}, err
	}
	if len(controls) < 2 || len(controls) > maxControls {
		return InformationEffect{}, fault.Of(op, "controls", len(controls), rule.Want(rule.Range, "2 to %d control groups", maxControls))
	}
	for i, a := range controls {
		if err := checkSample(op, fmt.Sprintf("controls[%d]", i), a, 2); err != nil {
			return InformationEffect{}, err
		}
	}
	if err := checkSample(op, "informed", informed, 2); err != nil {
		return InformationEffect{}, err
	}
	e := InformationEffect{Quiet: true}
	if err := e.listen(op, controls, level); err != nil {
		return InformationEffect{}, err
	}
	all := pooled(controls)
	if e.Effect, err = compare(op, all, informed, level); err != nil {
		return InformationEffect{}, err
	}
	e.Relative = relative(all.stats(step.number), informed.stats(step.number), level)
	e.AboveNoise = e.Quiet && !e.Effect.Mean.Contains(0) && math.Abs(e.Effect.Mean.Value) > e.NoiseFloor
	return e, nil
}

// listen measures the noise between the control groups.
func (e *InformationEffect) listen(op string, controls []*Acceptance, level float64) error {
	pairs := len(controls) * (len(controls) - 1) / 2
	each, err := fault.Level(op, 1-(1-level)/float64(pairs))
	if err != nil {
		return fault.Of(op, "level", level, rule.Because(rule.Range, "too close to 1 for so many control groups", "a smaller level, such as 0.95"))
	}
	for i, first := range controls {
		for j := i + 1; j < len(controls); j++ {
			second := controls[j]
			d, err := compare(op, first, second, each)
			if err != nil {
				return err
			}
			e.Noise = append(e.Noise, NoisePair{i, j, d})
			share := relative(first.stats(step.number), second.stats(step.number), each)
			e.NoiseFloor, e.RelativeFloor = max(e.NoiseFloor, width(d.Mean)/2), max(e.RelativeFloor, width(share)/2)
			e.Quiet = e.Quiet && d.Mean.Contains(0)
		}
	}
	return nil
}

func width(e clientele.Estimate) float64 { return e.Hi - e.Lo }

// relative is by what share the mean of y is above that of x.
func relative(x, y stats, level float64) clientele.Estimate {
	ratio := y.mean / x.mean
	if !(ratio > 0) || math.IsInf(ratio, 0) {
		return clientele.Estimate{}
	}
	ofX, ofY, df := welch(x, y)
	e := interval.Fieller(ratio, ofY/(y.mean*y.mean), ofX/(x.mean*x.mean), df, level)
	if ofX+ofY == 0 || e.Level == 0 || math.IsInf(e.Hi, 0) || math.IsInf(e.StdErr, 0) {
		return interval.Bare(ratio - 1)
	}
	e.Value, e.Lo, e.Hi = e.Value-1, e.Lo-1, e.Hi-1
	return e
}

package survival_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
)

func TestMessages(t *testing.T) {
	estimate := func(all ...survival.Spell) error {
		_, err := survival.KaplanMeier(clientele.All(all), survival.Config{})
		return err
	}
	logRank := func(all ...survival.Spell) error {
		_, err := survival.LogRank(clientele.All(all))
		return err
	}
	curve := curveOf(t, event(10), censored(220))
	at := func(c *survival.Curve, time float64) error { _, err := c.At(time); return err }
	_, badConfig := survival.KaplanMeier(nil, survival.Config{Level: 95, Limits: 9})
	_, noSource := survival.KaplanMeierBy(nil, survival.Config{})
	_, share := curve.Quantile(25)
	_, mean := curve.RestrictedMean(-1)
	_, noName := survival.Limits(9).MarshalText()
	_, badAlign := survival.KaplanMeier(survival.AlignTimes(nil, -1), survival.Config{})
	_, aligned := survival.KaplanMeier(survival.AlignTimes(clientele.All([]survival.Spell{event(0.3), {Enter: 0.3, Time: 0.3 + 1e-9}}), 0), survival.Config{})
	var limits survival.Limits
	verify.Messages(t, "messages.txt", map[string]error{
		"align":                     badAlign,
		"align, nothing left":       aligned,
		"config":                    badConfig,
		"config, JSON":              json.Unmarshal([]byte(`{"limit":"log"}`), new(survival.Config)),
		"config, JSON, limits":      json.Unmarshal([]byte(`{"limits":"loglog"}`), new(survival.Config)),
		"curve, JSON":               json.Unmarshal([]byte(`{"n":2}`), new(survival.Curve)),
		"limits, name":              limits.UnmarshalText([]byte("loglog")),
		"limits, value":             noName,
		"mean":                      mean,
		"quantile":                  share,
		"spell, enter":              estimate(survival.Spell{Enter: -2, Time: 1}),
		"spell, source missing":     noSource,
		"spell, time not a number":  estimate(event(1), event(math.NaN())),
		"spell, time not after":     estimate(survival.Spell{Enter: 30, Time: 30}),
		"spell, weight":             estimate(survival.Spell{Time: 1, Weight: 1e10}),
		"spell, weight of a test":   logRank(survival.Spell{Time: 1, Weight: 1.5}),
		"spells, none":              estimate(),
		"test, no event":            logRank(of("a", censored(1))[0], of("b", censored(2))[0]),
		"test, nothing told apart":  logRank(of("a", event(1))[0], of("b", event(1))[0]),
		"test, one group":           logRank(event(1)),
		"time after the last":       at(curve, 365),
		"time negative":             at(curve, -1),
		"time of an empty curve":    at(nil, 1),
		"time that is not a number": at(curve, math.Inf(1)),
		"warning of a gap":          curveOf(t, survival.Spell{Enter: 5, Time: 6}).Warnings[0],
	})
}

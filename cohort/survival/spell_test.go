package survival_test

import (
	"errors"
	"iter"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
)

func TestSurvivalRefuses(t *testing.T) {
	broken := errors.New("broken")
	failing := func(yield func(survival.Spell, error) bool) {
		_ = yield(event(1), nil) && yield(survival.Spell{}, broken)
	}
	inf, nan := math.Inf(1), math.NaN()
	for name, c := range map[string]struct {
		src   iter.Seq2[survival.Spell, error]
		index int
		field string
		err   error
	}{
		"no source":         {nil, -1, "spells", clientele.ErrMissing},
		"no spells":         {clientele.All[survival.Spell](nil), -1, "spells", clientele.ErrEmpty},
		"source fails":      {failing, 1, "", broken},
		"time not finite":   {clientele.All([]survival.Spell{event(1), event(2), event(nan)}), 2, "Time", clientele.ErrNotFinite},
		"time infinite":     {clientele.All([]survival.Spell{event(inf)}), 0, "Time", clientele.ErrNotFinite},
		"time negative":     {clientele.All([]survival.Spell{event(-1)}), 0, "Time", clientele.ErrNegative},
		"enter negative":    {clientele.All([]survival.Spell{{Enter: -1, Time: 2}}), 0, "Enter", clientele.ErrNegative},
		"enter not finite":  {clientele.All([]survival.Spell{{Enter: inf, Time: 2}}), 0, "Enter", clientele.ErrNotFinite},
		"end at enter":      {clientele.All([]survival.Spell{event(1), {Enter: 2, Time: 2}}), 1, "Time", clientele.ErrRange},
		"end before enter":  {clientele.All([]survival.Spell{{Enter: 3, Time: 0}}), 0, "Time", clientele.ErrRange},
		"weight negative":   {clientele.All([]survival.Spell{{Time: 1, Weight: -1}}), 0, "Weight", clientele.ErrNegative},
		"weight not finite": {clientele.All([]survival.Spell{{Time: 1, Weight: nan}}), 0, "Weight", clientele.ErrNotFinite},
		"weight too small":  {clientele.All([]survival.Spell{{Time: 1, Weight: 1e-10}}), 0, "Weight", clientele.ErrRange},
		"weight too large":  {clientele.All([]survival.Spell{{Time: 1, Weight: 1e10}}), 0, "Weight", clientele.ErrRange},
	} {
		for op, run := range map[string]func() error{
			"survival.KaplanMeier":   func() error { _, err := survival.KaplanMeier(c.src, survival.Config{}); return err },
			"survival.KaplanMeierBy": func() error { _, err := survival.KaplanMeierBy(c.src, survival.Config{}); return err },
			"survival.LogRank":       func() error { _, err := survival.LogRank(c.src); return err },
			"survival.PetoPeto":      func() error { _, err := survival.PetoPeto(c.src); return err },
		} {
			err := run()
			in, ok := errors.AsType[*clientele.InputError](err)
			if !ok || in.Op != op || in.Index != c.index || in.Field != c.field || !errors.Is(err, c.err) {
				t.Errorf("%s of %s: %v", op, name, err)
			}
		}
	}
	_, err := survival.KaplanMeier(nil, survival.Config{Level: 1, Limits: 4})
	bad, ok := errors.AsType[*clientele.ConfigError](err)
	if !ok || len(bad.Faults) != 2 || !errors.Is(err, clientele.ErrRange) || !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	if _, err := survival.KaplanMeierBy(nil, survival.Config{Level: math.NaN()}); !errors.Is(err, clientele.ErrConfig) {
		t.Error(err)
	}
}

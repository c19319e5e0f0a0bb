package nps_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
)

func TestPanelSeriesRefuses(t *testing.T) {
	p := panelOf(t, nps.PanelConfig{Calendar: monthly}, spring())
	for name, c := range map[string]struct {
		groups []string
		kind   error
	}{
		"unknown": {[]string{"web", "mail"}, clientele.ErrUnknown},
		"twice":   {[]string{"web", "web"}, clientele.ErrDuplicate},
	} {
		if _, err := p.Series(c.groups...); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := new(nps.Panel).Series(); !errors.Is(err, clientele.ErrEmpty) {
		t.Error(err)
	}
}

// The zero Series has no answers, and says so.
func TestZeroSeries(t *testing.T) {
	var s nps.Series
	asOf := noonOf(2024, 4, 1)
	if _, err := s.Trend(nps.TrendConfig{AsOf: asOf}); !errors.Is(err, clientele.ErrEmpty) {
		t.Error(err)
	}
	if _, err := s.Changes(nps.ChangeConfig{AsOf: asOf}, rand.NewPCG(1, 2)); !errors.Is(err, clientele.ErrEmpty) {
		t.Error(err)
	}
	if p := s.Periods(); p != nil {
		t.Error(p)
	}
	if n := s.Total().N(); n != 0 {
		t.Error(n)
	}
}

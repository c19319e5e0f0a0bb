package nps_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// spring is a shop and a web site from January to April 2024; nobody answered in March.
func spring() []nps.Answer {
	return []nps.Answer{
		{noonOf(2024, 1, 5), "web", 10},
		{noonOf(2024, 1, 31), "shop", 9},
		{noonOf(2024, 2, 1), "shop", 0},
		{noonOf(2024, 2, 29), "web", 7},
		{noonOf(2024, 4, 2), "shop", 10},
	}
}

func TestPanel(t *testing.T) {
	p := panelOf(t, nps.PanelConfig{Calendar: monthly}, spring())
	if p.N() != 5 || p.Total().Attitudes() != (nps.Attitudes{Detractors: 1, Passives: 1, Promoters: 3}) {
		t.Error(p.N(), p.Total().Attitudes())
	}
	groups := p.Groups()
	if len(groups) != 2 || groups[0].Name != "shop" || groups[1].Name != "web" {
		t.Fatal(groups)
	}
	if g := groups[0].Tally.Attitudes(); g != (nps.Attitudes{Detractors: 1, Promoters: 2}) {
		t.Error(g)
	}
	if web, ok := p.Group("web"); !ok || web != groups[1].Tally {
		t.Error(web, ok)
	}
	if none, ok := p.Group("mail"); ok || none.N() != 0 {
		t.Error("a group without answers")
	}
	series := verify.Must(p.Series("shop"))
	if series.Total() != groups[0].Tally {
		t.Error(series.Total())
	}
	var labels []string
	var n []uint64
	for _, period := range series.Periods() {
		labels, n = append(labels, period.Label), append(n, period.Tally.N())
	}
	if strings.Join(labels, " ") != "2024-01 2024-02 2024-03 2024-04" || n[2] != 0 || n[3] != 1 {
		t.Error(labels, n)
	}
	if both := verify.Must(p.Series("web", "shop")); both.Total() != verify.Must(p.Series()).Total() {
		t.Error("two groups are not all groups")
	}
}

// A day belongs to the month that clocks in the zone showed.
func TestPanelZone(t *testing.T) {
	p := newPanel(t, nps.PanelConfig{Calendar: clientele.Calendar{Unit: clientele.Month, Zone: "Asia/Tokyo"}})
	if err := p.Add(nps.Answer{At: time.Date(2024, 1, 31, 20, 0, 0, 0, time.UTC), Value: 9}); err != nil {
		t.Fatal(err)
	}
	if first := verify.Must(p.Series()).Periods()[0].Label; first != "2024-02" {
		t.Error(first)
	}
}

func TestPanelRefuses(t *testing.T) {
	_, err := nps.NewPanel(nps.PanelConfig{Scale: nps.Scale{Min: 3, Max: 1}, Calendar: clientele.Calendar{Zone: "Nowhere"}})
	if !errors.Is(err, clientele.ErrConfig) || !errors.Is(err, clientele.ErrRange) || !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	p := panelOf(t, nps.PanelConfig{Calendar: monthly}, spring())
	for name, c := range map[string]struct {
		answer nps.Answer
		field  string
		kind   error
	}{
		"no time":       {nps.Answer{Value: 1}, "At", clientele.ErrZeroTime},
		"off the scale": {nps.Answer{At: noonOf(2024, 1, 1), Value: 11}, "Value", clientele.ErrRange},
		"below it":      {nps.Answer{At: noonOf(2024, 1, 1), Value: -1}, "Value", clientele.ErrRange},
	} {
		in, ok := errors.AsType[*clientele.InputError](p.Add(c.answer))
		if !ok || in.Index != -1 || in.Field != c.field || !errors.Is(in, c.kind) {
			t.Errorf("%s: %v", name, in)
		}
		in, ok = errors.AsType[*clientele.InputError](p.AddAll(clientele.All(append(spring(), c.answer))))
		if !ok || in.Index != 5 || in.Field != c.field || in.Op != "nps.Panel.AddAll" || p.N() != 5 {
			t.Errorf("%s: %v, %d answers", name, in, p.N())
		}
	}
	broken := errors.New("the source broke")
	err = p.AddAll(func(yield func(nps.Answer, error) bool) {
		_ = yield(spring()[0], nil) && yield(nps.Answer{}, broken)
	})
	if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Index != 1 || !errors.Is(err, broken) || p.N() != 5 {
		t.Error(err)
	}
	if err := p.AddN(spring()[0], math.MaxUint64); !errors.Is(err, clientele.ErrRange) || p.N() != 5 {
		t.Error(err)
	}
}

func TestPanelMergeRefuses(t *testing.T) {
	p := panelOf(t, nps.PanelConfig{Calendar: monthly}, spring())
	full := newPanel(t, nps.PanelConfig{Calendar: monthly})
	if err := full.AddN(spring()[0], 1<<53); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		o    *nps.Panel
		kind error
	}{
		"nothing":          {nil, clientele.ErrMissing},
		"another calendar": {newPanel(t, nps.PanelConfig{}), clientele.ErrMismatch},
		"another scale":    {newPanel(t, nps.PanelConfig{Scale: nps.OneToTen(), Calendar: monthly}), clientele.ErrMismatch},
		"too many":         {full, clientele.ErrRange},
	} {
		if err := p.Merge(c.o); !errors.Is(err, c.kind) || p.N() != 5 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The zero panel is on the standard scale, by days in UTC.
func TestZeroPanel(t *testing.T) {
	var p, o nps.Panel
	if p.Total().N() != 0 || len(p.Groups()) != 0 || p.Config() != newPanel(t, nps.PanelConfig{}).Config() {
		t.Error(p.Config())
	}
	if err := o.Merge(&p); err != nil {
		t.Error(err)
	}
	if err := p.Add(spring()[0]); err != nil {
		t.Fatal(err)
	}
	if err := o.Merge(&p); err != nil || o.N() != 1 {
		t.Error(err)
	}
	if err := o.Merge(&o); err != nil || o.N() != 2 || o.Total().N() != 2 {
		t.Error("a panel merged into itself counts twice:", err, o.N())
	}
}

// Answers that nobody gave make no group.
func TestPanelOfNone(t *testing.T) {
	p := newPanel(t, nps.PanelConfig{Calendar: monthly})
	if err := p.AddN(nps.Answer{At: noonOf(2024, 1, 1), Group: "web", Value: 1}, 0); err != nil || len(p.Groups()) != 0 {
		t.Error(err, p.Groups())
	}
	if err := p.AddN(nps.Answer{At: noonOf(2024, 1, 1), Group: "web", Value: 11}, 0); !errors.Is(err, clientele.ErrRange) {
		t.Error(err)
	}
}

// A clone does not change with its panel, nor does a series when the panel is reset.
func TestPanelClone(t *testing.T) {
	p := panelOf(t, nps.PanelConfig{Calendar: monthly}, spring())
	series, c := verify.Must(p.Series()), p.Clone()
	if err := c.Add(nps.Answer{At: noonOf(2024, 1, 1), Group: "mail", Value: 3}); err != nil {
		t.Fatal(err)
	}
	p.Reset()
	if p.N() != 0 || c.N() != 6 || series.Total().N() != 5 || p.Config() != c.Config() || len(p.Groups()) != 0 {
		t.Error(p.N(), c.N(), series.Total().N())
	}
	if err := p.AddAll(clientele.All(spring())); err != nil || p.N() != 5 {
		t.Error(err)
	}
}

// Sources that are nil are missing, and nothing panics.
func TestNilSources(t *testing.T) {
	var panel nps.Panel
	_, counted := nps.Count(nps.Scale{}, nil)
	_, raked := nps.Rake(nil, []nps.Dimension{dimension("m", "a", 1.)}, nps.RakeConfig{})
	_, drivers := nps.Drivers(nil, []string{"price"}, nps.DriverConfig{})
	for name, err := range map[string]error{"Count": counted, "AddAll": panel.AddAll(nil), "Rake": raked, "Drivers": drivers} {
		if !errors.Is(err, clientele.ErrMissing) {
			t.Error(name, err)
		}
	}
}

// Groups are kept alone, not with the text of all answers that they were cut from.
func TestPanelCopiesGroups(t *testing.T) {
	p := newPanel(t, nps.PanelConfig{Calendar: monthly})
	line := "web,2026-01-01,9"
	if err := p.Add(nps.Answer{Group: line[:3], At: noonOf(2026, 1, 1), Value: 9}); err != nil {
		t.Fatal(err)
	}
	for _, g := range p.Groups() {
		if g.Name != "web" || unsafe.StringData(g.Name) == unsafe.StringData(line) {
			t.Errorf("%q is a piece of its line", g.Name)
		}
	}
}

// A panel holds 2^53 answers and not one more, whether they are added or merged.
func TestPanelHoldsAsManyAsItSays(t *testing.T) {
	const most = 1 << 53
	one := nps.Answer{At: noonOf(2025, 1, 1), Value: 9}
	holding := func(n uint64) *nps.Panel {
		p := newPanel(t, nps.PanelConfig{})
		if err := p.AddN(one, n); err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, add := range []func(p *nps.Panel) error{
		func(p *nps.Panel) error { return p.Merge(holding(1)) },
		func(p *nps.Panel) error { return p.AddN(one, 1) },
		func(p *nps.Panel) error { return p.Add(one) },
		func(p *nps.Panel) error { return p.AddAll(clientele.All([]nps.Answer{one})) },
	} {
		p := holding(most - 1)
		if err := add(p); err != nil || p.N() != most || p.Total().N() != most {
			t.Errorf("%v, %d answers", err, p.N())
		}
		if err := add(p); !errors.Is(err, clientele.ErrRange) || p.N() != most {
			t.Errorf("%v, %d answers", err, p.N())
		}
	}
	full := holding(most)
	if err := full.Merge(newPanel(t, nps.PanelConfig{})); err != nil || full.N() != most {
		t.Errorf("%v, %d answers", err, full.N())
	}
}

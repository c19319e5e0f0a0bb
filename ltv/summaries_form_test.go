package ltv

import (
	"encoding/binary"
	"errors"
	"math"
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// form writes the binary form as the package documents it, valid or not.
type form []byte

func (f form) uint(v uint64) form { return binary.AppendUvarint(f, v) }

func (f form) int(v int64) form { return binary.AppendVarint(f, v) }

func (f form) text(s string) form { return append(f.uint(uint64(len(s))), s...) }

// money writes a coefficient with decimal places, canonical or not.
func (f form) money(coefficient int64, places uint64) form {
	if coefficient == 0 {
		return append(f, 0)
	}
	c := big.NewInt(coefficient)
	head := 2 * uint64(len(c.Bytes()))
	if coefficient < 0 {
		head++
	}
	return append(f.uint(head).uint(places), c.Bytes()...)
}

// huge writes a coefficient of n bytes.
func (f form) huge(n int) form {
	f = f.uint(2 * uint64(n)).uint(0)
	return append(f, slices.Repeat([]byte{0x7f}, n)...)
}

// units writes the first period and the gaps to the others.
func (f form) units(first int64, gaps ...uint64) form {
	f = f.uint(1 + uint64(len(gaps))).int(first)
	for _, gap := range gaps {
		f = f.uint(gap)
	}
	return f
}

// since writes how long before AsOf the first purchase was, and its label.
func (f form) since(days int, label uint64) form {
	return f.uint(uint64(days) * uint64(24*time.Hour)).uint(label)
}

// formConfig begins a form.
type formConfig struct {
	asOf      time.Time
	until     time.Duration
	unit      uint64
	zone      string
	weekStart uint64
	hours     uint64
	per       float64
	flags     [2]byte
	later     int64
	groups    []string
}

func (f form) config(c formConfig) form {
	f = f.int(c.asOf.UnixNano()).uint(uint64(c.until)).uint(c.unit).text(c.zone).uint(c.weekStart).uint(c.hours)
	f = binary.LittleEndian.AppendUint64(f, math.Float64bits(c.per))
	f = append(f, c.flags[:]...).int(c.later).uint(uint64(len(c.groups)))
	for _, label := range c.groups {
		f = f.text(label)
	}
	return f
}

// plain is a configuration of days as of noon of the tenth; day0 is the period of
// 2025-01-01.
var plain = formConfig{asOf: receipttest.Noon(10), per: 1, groups: []string{"web"}}

const (
	day0          = 20089
	historyHead   = "ltvH\x02"
	summariesHead = "ltvS\x02"
	hours24       = 24 * time.Hour
)

// with returns the configuration, changed.
func (c formConfig) with(change func(*formConfig)) formConfig {
	change(&c)
	return c
}

func gross(c *formConfig) { c.flags[1] = 1 }

func heldOut(c *formConfig) { c.until = 5 * hours24 }

// The writer of this test agrees with the library.
func TestBinaryFormIsAsDocumented(t *testing.T) {
	for _, c := range []struct {
		name string
		cfg  formConfig
		all  []clientele.Purchase[int64]
		form form
	}{
		{
			"nothing", plain.with(func(c *formConfig) { c.groups = nil }), nil,
			form(nil).uint(0).uint(0),
		},
		{
			"one purchase", plain,
			[]clientele.Purchase[int64]{buy[int64](1, 3, "7.50")},
			form(nil).units(day0+2).since(7, 0).money(75, 1).money(0, 0).uint(0),
		},
		{
			"repeats and refunds", plain,
			[]clientele.Purchase[int64]{
				buy[int64](1, 1, "-3"), buy[int64](1, 2, "-4"), buy[int64](1, 3, "7"), buy[int64](1, 3, "-2"),
				buy[int64](1, 4, "10"), buy[int64](1, 10, "20"), buy[int64](1, 7, "-1"),
			},
			form(nil).units(day0+2, 1, 6).since(7, 0).money(5, 0).money(29, 0).
				uint(2).int(day0).money(-3, 0).int(day0+1).money(-4, 0),
		},
		{
			"gross", plain.with(gross),
			[]clientele.Purchase[int64]{buy[int64](1, 1, "-3"), buy[int64](1, 3, "7"), buy[int64](1, 4, "-2")},
			form(nil).units(day0+2).since(7, 0).money(7, 0).money(0, 0).uint(0),
		},
		{
			"holdout", plain.with(heldOut),
			[]clientele.Purchase[int64]{buy[int64](1, 3, "7"), buy[int64](1, 12, "8"), buy[int64](1, 15, "1"), buy[int64](1, 14, "-2")},
			form(nil).units(day0+2).since(7, 0).money(7, 0).money(0, 0).uint(0).units(day0+11, 3).money(7, 0),
		},
		{
			"later", plain.with(func(c *formConfig) { c.later = 1 }),
			[]clientele.Purchase[int64]{buy[int64](1, 3, "7"), buy[int64](1, 12, "8")},
			form(nil).units(day0+2).since(7, 0).money(7, 0).money(0, 0).uint(0),
		},
		{
			"weeks in Paris by the month", plain.with(func(c *formConfig) {
				c.unit, c.zone, c.weekStart, c.per, c.flags[0] = 1, "Europe/Paris", 1, 4.345, 1
			}),
			[]clientele.Purchase[int64]{buy[int64](1, 3, "7")},
			form(nil).units(2870).since(7, 0).money(7, 0).money(0, 0).uint(0),
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := SummaryConfig{
				AsOf: c.cfg.asOf, Per: c.cfg.per, IncludeFirst: c.cfg.flags[0] == 1, Gross: c.cfg.flags[1] == 1,
				Calendar: clientele.Calendar{Unit: clientele.Unit(c.cfg.unit), Zone: c.cfg.zone, WeekStart: time.Weekday(c.cfg.weekStart)},
				Hours:    int(c.cfg.hours),
			}
			if c.cfg.until > 0 {
				cfg.Until = cfg.AsOf.Add(c.cfg.until)
			}
			h, s := mustHistory(t, cfg), mustSummaries[int64](t, cfg)
			for _, p := range c.all {
				p.Group = "web"
				if err := errors.Join(h.Add(p.At, p.Amount, p.Group), s.Add(p)); err != nil {
					t.Fatal(err)
				}
			}
			history := append(form(historyHead).config(c.cfg), c.form...)
			if got := encoded(t, h); got != string(history) {
				t.Errorf("form is  %x\nwant     %x", got, history)
			}
			if !checkDecode(t, h, history) {
				t.Error("the form is refused")
			}
			if len(c.all) == 0 {
				return
			}
			summaries := append(form(summariesHead).config(c.cfg).uint(1).int(1), c.form...)
			if got := encoded(t, s); got != string(summaries) {
				t.Errorf("form is  %x\nwant     %x", got, summaries)
			}
			if !checkDecode(t, s, summaries) {
				t.Error("the form is refused")
			}
		})
	}
}

// Periods may be a little off where their time puts them: zones set clocks back over
// midnight, and editions of the time zone database differ.
func TestFormsMayDrift(t *testing.T) {
	for name, f := range map[string]form{
		"calibration": form(historyHead).config(plain).units(day0+9, 2).since(2, 0).money(5, 0).money(0, 0).uint(0),
		"holdout":     form(historyHead).config(plain.with(heldOut)).units(day0).since(9, 0).money(5, 0).money(0, 0).uint(0).units(day0+7, 9).money(1, 0),
		"refunds":     form(historyHead).config(plain.with(func(c *formConfig) { c.groups = nil })).uint(0).uint(1).int(day0+11).money(-1, 0),
	} {
		h := mustHistory(t, SummaryConfig{AsOf: receipttest.Noon(20)})
		if !checkDecode(t, h, f) {
			t.Errorf("%s: the form is refused", name)
		}
	}
}

// The number of goroutines is the receiver's own and not that of the form.
func TestDecodingKeepsWorkers(t *testing.T) {
	s, h := mustSummaries[int64](t, SummaryConfig{AsOf: receipttest.Noon(10), Workers: 3}), mustHistory(t, SummaryConfig{AsOf: receipttest.Noon(10), Workers: 3})
	other := SummaryConfig{AsOf: receipttest.Noon(11)}
	if !checkDecode(t, s, []byte(encoded(t, mustSummaries[int64](t, other)))) || !checkDecode(t, h, []byte(encoded(t, mustHistory(t, other)))) {
		t.Fatal("the forms are refused")
	}
	if s.Config().Workers != 3 || h.Config().Workers != 3 {
		t.Errorf("%d and %d workers, want 3", s.Config().Workers, h.Config().Workers)
	}
}

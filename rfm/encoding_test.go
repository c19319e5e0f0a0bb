package rfm_test

import (
	"encoding/binary"
	"errors"
	"math"
	"math/big"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"pgregory.net/rapid"
)

// form writes the binary form as the package documents it, valid or not.
type form []byte

func (f form) uint(v uint64) form { return binary.AppendUvarint(f, v) }

func (f form) int(v int64) form { return binary.AppendVarint(f, v) }

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

// bought writes a purchase so many nanoseconds before the last.
func (f form) bought(before time.Duration, coefficient int64) form {
	return f.uint(uint64(before)).money(coefficient, 0)
}

// formConfig begins a form.
type formConfig struct {
	asOf           time.Time
	window, recent uint64
	amounts        byte
	later          int64
}

func (f form) config(c formConfig) form {
	f = f.int(c.asOf.UnixNano()).uint(c.window).uint(c.recent)
	return append(f, c.amounts).int(c.later)
}

const (
	historyHead = "rfmH\x01"
	baseHead    = "rfmB\x01"
	hour        = time.Hour
)

var usual = formConfig{asOf: asOf, recent: 2}

// life writes the number, the first and the last purchase.
func (f form) life(n uint64, first, last time.Time) form {
	return f.uint(n).int(first.UnixNano()).uint(uint64(last.UnixNano() - first.UnixNano()))
}

// twice is a history of purchases of 7 and 5 at noon of two days.
func twice(cfg formConfig) form {
	first, last := asOf.Add(-48*hour), asOf.Add(-24*hour)
	return form(historyHead).config(cfg).life(2, first, last).money(12, 0)
}

// The writer of this test agrees with the library.
func TestBinaryFormIsAsDocumented(t *testing.T) {
	for _, c := range []struct {
		name string
		cfg  formConfig
		form form
	}{
		{"plain", usual, twice(usual).bought(0, 5).bought(24*hour, 7)},
		{"one kept", formConfig{asOf: asOf, recent: 1}, twice(formConfig{asOf: asOf, recent: 1}).bought(0, 5)},
		{"window", formConfig{asOf: asOf, window: 2, recent: 2}, twice(formConfig{asOf: asOf, window: 2, recent: 2}).uint(1).money(5, 0).bought(0, 5).bought(24*hour, 7)},
		{"amounts", formConfig{asOf: asOf, recent: 1, amounts: 1}, twice(formConfig{asOf: asOf, recent: 1, amounts: 1}).bought(0, 5).bought(0, 5).bought(24*hour, 7)},
		{"later", formConfig{asOf: asOf, recent: 2, later: 3}, twice(formConfig{asOf: asOf, recent: 2, later: 3}).bought(0, 5).bought(24*hour, 7)},
		{"rolling", formConfig{asOf: asOf, window: 2, recent: 2, amounts: 2}, twice(formConfig{asOf: asOf, window: 2, recent: 2, amounts: 2}).
			uint(1).bought(24*hour, 5).bought(0, 5).bought(24*hour, 7)},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := mustHistory(t, rfm.Config{
				AsOf: asOf, Window: clientele.Days(c.cfg.window), Recent: int(c.cfg.recent), Amounts: c.cfg.amounts&1 == 1,
				Rolling: c.cfg.amounts&2 == 2,
			})
			records := []record{{asOf.Add(-48 * hour), rub(7)}, {asOf.Add(-24 * hour), rub(5)}}
			for range c.cfg.later {
				records = append(records, record{asOf.Add(1), rub(1)})
			}
			for _, r := range records {
				if err := h.Add(r.at, r.amount); err != nil {
					t.Fatal(err)
				}
			}
			if got := encoded(t, h); got != string(c.form) {
				t.Errorf("form is %x, want %x", got, c.form)
			}
			if !checkDecode(t, h, c.form) {
				t.Error("the form is refused")
			}
		})
	}
}

// Forms that are not whole or that no history can have.
func TestHistoryRefuses(t *testing.T) {
	first, last := asOf.Add(-48*hour), asOf.Add(-24*hour)
	head := func(c formConfig) form { return form(historyHead).config(c) }
	windowed := formConfig{asOf: asOf, window: 2, recent: 2}
	one := formConfig{asOf: asOf, window: 2, recent: 1}
	amounts := formConfig{asOf: asOf, recent: 2, amounts: 1}
	rolling := formConfig{asOf: asOf, window: 2, recent: 2, amounts: 2}
	both := formConfig{asOf: asOf, window: 30, recent: 2, amounts: 1}
	for _, c := range []struct {
		name string
		form form
	}{
		{"nothing", nil},
		{"magic alone", form(historyHead)},
		{"a base", form(baseHead).config(usual).uint(0)},
		{"another version", form("rfmH\x02").config(usual).uint(0).money(0, 0)},
		{"a byte too many", append(head(usual).uint(0).money(0, 0), 0)},
		{"asOf before 1678", head(formConfig{asOf: time.Date(1677, 12, 31, 0, 0, 0, 0, time.UTC), recent: 2}).uint(0).money(0, 0)},
		{"window too long", head(formConfig{asOf: asOf, window: 106752, recent: 2}).uint(0).money(0, 0).uint(0).money(0, 0)},
		{"keeps no purchase", head(formConfig{asOf: asOf}).uint(0).money(0, 0)},
		{"keeps too many", head(formConfig{asOf: asOf, recent: 6}).uint(0).money(0, 0)},
		{"rolling without a window", head(formConfig{asOf: asOf, recent: 2, amounts: 2}).uint(0).money(0, 0)},
		{"keeps what is unknown", head(formConfig{asOf: asOf, window: 2, recent: 2, amounts: 4}).uint(0).money(0, 0).uint(0)},
		{"later below 0", head(formConfig{asOf: asOf, recent: 2, later: -1}).uint(0).money(0, 0)},
		{"varint too long", append(head(usual), 0x80, 0x00, 0)},
		{"first before 1678", head(usual).uint(1).int(math.MinInt64).uint(0).money(5, 0).bought(0, 5)},
		{"first after asOf", head(usual).life(1, asOf.Add(1), asOf.Add(1)).money(5, 0).bought(0, 5)},
		{"last after asOf", head(usual).life(2, first, asOf.Add(1)).money(12, 0).bought(0, 5).bought(24*hour, 7)},
		{"kept purchases missing", twice(usual)},
		{"one kept purchase missing", twice(usual).bought(0, 5)},
		{"newest is not the last", twice(usual).bought(1, 5).bought(24*hour, 7)},
		{"before the first", twice(usual).bought(0, 5).bought(24*hour+1, 7)},
		{"not by time", head(formConfig{asOf: asOf, recent: 3}).life(3, first, last).money(12, 0).bought(0, 5).bought(24*hour, 7).bought(hour, 7)},
		{"one moment, not by money", head(usual).life(2, last, last).money(12, 0).bought(0, 5).bought(0, 7)},
		{"a kept refund", twice(usual).bought(0, 5).uint(0).money(-7, 0)},
		{"money with a zero too many", form(historyHead).config(usual).life(2, first, last).money(120, 1).bought(0, 5).bought(24*hour, 7)},
		{"money beyond the exponents", head(usual).life(1, first, first).money(5, 101).uint(0).money(5, 101)},
		{"more in the window than ever", head(windowed).life(1, last, last).money(5, 0).uint(2).money(5, 0).bought(0, 5)},
		{"amounts missing", twice(amounts).bought(0, 5).bought(24*hour, 7)},

		// Forms that contradict themselves.
		{"money received without a purchase", head(usual).uint(0).money(5, 0)},
		{"one purchase at two times", head(usual).life(1, first, last).money(5, 0).bought(0, 5)},
		{"oldest of all is not the first", twice(usual).bought(0, 5).bought(hour, 7)},
		{"in the window, but before it", head(both).life(1, asOf.AddDate(-1, 0, 0), asOf.AddDate(-1, 0, 0)).money(5, 0).uint(1).money(5, 0).bought(0, 5).bought(0, 5)},
		{"out of the window, but in it", head(windowed).life(1, last, last).money(5, 0).uint(0).money(0, 0).bought(0, 5)},
		{"the last in the window, none told", head(one).life(3, first, last).money(15, 0).uint(0).money(0, 0).bought(0, 5)},
		{"the first before the window, all told in it", head(one).life(3, first, last).money(15, 0).uint(3).money(15, 0).bought(0, 5)},
		{"amounts differ from the kept", twice(amounts).bought(0, 5).bought(24*hour, 7).bought(0, 6).bought(24*hour, 7)},
		{"two in the window, one told", head(both).life(3, asOf.AddDate(-1, 0, 0), last).money(9, 0).uint(1).money(5, 0).
			bought(0, 5).bought(24*hour, 3).
			bought(0, 5).bought(24*hour, 3).bought(last.Sub(asOf.AddDate(-1, 0, 0)), 1)},
		{"inside, but before the window", twice(rolling).uint(1).bought(48*hour, 5).bought(0, 5).bought(24*hour, 7)},
		{"inside, not by time", twice(rolling).uint(2).bought(24*hour, 5).uint(uint64(hour)).money(-1, 0).bought(0, 5).bought(24*hour, 7)},
		{"inside, not the last", twice(rolling).uint(1).bought(25*hour, 5).bought(0, 5).bought(24*hour, 7)},
		{"inside, more than bought", head(rolling).life(1, last, last).money(5, 0).uint(2).bought(24*hour, 5).bought(24*hour, 5).bought(0, 5)},
		{"inside, fewer than told", twice(rolling).uint(0).bought(0, 5).bought(24*hour, 7)},
		{"inside, cut off", twice(rolling).uint(9).bought(24*hour, 5)},
		{"more purchases than two bases can add up", form(historyHead).config(usual).life(math.MaxInt64, first, last).money(5, 0).bought(0, 5).bought(0, 5)},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := mustHistory(t, rfm.Config{AsOf: asOf.AddDate(0, 1, 0)})
			if err := h.Add(asOf, rub(3)); err != nil {
				t.Fatal(err)
			}
			if checkDecode(t, h, c.form) {
				t.Error("the form is accepted")
			}
		})
	}
}

// Every beginning of a form is refused.
func TestHistoryRefusesEveryPrefix(t *testing.T) {
	whole := twice(formConfig{asOf: asOf, window: 2, recent: 2, amounts: 1}).
		uint(1).money(5, 0).bought(0, 5).bought(24*hour, 7).bought(0, 5).bought(24*hour, 7)
	for n := range whole {
		if checkDecode(t, mustHistory(t, rfm.Config{AsOf: asOf}), append(form(nil), whole[:n]...)) {
			t.Errorf("%d of %d bytes are accepted", n, len(whole))
		}
	}
	if !checkDecode(t, mustHistory(t, rfm.Config{AsOf: asOf}), whole) {
		t.Error("all bytes are refused")
	}
}

func TestBaseRefuses(t *testing.T) {
	head := form(baseHead).config(usual)
	customer := func(f form, id int64) form {
		return f.int(id).life(1, asOf, asOf).money(5, 0).bought(0, 5)
	}
	for _, c := range []struct {
		name string
		form form
	}{
		{"a history", form(historyHead).config(usual).uint(0).money(0, 0)},
		{"no number of customers", head},
		{"fewer customers than told", customer(head.uint(2), 1)},
		{"more customers than told", customer(customer(head.uint(1), 1), 2)},
		{"customers not in order", customer(customer(head.uint(2), 2), 1)},
		{"a customer twice", customer(customer(head.uint(2), 1), 1)},
		{"a customer with nothing", head.uint(1).int(1).uint(0).money(0, 0)},
		{"2^60 customers", customer(head.uint(1<<60), 1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), fuzzPurchases(numbered))
			if checkDecode(t, b, append(form(nil), c.form...)) {
				t.Error("the form is accepted")
			}
		})
	}
	if !checkDecode(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), customer(customer(append(form(nil), head...).uint(2), -1), 2)) {
		t.Error("two customers are refused")
	}
}

// A few hostile bytes cannot ask for much memory, whatever they count.
func TestHostileCountsDoNotAllocate(t *testing.T) {
	kept := formConfig{asOf: asOf, recent: 2, amounts: 1}
	forms := []form{
		form(baseHead).config(usual).uint(1 << 60).int(1),
		form(baseHead).config(kept).uint(1).int(1).life(1<<60, asOf, asOf).money(5, 0).bought(0, 5).bought(0, 5).bought(0, 5),
		form(baseHead).config(usual).uint(1).int(1).uint(0).uint(1 << 61),                 // length of money
		form(baseHead).config(usual).uint(1).int(1).uint(0).uint(2).uint(1 << 40).uint(1), // its places
	}
	for i, f := range forms {
		var b rfm.Base[int64]
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := b.UnmarshalBinary(f)
		runtime.ReadMemStats(&after)
		if !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("form %d: error is %v", i, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 1<<16 {
			t.Errorf("form %d of %d bytes took %d bytes", i, len(f), took)
		}
	}
}

func TestStringIDsAreBounded(t *testing.T) {
	var b rfm.Base[string]
	f := form(baseHead).config(usual).uint(1).uint(1 << 50)
	checkInput(t, b.UnmarshalBinary(append(f, "Ada"...)), "rfm.Base.UnmarshalBinary", -1, "", clientele.ErrEncoding)
}

// What decodes can be measured in every way: a window's number that the amounts
// do not bear out must not reach the median.
func TestDecodedBaseCannotPanic(t *testing.T) {
	cfg := formConfig{asOf: asOf, window: 30, recent: 1, amounts: 1}
	old := asOf.AddDate(-1, 0, 0)
	f := form(baseHead).config(cfg).uint(1).int(1).life(1, old, old).money(5, 0).uint(1).money(5, 0).bought(0, 5).bought(0, 5)
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("panic: %v", p)
		}
	}()
	b := mustNew[int64](t, rfm.Config{AsOf: asOf})
	if checkDecode(t, b, f) {
		checkBase(t, b)
	}
}

// Invariant: a form with a few wrong bytes is refused, or is that of another base,
// which encodes to the same bytes and can be used.
func TestDamagedForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		all := genPurchases(numbered, genTime(), genPrice()).Draw(t, "purchases")
		data := []byte(encoded(t, mustFeed(t, mustNew[int64](t, cfg), all)))
		for range 20 {
			damaged := slices.Clone(data)
			for range rapid.IntRange(1, 2).Draw(t, "damages") {
				at := rapid.IntRange(len(baseHead), len(damaged)-1).Draw(t, "at")
				b := rapid.Byte().Draw(t, "byte")
				switch rapid.IntRange(0, 3).Draw(t, "kind") {
				case 0:
					damaged[at] ^= 1 << (b % 8)
				case 1:
					damaged[at] = b
				case 2:
					damaged = slices.Insert(damaged, at, b)
				default:
					damaged = slices.Delete(damaged, at, at+1)
				}
			}
			b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf, Recent: 2}), fuzzPurchases(numbered))
			if checkDecode(t, b, damaged) {
				checkBase(t, b)
			}
		}
	})
}

// Money that no purchases can have brought is refused.
func TestHistoryRefusesImpossibleMoney(t *testing.T) {
	first, last := asOf.Add(-48*hour), asOf.Add(-24*hour)
	windowed := formConfig{asOf: asOf, window: 30, recent: 2}
	long := asOf.AddDate(-1, 0, 0)
	for name, f := range map[string]form{
		"more than all purchases": form(historyHead).config(usual).life(2, first, last).money(13, 0).bought(0, 5).bought(24*hour, 7),
		"money in an empty window": form(historyHead).config(windowed).life(1, long, long).money(5, 0).
			uint(0).money(7, 0).bought(0, 5),
		"later than can be added up": form(historyHead).config(formConfig{asOf: asOf, recent: 2, later: math.MaxInt64}).uint(0).money(0, 0),
	} {
		if checkDecode(t, mustHistory(t, rfm.Config{AsOf: asOf}), f) {
			t.Errorf("%s: the form is accepted", name)
		}
	}
}

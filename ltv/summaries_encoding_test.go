package ltv

import (
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"pgregory.net/rapid"
)

// Forms that are not whole or that no history can have.
func TestHistoryRefuses(t *testing.T) {
	head := func(c formConfig) form { return form(historyHead).config(c) }
	nobody := plain.with(func(c *formConfig) { c.groups = nil })
	empty := func(change func(*formConfig)) form { return head(nobody.with(change)).uint(0).uint(0) }
	// bought begins a record of the third and the fifth of January.
	bought := func(c formConfig) form { return head(c).units(day0+2, 2).since(7, 0).money(5, 0) }
	for _, c := range []struct {
		name string
		form form
	}{
		{"nothing", nil},
		{"magic alone", form(historyHead)},
		{"summaries", form(summariesHead).config(nobody).uint(0)},
		{"another version", append(form("ltvH\x01"), empty(func(*formConfig) {})[5:]...)},
		{"a byte too many", append(empty(func(*formConfig) {}), 0)},
		{"asOf before 1678", empty(func(c *formConfig) { c.asOf = time.Date(1677, 12, 31, 0, 0, 0, 0, time.UTC) })},
		{"asOf after 2261", empty(func(c *formConfig) { c.asOf = time.Date(2262, 1, 1, 0, 0, 0, 0, time.UTC) })},
		{"until after 2261", empty(func(c *formConfig) { c.until = math.MaxInt64 })},
		{"until in the unit of asOf", append(empty(func(c *formConfig) { c.until = 1 }), 0, 0)},
		{"no such unit", empty(func(c *formConfig) { c.unit = 5 })},
		{"a unit beyond a byte", empty(func(c *formConfig) { c.unit = 256 })},
		{"no such zone", empty(func(c *formConfig) { c.zone = "Europe/Nowhere" })},
		{"no such weekday", empty(func(c *formConfig) { c.weekStart = 7 })},
		{"periods of a day in hours", empty(func(c *formConfig) { c.hours = 24 })},
		{"hours beside a calendar", empty(func(c *formConfig) { c.unit, c.hours = 1, 6 })},
		{"per 0", empty(func(c *formConfig) { c.per = 0 })},
		{"per below 0", empty(func(c *formConfig) { c.per = -1 })},
		{"per NaN", empty(func(c *formConfig) { c.per = math.NaN() })},
		{"per infinite", empty(func(c *formConfig) { c.per = math.Inf(1) })},
		{"per too small", empty(func(c *formConfig) { c.per = 1e-305 })},
		{"includeFirst neither true nor false", empty(func(c *formConfig) { c.flags[0] = 2 })},
		{"gross neither true nor false", empty(func(c *formConfig) { c.flags[1] = 2 })},
		{"later below 0", empty(func(c *formConfig) { c.later = -1 })},
		{"later beyond 2^53", empty(func(c *formConfig) { c.later = 1<<53 + 1 })},
		{"a varint too long", append(head(nobody), 0x80, 0x00, 0)},
		{"a label that nobody has", head(plain).uint(0).uint(0)},
		{"no label", head(nobody).units(day0+2).since(7, 0).money(5, 0).money(0, 0).uint(0)},
		{"no such label", head(plain).units(day0+2).since(7, 1).money(5, 0).money(0, 0).uint(0)},
		{"labels not in order", head(plain.with(func(c *formConfig) { c.groups = []string{"b", "a"} })).uint(0).uint(0)},
		{"a label twice", head(plain.with(func(c *formConfig) { c.groups = []string{"a", "a"} })).uint(0).uint(0)},
		{"a period before 1678", head(plain).units(-106_660).since(7, 0).money(5, 0).money(0, 0).uint(0)},
		{"a period beyond int32", head(plain).units(1<<32+day0+2).since(7, 0).money(5, 0).money(0, 0).uint(0)},
		{"a period after asOf", head(plain).units(day0+12).since(0, 0).money(5, 0).money(0, 0).uint(0)},
		{"a repeat after asOf", head(plain).units(day0+2, 10).since(7, 0).money(5, 0).money(0, 0).uint(0)},
		{"a period twice", head(plain).units(day0+2, 0).since(7, 0).money(5, 0).money(0, 0).uint(0)},
		{"the first purchase in another unit", head(plain).units(day0+2).since(4, 0).money(5, 0).money(0, 0).uint(0)},
		{"the first purchase before 1678", head(plain).units(day0+2).uint(math.MaxUint64/2).uint(0).money(5, 0).money(0, 0).uint(0)},
		{"fewer periods than told", head(plain).uint(2).int(day0 + 2)},
		{"money with a zero too many", bought(plain).money(50, 1).uint(0)},
		{"money missing", bought(plain)},
		{"money of 10^250 and more", bought(plain).huge(105).uint(0)},
		{"repeat money without repeats", head(plain).units(day0+2).since(7, 0).money(5, 0).money(1, 0).uint(0)},
		{"gross money below 0", bought(plain.with(gross)).money(-1, 0).uint(0)},
		{"gross money of the first below 0", head(plain.with(gross)).units(day0+2).since(7, 0).money(-5, 0).money(0, 0).uint(0)},
		{"gross with refunds", bought(plain.with(gross)).money(1, 0).uint(1).int(day0).money(-1, 0)},
		{"early money received", bought(plain).money(1, 0).uint(1).int(day0).money(1, 0)},
		{"an early refund of nothing", bought(plain).money(1, 0).uint(1).int(day0).money(0, 0)},
		{"an early refund in the first unit", bought(plain).money(1, 0).uint(1).int(day0+2).money(-1, 0)},
		{"early refunds not in order", bought(plain).money(1, 0).uint(2).int(day0+1).money(-1, 0).int(day0).money(-1, 0)},
		{"early refunds of a unit twice", bought(plain).money(1, 0).uint(2).int(day0).money(-1, 0).int(day0).money(-1, 0)},
		{"an early refund after asOf", head(nobody).uint(0).uint(1).int(day0+12).money(-1, 0)},
		{"fewer refunds than told", head(nobody).uint(0).uint(2).int(day0).money(-1, 0)},
		{"holdout missing", bought(plain.with(heldOut)).money(1, 0).uint(0)},
		{"holdout not asked for", bought(plain).money(1, 0).uint(0).uint(0).money(0, 0)},
		{"a holdout before asOf", bought(plain.with(heldOut)).money(1, 0).uint(0).units(day0+6).money(1, 0)},
		{"a holdout after until", bought(plain.with(heldOut)).money(1, 0).uint(0).units(day0+17).money(1, 0)},
		{"held money without purchases", bought(plain.with(heldOut)).money(1, 0).uint(0).uint(0).money(1, 0)},
		{"gross held money below 0", bought(plain.with(heldOut).with(gross)).money(1, 0).uint(0).units(day0+11).money(-1, 0)},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := mustHistory(t, SummaryConfig{AsOf: receipttest.Noon(20)})
			if err := h.Add(receipttest.Noon(1), buy(1, 1, "3").Amount, "shop"); err != nil {
				t.Fatal(err)
			}
			if checkDecode(t, h, c.form) {
				t.Error("the form is accepted")
			}
		})
	}
}

// wholeHistory is a form with everything that one can have.
func wholeHistory() form {
	return form(historyHead).config(plain.with(heldOut)).
		units(day0+2, 2).since(7, 0).money(55, 1).money(-12345, 2).
		uint(2).int(day0).money(-1, 0).int(day0+1).money(-1, 2).
		units(day0+11, 3).money(7, 0)
}

// Every beginning of a form is refused.
func TestHistoryRefusesEveryPrefix(t *testing.T) {
	whole := wholeHistory()
	for n := range whole {
		if checkDecode(t, mustHistory(t, SummaryConfig{AsOf: receipttest.Noon(10)}), slices.Clone(whole[:n])) {
			t.Errorf("%d of %d bytes are accepted", n, len(whole))
		}
	}
	if !checkDecode(t, mustHistory(t, SummaryConfig{AsOf: receipttest.Noon(10)}), whole) {
		t.Error("all bytes are refused")
	}
}

func TestSummariesRefuse(t *testing.T) {
	nobody := plain.with(func(c *formConfig) { c.groups = nil })
	two := plain.with(func(c *formConfig) { c.groups = []string{"shop", "web"} })
	head := func(c formConfig) form { return form(summariesHead).config(c) }
	customer := func(f form, id int64, label uint64) form {
		return f.int(id).units(day0+2).since(7, label).money(5, 0).money(0, 0).uint(0)
	}
	for _, c := range []struct {
		name string
		form form
		ok   bool
	}{
		{"nobody", head(nobody).uint(0), true},
		{"two customers", customer(customer(head(two).uint(2), -1, 1), 2, 0), true},
		{"a history", wholeHistory(), false},
		{"no number of customers", head(nobody), false},
		{"fewer customers than told", customer(head(plain).uint(2), 1, 0), false},
		{"more customers than told", customer(customer(head(plain).uint(1), 1, 0), 2, 0), false},
		{"customers not in order", customer(customer(head(plain).uint(2), 2, 0), 1, 0), false},
		{"a customer twice", customer(customer(head(plain).uint(2), 1, 0), 1, 0), false},
		{"a customer with nothing", head(nobody).uint(1).int(1).uint(0).uint(0), false},
		{"a label that nobody has", customer(customer(head(two).uint(2), 1, 0), 2, 0), false},
		{"2^60 customers", customer(head(plain).uint(1<<60), 1, 0), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustFeed(t, mustSummaries[int64](t, SummaryConfig{AsOf: receipttest.Noon(20)}), []clientele.Purchase[int64]{buy[int64](4, 4, "4")})
			if got := checkDecode(t, s, c.form); got != c.ok {
				t.Errorf("accepted: %t, want %t", got, c.ok)
			}
		})
	}
}

// A zone that this machine lacks is told apart from bytes that are wrong.
func TestUnknownZoneIsNamed(t *testing.T) {
	f := form(summariesHead).config(formConfig{asOf: receipttest.Noon(10), per: 1, zone: "Europe/Nowhere"}).uint(0)
	err := new(Summaries[int64]).UnmarshalBinary(f)
	if !errors.Is(err, clientele.ErrEncoding) || !errors.Is(err, clientele.ErrUnknown) {
		t.Errorf("error is %v", err)
	}
	if err := new(History).UnmarshalBinary([]byte("ltvH")); errors.Is(err, clientele.ErrUnknown) {
		t.Errorf("error is %v", err)
	}
}

// A few hostile bytes cannot ask for much memory, whatever they count.
func TestHostileCountsDoNotAllocate(t *testing.T) {
	head := form(summariesHead).config(plain)
	for i, f := range []form{
		slices.Clone(head).uint(1 << 60).int(1),
		slices.Clone(head).uint(1).int(1).uint(1 << 60).int(day0),
		slices.Clone(head).uint(1).int(1).units(day0).since(9, 0).uint(1 << 61),                 // length of money
		slices.Clone(head).uint(1).int(1).units(day0).since(9, 0).uint(2).uint(1 << 40).uint(1), // its places
		slices.Clone(head).uint(1).int(1).uint(0).uint(1<<60).int(day0).money(-1, 0),
		slices.Clone(head[:len(head)-5]).uint(1 << 60).text("web"),
		form("ltvS\x02").int(0).uint(0).uint(0).uint(1 << 60),
	} {
		s := mustSummaries[int64](t, SummaryConfig{AsOf: receipttest.Noon(10)})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := s.UnmarshalBinary(f)
		runtime.ReadMemStats(&after)
		if !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("form %d: error is %v", i, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 1<<16 {
			t.Errorf("form %d of %d bytes took %d bytes", i, len(f), took)
		}
	}
}

// Memory of what decodes is bounded by the bytes, as the documentation says.
func TestDecodedMemoryIsBounded(t *testing.T) {
	const customers = 20_000
	f := form(summariesHead).config(plain.with(heldOut).with(func(c *formConfig) { c.groups = nil })).uint(customers)
	for i := range customers {
		f = f.int(int64(i)).uint(0).uint(0).units(day0+11).money(0, 0) // the least that a customer can have
	}
	s := mustSummaries[int64](t, SummaryConfig{AsOf: receipttest.Noon(10)})
	before := heap()
	if err := s.UnmarshalBinary(f); err != nil {
		t.Fatal(err)
	}
	if took := heap() - before; took > uint64(50*len(f)) {
		t.Errorf("%d bytes take %d in memory", len(f), took)
	}
	runtime.KeepAlive(s)
}

// Invariant: a form with a few wrong bytes is refused, or is that of other
// summaries, which encode to the same bytes and can be used.
func TestDamagedForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genSummaryConfig().Draw(t, "config")
		data := []byte(encoded(t, mustFeed(t, mustSummaries[int64](t, cfg), genStream(numbered).Draw(t, "purchases"))))
		s := mustFeed(t, mustSummaries[int64](t, cfg), []clientele.Purchase[int64]{buy[int64](1, 1, "4")})
		for range 20 {
			damaged := slices.Clone(data)
			for range rapid.IntRange(1, 2).Draw(t, "damages") {
				at := rapid.IntRange(len(summariesHead), len(damaged)-1).Draw(t, "at")
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
			if checkDecode(t, s, damaged) {
				checkUsable(t, s)
			}
		}
	})
}

// checkUsable uses decoded facts in every way; nothing may panic, and every summary
// is one that models can use.
func checkUsable[K clientele.ID](t failer, s *Summaries[K]) {
	t.Helper()
	customers := 0
	for id, o := range s.Observed() {
		if err := o.Summary.Validate(); err != nil {
			t.Fatalf("%v: %v", id, err)
		}
		if held := o.Holdout; held.Frequency < 0 || math.IsInf(held.Money, 0) || !(held.T >= 0) {
			t.Fatalf("%v: holdout %+v", id, held)
		}
		s.Group(id)
		customers++
	}
	fresh := 0
	for _, n := range s.PeriodCounts().New {
		fresh += n
	}
	if s.Len() != customers || fresh != customers {
		t.Fatalf("%d customers, %d summaries, %d new", s.Len(), customers, fresh)
	}
	before := encoded(t, s)
	if encoded(t, mustMerge(t, new(Summaries[K]), s)) != before {
		t.Fatal("merged into nothing, they differ")
	}
}

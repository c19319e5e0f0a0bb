package rfm_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// fuzzConfigs are configurations of every form that is encoded differently.
func fuzzConfigs() []rfm.Config {
	return []rfm.Config{
		{AsOf: asOf},
		{AsOf: asOf, Window: 30, Recent: 1},
		{AsOf: asOf, Amounts: true, Recent: 5},
		{AsOf: asOf, Window: 365, Amounts: true},
		{AsOf: asOf, Window: 60, Rolling: true},
		{AsOf: asOf, Window: 365, Rolling: true, Amounts: true},
	}
}

// fuzzPurchases are few purchases that need everything the encoding has.
func fuzzPurchases[K clientele.ID](id func(int) K) []clientele.Purchase[K] {
	var all []clientele.Purchase[K]
	for i, amount := range []string{"19.90", "0", "12345678901234567890.5", "-3", "-1e40", "5e-30", "7"} {
		for c := range 1 + i%3 {
			all = append(all, clientele.Purchase[K]{Customer: id(c), At: asOf.AddDate(0, 0, 5-20*i), Amount: money(amount)})
		}
	}
	return all
}

// measures are every way to measure: decoded facts must survive all of them.
func measures() []rfm.Measure {
	var all []rfm.Measure
	for _, recency := range []rfm.RecencyKind{rfm.SinceLast, rfm.Rhythm, rfm.MeanInterval} {
		for _, monetary := range []rfm.MonetaryKind{rfm.AverageReceipt, rfm.Total, rfm.Median} {
			all = append(all, rfm.Measure{Recency: recency, Days: rfm.DayCount(recency), Monetary: monetary, Frequency: rfm.FrequencyKind(monetary)})
		}
	}
	return all
}

// checkBase uses decoded facts in every way; nothing may panic, and errors are
// only those that say why.
func checkBase[K clientele.ID](t tester, b *rfm.Base[K]) {
	t.Helper()
	b.RefundsOnly()
	for _, measure := range measures() {
		rule := rfm.Quantiles(3)
		scales, err := rfm.Fit(b, planOf(measure, rule, rule, rule))
		if err != nil {
			checkKind(t, err, clientele.ErrEmpty, clientele.ErrMismatch, clientele.ErrNotFinite)
			continue
		}
		state, err := rfm.Grade(b, scales)
		if err != nil {
			t.Fatal(err)
		}
		toJSON(t, state.Report())
		for _, m := range b.All() {
			toJSON(t, m)
			ask(t, scales, m)
		}
	}
}

// ask asks scales for all that they tell of a customer. Totals alone have no degradation.
func ask(t tester, scales *rfm.Scales, m rfm.Facts) {
	t.Helper()
	if _, _, err := scales.Degradation(m); err != nil {
		checkKind(t, err, clientele.ErrMismatch)
	}
	mustWatch(t, scales, m)
	_ = mustExplain(t, scales, m).String()
}

func checkKind(t tester, err error, kinds ...error) {
	t.Helper()
	for _, kind := range kinds {
		if errors.Is(err, kind) {
			return
		}
	}
	t.Fatalf("unexpected kind of error: %v", err)
}

// coder is a Base or a History.
type coder interface {
	AppendBinary([]byte) ([]byte, error)
	UnmarshalBinary([]byte) error
}

// checkDecode decodes hostile bytes into c, which holds something: what is
// refused must leave c as it was, what is accepted must encode to the same bytes.
func checkDecode(t tester, c coder, data []byte) (ok bool) {
	t.Helper()
	before, err := c.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	given := bytes.Clone(data)
	failure := c.UnmarshalBinary(data)
	for i := range data {
		data[i] = 0xff // what was decoded must not alias the input
	}
	after, err := c.AppendBinary(nil)
	switch {
	case err != nil:
		t.Fatal(err)
	case failure == nil && !bytes.Equal(after, given):
		t.Fatalf("%x decodes, but encodes to %x", given, after)
	case failure != nil && !errors.Is(failure, clientele.ErrEncoding):
		t.Fatalf("error is %v", failure)
	case failure != nil && !bytes.Equal(after, before):
		t.Fatal("a failed decode has changed its receiver")
	}
	return failure == nil
}

func fuzzBase[K clientele.ID](f *testing.F, id func(int) K) {
	for _, cfg := range fuzzConfigs() {
		b, err := rfm.New(new(clientele.Roster[K]), cfg)
		if err != nil {
			f.Fatal(err)
		}
		for _, some := range [][]clientele.Purchase[K]{nil, fuzzPurchases(id)} {
			if err := clientele.Feed(clientele.All(some), b); err != nil {
				f.Fatal(err)
			}
			data, err := b.MarshalBinary()
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Add([]byte("rfmB\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b := mustFeed(t, mustNew[K](t, rfm.Config{AsOf: asOf, Recent: 2}), fuzzPurchases(id))
		if checkDecode(t, b, data) {
			checkBase(t, b)
		}
	})
}

func FuzzBaseUnmarshalInt64(f *testing.F)  { fuzzBase(f, numbered) }
func FuzzBaseUnmarshalString(f *testing.F) { fuzzBase(f, named) }

func FuzzHistoryUnmarshal(f *testing.F) {
	for _, cfg := range fuzzConfigs() {
		h := mustHistory(f, cfg)
		for _, p := range append(fuzzPurchases(numbered), clientele.Purchase[int64]{At: asOf, Amount: decimal.New(1, 0)}) {
			data, err := h.MarshalBinary()
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
			if err := h.Add(p.At, p.Amount); err != nil {
				f.Fatal(err)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		h := mustHistory(t, rfm.Config{AsOf: asOf})
		if err := h.Add(asOf, rub(5)); err != nil {
			t.Fatal(err)
		}
		if !checkDecode(t, h, data) {
			return
		}
		b := new(rfm.Base[int64])
		if err := mustMerge(t, b, mustNew[int64](t, h.Config())).AddHistory(1, h); err != nil {
			t.Fatal(err)
		}
		checkBase(t, b)
	})
}

// jsonSeeds are plans of every form.
func jsonSeeds() []rfm.Plan {
	nested := rfm.GridPlan()
	nested.Nested, nested.Weights = true, rfm.Weights{R: 1, F: 2.5, M: 0}
	nested.Measure = rfm.Measure{Recency: rfm.MeanInterval, Days: rfm.Dates, Zone: "Europe/Berlin", Monetary: rfm.Median, Frequency: rfm.PerActiveYear}
	eleven := rfm.GridPlan()
	eleven.Map = rfm.Eleven()
	return []rfm.Plan{
		rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000)),
		rfm.GridPlan(), nested, eleven,
		rfm.ElevenPlan(),
		planOf(rfm.Measure{}, rfm.Percentiles(50, 80, 95, 99), rfm.NaturalBreaks(4), rfm.Percentiles(99.9).By(rfm.ClosedLeft)),
		planOf(rfm.Measure{}, quantiles(10, rfm.AverageRank), rfm.Edges(1, 2.5), quantiles(4, rfm.EdgePlusOne)),
	}
}

func FuzzScalesJSON(f *testing.F) {
	b := mustFeed(f, mustNew[int64](f, rfm.Config{AsOf: asOf, Amounts: true}), fuzzPurchases(numbered))
	for _, plan := range jsonSeeds() {
		data, err := json.Marshal(mustFit(f, b, plan))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	before := mustFreeze(f, planOf(rfm.Measure{}, rfm.Edges(1), rfm.Edges(2), rfm.Edges(3)))
	f.Fuzz(func(t *testing.T, data []byte) {
		read := *before
		if err := read.UnmarshalJSON(data); err != nil {
			checkKind(t, err, clientele.ErrEncoding, clientele.ErrConfig)
			if toJSON(t, &read) != toJSON(t, before) {
				t.Fatal("a failed decode has changed its receiver")
			}
			return
		}
		text := toJSON(t, &read)
		var again rfm.Scales
		if err := json.Unmarshal([]byte(text), &again); err != nil {
			t.Fatal(err)
		}
		if toJSON(t, &again) != text {
			t.Fatalf("%s becomes %s", text, toJSON(t, &again))
		}
		for _, v := range []rfm.Values{{}, {Recency: 1, Frequency: 2, Monetary: -3}, {Recency: 1e300, Frequency: 1e300, Monetary: 1e300}} {
			got, err := again.ScoreValues(v)
			want, errWant := read.ScoreValues(v)
			if err != nil || errWant != nil || got != want {
				t.Fatalf("%v gets %+v, want %+v (%v, %v)", v, got, want, err, errWant)
			}
		}
		for _, m := range b.All() {
			ask(t, &again, m)
		}
	})
}

func FuzzPlanJSON(f *testing.F) {
	for _, plan := range jsonSeeds() {
		data, err := json.Marshal(plan)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	b := mustFeed(f, mustNew[int64](f, rfm.Config{AsOf: asOf, Amounts: true}), fuzzPurchases(numbered))
	f.Fuzz(func(t *testing.T, data []byte) {
		var plan rfm.Plan
		if err := json.Unmarshal(data, &plan); err != nil {
			return
		}
		text := toJSON(t, plan)
		var again rfm.Plan
		if err := json.Unmarshal([]byte(text), &again); err != nil {
			t.Fatal(err)
		}
		if toJSON(t, again) != text {
			t.Fatalf("%s becomes %s", text, toJSON(t, again))
		}
		if err := plan.Validate(); err != nil {
			checkKind(t, err, clientele.ErrConfig)
			return
		}
		scales := mustFit(t, b, plan)
		mustGrade(t, b, scales)
	})
}

package rfm_test

import (
	"encoding/json"
	"errors"
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// tester is what *testing.T and *rapid.T share.
type tester interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// money reads an amount.
func money(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func mustNew[K clientele.ID](t tester, cfg rfm.Config) *rfm.Base[K] {
	t.Helper()
	b, err := rfm.New(new(clientele.Roster[K]), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func mustFeed[K clientele.ID](t tester, b *rfm.Base[K], all []clientele.Purchase[K]) *rfm.Base[K] {
	t.Helper()
	if err := clientele.Feed(clientele.All(all), b); err != nil {
		t.Fatal(err)
	}
	return b
}

func mustMerge[K clientele.ID](t tester, into *rfm.Base[K], others ...*rfm.Base[K]) *rfm.Base[K] {
	t.Helper()
	for _, o := range others {
		if err := into.Merge(o); err != nil {
			t.Fatal(err)
		}
	}
	return into
}

func mustFit[K clientele.ID](t tester, b *rfm.Base[K], plan rfm.Plan) *rfm.Scales {
	t.Helper()
	s, err := rfm.Fit(b, plan)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustFreeze(t tester, plan rfm.Plan) *rfm.Scales {
	t.Helper()
	s, err := rfm.NewScales(plan)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustGrade[K clientele.ID](t tester, b *rfm.Base[K], s *rfm.Scales) *rfm.State[K] {
	t.Helper()
	state, err := rfm.Grade(b, s)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func mustCompare[K clientele.ID](t tester, from, to *rfm.State[K]) *rfm.Movement[K] {
	t.Helper()
	m, err := rfm.Compare(from, to)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func mustHistory(t tester, cfg rfm.Config) *rfm.History {
	t.Helper()
	h, err := rfm.NewHistory(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// of returns the facts of a customer who must be in the base.
func of[K clientele.ID](t tester, b *rfm.Base[K], customer K) rfm.Facts {
	t.Helper()
	m, ok := b.Of(customer)
	if !ok {
		t.Fatalf("customer %v is not in the base", customer)
	}
	return m
}

// history returns the facts of one customer.
func history(t tester, cfg rfm.Config, records ...record) rfm.Facts {
	t.Helper()
	h := mustHistory(t, cfg)
	for _, r := range records {
		if err := h.Add(r.at, r.amount); err != nil {
			t.Fatal(err)
		}
	}
	m, ok := h.Facts()
	if !ok {
		t.Fatalf("no purchase up to %v in %v", cfg.AsOf, records)
	}
	return m
}

func after(t tester, m rfm.Facts, at time.Time, amount decimal.Decimal) rfm.Facts {
	t.Helper()
	next, err := m.After(at, amount)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func silent(t tester, m rfm.Facts, asOf time.Time) rfm.Facts {
	t.Helper()
	later, err := m.Silent(asOf)
	if err != nil {
		t.Fatal(err)
	}
	return later
}

// encoder is a Base or a History.
type encoder interface {
	AppendBinary(dst []byte) ([]byte, error)
}

// encoded returns the binary form as a string, which compares with ==.
func encoded(t tester, e encoder) string {
	t.Helper()
	data, err := e.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func toJSON(t tester, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// anyLevels is a map without meaning on a grid of these levels, for tests of
// scales.
func anyLevels(r, f, m int) rfm.Map {
	return rfm.Map{Name: "any", Levels: [3]int{r, f, m}, Segments: []rfm.Segment{{Name: "all", Where: []rfm.Box{{}}}}}
}

// planOf is a plan on a map without meaning.
func planOf(measure rfm.Measure, r, f, m rfm.Rule) rfm.Plan {
	return rfm.Plan{Measure: measure, Recency: r, Frequency: f, Monetary: m, Map: anyLevels(r.Levels(), f.Levels(), m.Levels())}
}

// quantiles returns Quantiles by a rule of cuts.
func quantiles(k int, cuts rfm.Cuts) rfm.Rule {
	r := rfm.Quantiles(k)
	r.Cuts = cuts
	return r
}

// fault is what an InputError must say.
type fault struct {
	field string
	err   error
}

// inputErrors returns all InputErrors in err, in order.
func inputErrors(err error) []*clientele.InputError {
	if in, ok := err.(*clientele.InputError); ok {
		return []*clientele.InputError{in}
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*clientele.InputError
		for _, e := range many.Unwrap() {
			all = append(all, inputErrors(e)...)
		}
		return all
	}
	if one := errors.Unwrap(err); one != nil {
		return inputErrors(one)
	}
	return nil
}

// checkFaults fails unless err is a ConfigError with exactly these faults.
func checkFaults(t tester, err error, want ...fault) {
	t.Helper()
	if len(want) == 0 {
		if err != nil {
			t.Errorf("unexpected: %v", err)
		}
		return
	}
	if !errors.Is(err, clientele.ErrConfig) {
		t.Errorf("error is %v, want an ErrConfig", err)
	}
	got := inputErrors(err)
	if len(got) != len(want) {
		t.Errorf("%d faults, want %d: %v", len(got), len(want), err)
		return
	}
	for i, w := range want {
		if got[i].Field != w.field || !errors.Is(got[i], w.err) {
			t.Errorf("fault %d is %v, want field %s: %v", i, got[i], w.field, w.err)
		}
	}
}

// checkInput fails unless err is an InputError with this operation, index, field
// and kind.
func checkInput(t tester, err error, op string, index int, field string, kind error) {
	t.Helper()
	in, ok := errors.AsType[*clientele.InputError](err)
	if !ok || in.Op != op || in.Index != index || in.Field != field || !errors.Is(err, kind) {
		t.Errorf("error is %v (%#v), want %s, record %d, field %q: %v", err, in, op, index, field, kind)
	}
}

// mustFalling lists who falls by a moment.
func mustFalling[K clientele.ID](t tester, b *rfm.Base[K], s *rfm.Scales, by time.Time) iter.Seq2[K, rfm.Watch] {
	t.Helper()
	falling, err := rfm.Falling(b, s, by)
	if err != nil {
		t.Fatal(err)
	}
	return falling
}

func mustScore(t tester, s *rfm.Scales, m rfm.Facts) rfm.Score {
	t.Helper()
	score, err := s.Score(m)
	return must(t, score, err)
}

func mustValues(t tester, s *rfm.Scales, m rfm.Facts) rfm.Values {
	t.Helper()
	v, err := s.Values(m)
	return must(t, v, err)
}

func mustWatch(t tester, s *rfm.Scales, m rfm.Facts) rfm.Watch {
	t.Helper()
	w, err := s.Watch(m)
	return must(t, w, err)
}

func mustExplain(t tester, s *rfm.Scales, m rfm.Facts) rfm.Explanation {
	t.Helper()
	e, err := s.Explain(m)
	return must(t, e, err)
}

func mustDegradation(t tester, s *rfm.Scales, m rfm.Facts) (rfm.Degradation, bool) {
	t.Helper()
	d, ok, err := s.Degradation(m)
	if s.Plan().Measure.Monetary == rfm.Total { // which is no receipt
		checkInput(t, err, "rfm.Scales.Degradation", -1, "Measure.Monetary", clientele.ErrMismatch)
		return d, ok
	}
	return must(t, d, err), ok
}

// must returns a value that comes without an error.
func must[V any](t tester, v V, err error) V {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// stands returns a customer's score in a state; the zero Score for nobody.
func stands[K clientele.ID](state *rfm.State[K], customer K) rfm.Score {
	score, _ := state.Of(customer)
	return score
}

// cubeScales are thresholds that have values below and above them.
func cubeScales(t tester) *rfm.Scales {
	t.Helper()
	return mustFreeze(t, rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 3), rfm.Bounds(100, 500)))
}

// buy returns purchases of equal amounts, the last so many days before asOf and
// the others a day apart before it.
func buy(customer int64, n, days int, amount string) []clientele.Purchase[int64] {
	var all []clientele.Purchase[int64]
	for i := range n {
		all = append(all, clientele.Purchase[int64]{Customer: customer, At: asOf.AddDate(0, 0, -days-i), Amount: money(amount)})
	}
	return all
}

// baseOf feeds customers.
func baseOf(t tester, cfg rfm.Config, customers ...[]clientele.Purchase[int64]) *rfm.Base[int64] {
	t.Helper()
	b := mustNew[int64](t, cfg)
	for _, all := range customers {
		mustFeed(t, b, all)
	}
	return b
}

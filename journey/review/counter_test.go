package review_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey/review"
)

// A counter that is reset is empty and keeps its configuration; one that is merged from keeps
// its reviews, and a refused merge changes nothing.
func TestCounterMergesAndResets(t *testing.T) {
	one, other := verify.Must(review.New(byMonth())), verify.Must(review.New(byMonth()))
	add := func(c *review.Counter, r review.Review) {
		t.Helper()
		if err := c.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	given := func(c *review.Counter) int {
		t.Helper()
		r, err := c.Report()
		if errors.Is(err, clientele.ErrEmpty) {
			return 0
		}
		return verify.Must(r, err).Given
	}
	add(one, stars("a", "p", 5, 1))
	add(other, stars("b", "p", 9, 1))
	for range 2 {
		if err := one.Merge(other); err != nil {
			t.Fatal(err)
		}
	}
	if given(one) != 3 || given(other) != 1 {
		t.Errorf("%d and %d", given(one), given(other))
	}
	if w := verify.Must(one.Report()).Unusable[0]; w.Reviews != 2 || len(w.Named) != 1 {
		t.Errorf("%+v", w)
	}
	strange := verify.Must(review.New(configured(func(c *review.Config) { c.Within = 3 })))
	for name, err := range map[string]error{
		"other configuration": one.Merge(strange),
		"itself":              one.Merge(one),
	} {
		if err == nil || given(one) != 3 {
			t.Errorf("%s: %v, %d reviews", name, err, given(one))
		}
	}
	if err := one.Merge(nil); err != nil {
		t.Error(err)
	}
	one.Reset()
	if given(one) != 0 {
		t.Errorf("%d reviews after Reset", given(one))
	}
	add(one, stars("a", "p", 5, 1))
	if r := verify.Must(one.Report()); r.Given != 1 || r.Config.Calendar.Unit != clientele.Month || len(r.Unusable) != 0 {
		t.Errorf("%+v", r)
	}
}

// Names that the host changes afterwards change nothing.
func TestCounterKeepsItsConfiguration(t *testing.T) {
	products := []string{"p", "q"}
	c := verify.Must(review.New(configured(func(c *review.Config) { c.Products = products })))
	products[0] = "z"
	if err := c.Add(stars("a", "p", 5, 1)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r := verify.Must(c.Report())
		if len(r.Unusable) != 0 || r.Config.Products[0] != "p" || len(r.Products) != 2 {
			t.Errorf("%+v", r)
		}
		r.Config.Products[0] = "z"
	}
}

// A scale of ten, on which 7 and more are positive, and one around 0.
func TestOtherScales(t *testing.T) {
	for _, c := range []struct {
		scale          review.Scale
		ratings        []float64
		positive, left int
	}{
		{review.Scale{Min: 0, Max: 10, Positive: 7}, []float64{0, 6.9, 7, 10, 10.1}, 2, 1},
		{review.Scale{Min: -2, Max: 2, Positive: 0}, []float64{-2, -0.5, 0, 2, 3, -3}, 2, 2},
		{review.Scale{}, []float64{1, 3.9, 4, 5, 0}, 2, 1},
	} {
		var all []review.Review
		for i, rating := range c.ratings {
			all = append(all, stars(string(rune('a'+i)), "p", rating, 1))
		}
		r := count(t, configured(func(cfg *review.Config) { cfg.Scale = c.scale }), all...)
		if r.All.Positive != c.positive || r.Given-r.All.Rated != c.left || r.Config.Scale == (review.Scale{}) {
			t.Errorf("%v: %+v", c.scale, r.All)
		}
	}
}

// The mean keeps to scales whose ends are no round numbers.
func TestMeanKeepsToTheScale(t *testing.T) {
	tried := 0
	for i := range 200 {
		s := review.Scale{Min: float64(i) / 7, Max: float64(i)/7 + 1 + float64(i)/3}
		s.Positive = s.Max
		if s.Min+(s.Max-s.Min) != s.Max {
			tried++
		}
		for _, rating := range []float64{s.Min, s.Max} {
			m := count(t, configured(func(c *review.Config) { c.Scale = s }), stars("a", "p", rating, 1), stars("b", "p", rating, 1)).All.Mean
			if m.Value != rating || rating == s.Max && m.Hi != s.Max || !(s.Min <= m.Lo && m.Lo <= m.Value && m.Value <= m.Hi && m.Hi <= s.Max) {
				t.Errorf("%v: %+v", s, m)
			}
		}
	}
	if tried == 0 {
		t.Error("no scale tries the rounding")
	}
}

// Reviews without a rating count for topics and for what is passed on.
func TestWithoutRating(t *testing.T) {
	r := count(t, byMonth(), review.Review{Customer: "a", Product: "p", At: day(1), Topics: []string{"x"}, PassedOn: 1}, stars("b", "p", 5, 1))
	if g := r.Products[0]; g.Reviews != 2 || g.Rated != 1 || g.PassedOn.Reviews != 1 || g.PassedOn.Positive != 0 {
		t.Errorf("%+v", g)
	}
	if x := r.Topics[0]; x.Reviews != 1 || x.Share != nil || x.Rank != 0 || x.Effect.Difference != nil {
		t.Errorf("%+v", x)
	}
}

// The table for people and the lines for programs.
func TestTables(t *testing.T) {
	r := count(t, byMonth(),
		with(stars("a", "tent", 5, 1), func(r *review.Review) { r.Topics, r.PassedOn = []string{"weight"}, 2 }),
		stars("b", "tent", 2, 40), review.Review{Customer: "a", Product: "stove", At: day(1)},
	)
	var text bytes.Buffer
	if err := r.WriteText(&text, review.Product, 0); err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"product  rank  reviews  positive  from    to  mean  passed on",
		"tent        1        2      50.0   9.5  90.5  3.50       50.0",
		"stove       ·        1         ·     ·     ·     ·        0.0",
		"",
	}, "\n")
	if text.String() != want {
		t.Errorf("%s\nwant\n%s", text.String(), want)
	}
	text.Reset()
	if err := r.WriteText(&text, review.Product, 1); err != nil || strings.Count(text.String(), "\n") != 2 {
		t.Errorf("%s, %v", text.String(), err)
	}
	text.Reset()
	if err := r.WriteCSV(&text); err != nil {
		t.Fatal(err)
	}
	lines := verify.Must(csv.NewReader(&text).ReadAll())
	var kinds []string
	for _, line := range lines[1:] {
		kinds = append(kinds, strings.TrimSpace(line[0]+" "+line[1]+" "+line[2]))
	}
	wantKinds := "all, product tent, product stove, topic weight, 2025-01 all, 2025-01 product tent, 2025-01 product stove, 2025-01 topic weight, 2025-02 all, 2025-02 product tent"
	if got := strings.Join(kinds, ", "); got != wantKinds {
		t.Errorf("%s\nwant\n%s", got, wantKinds)
	}
	if tent := strings.Join(lines[2][3:8], " ") + " " + lines[2][8] + " " + strings.Join(lines[2][14:], " "); !strings.HasPrefix(tent, "1 2 2 1 0 0.5 1 0.5") || lines[3][8] != "" {
		t.Errorf("%s", tent)
	}
	for name, err := range map[string]error{
		"text": r.WriteText(verify.FailingWriter{Err: io.ErrClosedPipe}, review.Product, 0), "CSV": r.WriteCSV(verify.FailingWriter{Err: io.ErrClosedPipe}),
	} {
		if !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

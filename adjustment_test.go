package clientele_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// Three groups were compared with the control, each by a test of its own.
func ExampleAdjustment_Adjust() {
	adjusted, err := clientele.Holm.Adjust([]float64{0.01, 0.04, 0.03})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.2f", adjusted)
	// Output: [0.03 0.06 0.06]
}

// Values of p.adjust of R 4.2.2, and by hand: of 0.01, 0.04 and 0.03 Holm makes 0.03,
// 0.06 (not 0.04, since 0.03 has become that) and 0.06.
func TestAdjustments(t *testing.T) {
	for _, c := range []struct {
		name    string
		by      clientele.Adjustment
		p, want []float64
	}{
		{"Holm", clientele.Holm, []float64{0.01, 0.02, 0.03, 0.04, 0.05}, []float64{0.05, 0.08, 0.09, 0.09, 0.09}},
		{"Benjamini-Hochberg", clientele.BenjaminiHochberg, []float64{0.01, 0.02, 0.03, 0.04, 0.05}, []float64{0.05, 0.05, 0.05, 0.05, 0.05}},
		{"Bonferroni", clientele.Bonferroni, []float64{0.01, 0.02, 0.03, 0.04, 0.5}, []float64{0.05, 0.1, 0.15, 0.2, 1}},
		{"Holm, unordered", clientele.Holm, []float64{0.01, 0.04, 0.03}, []float64{0.03, 0.06, 0.06}},
		{"Bonferroni, unordered", clientele.Bonferroni, []float64{0.01, 0.04, 0.03}, []float64{0.03, 0.12, 0.09}},
		{"Benjamini-Hochberg, unordered", clientele.BenjaminiHochberg, []float64{0.01, 0.04, 0.02}, []float64{0.03, 0.04, 0.03}},
		{"Benjamini-Hochberg, step up", clientele.BenjaminiHochberg, []float64{0.01, 0.04, 0.03}, []float64{0.03, 0.04, 0.04}},
		{"Holm, nothing found", clientele.Holm, []float64{0.7, 0.9}, []float64{1, 1}},
		{"unadjusted", clientele.Unadjusted, []float64{0.01, 0.04, 0.03}, []float64{0.01, 0.04, 0.03}},
		{"no tests", clientele.Holm, nil, nil},
	} {
		got, err := c.by.Adjust(c.p)
		if err != nil || len(got) != len(c.want) {
			t.Errorf("%s: %v, %v, want %v", c.name, got, err, c.want)
			continue
		}
		for i, want := range c.want {
			if math.Abs(got[i]-want) > 1e-15 {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
	}
}

// Invariant: no adjustment lowers a probability or changes the order of two;
// Bonferroni's is never below Holm's, nor Holm's below Benjamini and Hochberg's.
func TestAdjustmentLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOf(rapid.Float64Range(0, 1)).Draw(t, "p")
		holm, most, fewest := verify.Must(clientele.Holm.Adjust(p)), verify.Must(clientele.Bonferroni.Adjust(p)), verify.Must(clientele.BenjaminiHochberg.Adjust(p))
		for i := range p {
			if !(p[i] <= fewest[i]*(1+1e-15) && fewest[i] <= holm[i]*(1+1e-15) && holm[i] <= most[i] && most[i] <= 1) {
				t.Fatal(p[i], fewest[i], holm[i], most[i])
			}
			for j := range p {
				for _, a := range [][]float64{holm, most, fewest} {
					if p[i] < p[j] && a[i] > a[j] || p[i] == p[j] && a[i] != a[j] {
						t.Fatal(p[i], p[j], a[i], a[j])
					}
				}
			}
		}
	})
}

func TestAdjustRefuses(t *testing.T) {
	for _, c := range []struct {
		p    float64
		kind error
	}{{-0.1, clientele.ErrRange}, {1.1, clientele.ErrRange}, {math.Inf(1), clientele.ErrRange}, {math.NaN(), clientele.ErrNotFinite}} {
		for by := range clientele.Unadjusted + 1 {
			_, err := by.Adjust([]float64{0.5, c.p})
			verify.InputError(t, err, "clientele.Adjustment.Adjust", -1, "p[1]", c.kind)
		}
	}
	_, err := clientele.Adjustment(9).Adjust(nil)
	verify.InputError(t, err, "clientele.Adjustment.Adjust", -1, "Adjustment", clientele.ErrUnknown)
	verify.InputError(t, clientele.Adjustment(9).Validate(), "clientele.Adjustment.Validate", -1, "Adjustment", clientele.ErrUnknown)
	if err := clientele.Unadjusted.Validate(); err != nil {
		t.Error(err)
	}
}

func TestAdjustmentText(t *testing.T) {
	all := []clientele.Adjustment{clientele.Holm, clientele.Bonferroni, clientele.BenjaminiHochberg, clientele.Unadjusted}
	text, err := json.Marshal(all)
	if want := `["Holm","Bonferroni","Benjamini-Hochberg","none"]`; err != nil || string(text) != want {
		t.Errorf("written as %s, %v, want %s", text, err, want)
	}
	var back []clientele.Adjustment
	if err := json.Unmarshal(text, &back); err != nil || fmt.Sprint(back) != fmt.Sprint(all) {
		t.Errorf("read back as %v, %v", back, err)
	}
	a := clientele.Bonferroni
	if err := a.UnmarshalText([]byte("holm")); !errors.Is(err, clientele.ErrUnknown) || a != clientele.Bonferroni {
		t.Errorf("a name in another case gives %v, %v", a, err)
	}
	if _, err := json.Marshal(clientele.Adjustment(9)); !errors.Is(err, clientele.ErrUnknown) || clientele.Adjustment(9).String() != "Adjustment(9)" {
		t.Errorf("a value without a name is written: %v", err)
	}
}

package price

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// inAnyOrder are all answers that are made of people's answers: those of NewAcceptance.
var inAnyOrder = []struct {
	name   string
	answer func(a, b *Acceptance) any
}{
	{"NewAcceptance", func(a, _ *Acceptance) any { return a }},
	{"Len", func(a, _ *Acceptance) any { return a.Len() }},
	{"At", func(a, _ *Acceptance) any { return verify.Must(a.At(receipttest.Dec("20"), 0)) }},
	{"Curve", func(a, _ *Acceptance) any { return verify.Must(a.Curve(0)) }},
	{"Mean", func(a, _ *Acceptance) any { return verify.Must(a.Mean(0)) }},
	{"Best", func(a, _ *Acceptance) any { return verify.Must(a.Best(Config{Cost: receipttest.Dec("3.10")})) }},
	{"Compare", func(a, b *Acceptance) any { return verify.Must(Compare(a, b, 0)) }},
	{"EffectOfInformation", func(a, b *Acceptance) any {
		return verify.Must(EffectOfInformation([]*Acceptance{a, a, b}, b, 0))
	}},
}

// The same answers in another order, or written with other digits, give the same bytes.
func TestAnswersInAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	var first, second []decimal.Decimal
	for range 200 {
		first = append(first, receipttest.Dec(fmt.Sprintf("%.1f", 60*r.Float64())))
		second = append(second, receipttest.Dec(fmt.Sprintf("%.1f", 70*r.Float64())))
	}
	made := func(answers []decimal.Decimal) *Acceptance { return verify.Must(NewAcceptance(answers)) }
	for _, a := range inAnyOrder {
		want := verify.Must(json.Marshal(a.answer(made(first), made(second))))
		for range 3 {
			mixed := [][]decimal.Decimal{slices.Clone(first), slices.Clone(second)}
			for _, answers := range mixed {
				r.Shuffle(len(answers), func(i, j int) { answers[i], answers[j] = answers[j], answers[i] })
				answers[0] = answers[0].Add(receipttest.Dec("0.000")) // the same amount
			}
			if got := verify.Must(json.Marshal(a.answer(made(mixed[0]), made(mixed[1])))); string(got) != string(want) {
				t.Errorf("%s:\n%s\nwant\n%s", a.name, got, want)
			}
		}
	}
}

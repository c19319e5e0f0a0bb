package price

import (
	"encoding/json"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// What users are told is reviewed as it is read.
func TestMessages(t *testing.T) {
	dec := receipttest.Dec
	a, same := asked("1", "5"), asked("5", "5")
	read := func(text string) error { return new(Acceptance).UnmarshalJSON([]byte(text)) }
	verify.Messages(t, "messages.txt", map[string]error{
		"no answers":          verify.Second(NewAcceptance(nil)),
		"negative answer":     verify.Second(NewAcceptance([]decimal.Decimal{dec("1"), dec("-0.01")})),
		"strange answer":      verify.Second(NewAcceptance([]decimal.Decimal{dec("1e200")})),
		"enormous answer":     verify.Second(NewAcceptance([]decimal.Decimal{dec("1e90").Mul(dec("1e10"))})),
		"sample of nobody":    verify.Second(new(Acceptance).Mean(0)),
		"no sample":           verify.Second((*Acceptance)(nil).Curve(0)),
		"level":               verify.Second(a.At(dec("1"), 95)),
		"price":               verify.Second(a.At(dec("-1"), 0)),
		"nobody pays":         verify.Second(a.Best(Config{Cost: dec("5")})),
		"config":              Config{Cost: dec("-1"), Highest: dec("-2"), Level: 95}.Validate(),
		"config at cost":      verify.Second(a.Best(Config{Cost: dec("3"), Highest: dec("3")})),
		"one answer":          verify.Second(Compare(a, asked("5"), 0)),
		"nothing to compare":  verify.Second(Compare(nil, a, 0)),
		"no spread":           verify.Second(Compare(same, same, 0)),
		"one informed":        verify.Second(EffectOfInformation([]*Acceptance{a, a}, asked("5"), 0)),
		"no spread of a pair": verify.Second(EffectOfInformation([]*Acceptance{same, same}, a, 0)),
		"json config":         json.Unmarshal([]byte(`{"cost":"5","most":"10"}`), new(Config)),
		"json object":         read(`{"price":"1"}`),
		"json without people": read(`[{"price":"1"}]`),
		"json negative":       read(`[{"price":"-1","people":1}]`),
		"json descending":     read(`[{"price":"2","people":1},{"price":"1","people":1}]`),
		"json unknown key":    read(`[{"price":"2","people":1},{"answer":"1"}]`),
	})
}

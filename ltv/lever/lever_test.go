package lever

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

func TestLeverSets(t *testing.T) {
	sets := verify.Must(Sets(DealsPerCustomer, Check, Margin))
	want := [][]Lever{{3}, {4}, {5}, {3, 4}, {3, 5}, {4, 5}, {3, 4, 5}}
	if len(sets) != len(want) {
		t.Fatal(sets)
	}
	for i, set := range sets {
		if string(asBytes(set)) != string(asBytes(want[i])) {
			t.Errorf("set %d is %v, want %v", i, set, want[i])
		}
	}
	for l := Traffic; l <= FixedCosts; l++ {
		var back Lever
		if text := verify.Must(l.MarshalText()); back.UnmarshalText(text) != nil || back != l {
			t.Errorf("%s becomes %s", text, back)
		}
	}
	var l Lever
	if err := l.UnmarshalText([]byte("Check")); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	if _, err := Lever(7).MarshalText(); !errors.Is(err, clientele.ErrUnknown) || Lever(7).String() != "Lever(7)" {
		t.Error(err)
	}
}

func asBytes(levers []Lever) []byte {
	var b []byte
	for _, l := range levers {
		b = append(b, byte(l))
	}
	return b
}

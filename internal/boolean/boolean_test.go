package boolean_test

import (
	"testing"

	"github.com/clientele-go/clientele/internal/boolean"
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		a, b bool
		want int
	}{{false, false, 0}, {false, true, -1}, {true, false, +1}, {true, true, 0}} {
		if got := boolean.Compare(c.a, c.b); got != c.want {
			t.Errorf("Compare(%t, %t) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestInt(t *testing.T) {
	if boolean.Int(true) != 1 || boolean.Int(false) != 0 {
		t.Error(boolean.Int(true), boolean.Int(false))
	}
}

package ltv

import (
	"math"
	"testing"
)

var inf = math.Inf(1)

// given0 is Given without an error.
func given0(t testing.TB, m Model, s Summary) Outlook {
	t.Helper()
	o, err := m.Given(s)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

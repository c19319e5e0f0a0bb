package cohort_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

func TestTriangleText(t *testing.T) {
	tri := triangleOf(t, activityOf(t, spring()), cohort.TriangleConfig{AsOf: date(2025, 5, 20), Calendar: months})
	for show, want := range map[cohort.View]string{
		cohort.ViewRates: `
cohort   size      0     1  2
2025-03     3  100.0  33.3  ·
2025-04     0
2025-05     1      ·
all            100.0  33.3  ·
`,
		cohort.ViewActive: `
cohort   size    0  1    2
2025-03     3    3  1  (1)
2025-04     0
2025-05     1  (1)
`,
		cohort.ViewRevenue: `
cohort   size     0   1     2
2025-03     3   120  55  (30)
2025-04     0
2025-05     1  (70)
`,
		cohort.ViewLTV: `
cohort   size   0   1  2
2025-03     3  40  58  ·
2025-04     0
2025-05     1   ·
all            40  58  ·
`,
	} {
		var b strings.Builder
		if err := tri.WriteText(&b, show, 0); err != nil {
			t.Fatal(err)
		}
		if got := "\n" + b.String(); got != want {
			t.Errorf("%v:%s", show, got)
		}
	}
	cents := triangleOf(t, activityOf(t, []clientele.Purchase[string]{
		pays("Ada", date(2025, 3, 2), "0", ""), pays("Ada", date(2025, 3, 9), "-0.3", ""),
	}), cohort.TriangleConfig{AsOf: date(2025, 5, 20), Calendar: months})
	for _, show := range []cohort.View{cohort.ViewRevenue, cohort.ViewLTV} {
		var b strings.Builder
		if err := cents.WriteText(&b, show, 1); err != nil || strings.Contains(b.String(), "-0\n") {
			t.Errorf("%v of less than one below zero: %v\n%s", show, err, b.String())
		}
	}
	var b strings.Builder
	if err := tri.WriteText(&b, cohort.ViewActive, 1); err != nil || strings.Contains(b.String(), "33") || strings.Count(b.String(), "\n") != 4 {
		t.Errorf("one column: %v\n%s", err, b.String())
	}
	if err := tri.WriteText(&b, 9, 0); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	if err := tri.WriteText(&b, 0, -1); !errors.Is(err, clientele.ErrNegative) {
		t.Error(err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken") }

package table_test

import (
	"testing"

	"github.com/clientele-go/clientele/internal/table"
)

func TestTouchReadsEverySlot(t *testing.T) {
	var numbers table.Table[int64]
	numbers.Grow(10_000)
	*numbers.At(3), *numbers.At(9_000) = 5, 7
	if got := numbers.Touch([]int32{3, 9_000, 3, 4}, func(n *int64) int64 { return *n }); got != 17 {
		t.Errorf("touched %d, want 17", got)
	}
}

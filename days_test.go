package clientele_test

import (
	"testing"
	"time"

	"github.com/clientele-go/clientele"
)

func TestDaysDuration(t *testing.T) {
	if got := clientele.Days(2).Duration(); got != 48*time.Hour {
		t.Errorf("two days are %v, want 48h", got)
	}
	if got := clientele.Days(106751).Duration(); got <= 0 {
		t.Errorf("the longest time is %v", got)
	}
}

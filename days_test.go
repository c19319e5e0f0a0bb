package clientele_test

import (
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
)

func TestCheckDays(t *testing.T) {
	for _, tt := range []struct {
		days clientele.Days
		want error
	}{{0, nil}, {1, nil}, {106751, nil}, {106752, clientele.ErrRange}, {math.MaxInt32, clientele.ErrRange}, {-1, clientele.ErrNegative}} {
		if got := clientele.CheckDays(tt.days); got != tt.want {
			t.Errorf("CheckDays(%d) = %v, want %v", tt.days, got, tt.want)
		}
	}
	if got := clientele.Days(2).Duration(); got != 48*time.Hour {
		t.Errorf("two days are %v, want 48h", got)
	}
	if got := clientele.Days(106751).Duration(); got <= 0 {
		t.Errorf("the longest time is %v", got)
	}
}

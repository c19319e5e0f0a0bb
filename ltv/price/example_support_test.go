package price_test

import (
	"log"
	"time"

	"github.com/shopspring/decimal"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// january is a day of January 2025 at noon.
func january(day int) time.Time { return time.Date(2025, 1, day, 12, 0, 0, 0, time.UTC) }

func money(s string) decimal.Decimal { return decimal.RequireFromString(s) }

package price_test

import (
	"log"

	"github.com/shopspring/decimal"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func money(s string) decimal.Decimal { return decimal.RequireFromString(s) }

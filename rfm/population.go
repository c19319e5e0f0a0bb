package rfm

import (
	"math/big"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
)

// A Population describes the customers of a segment, a cell, a standing or the whole base,
// and what they bring.
type Population struct {
	Name     string   `json:"name"`               // Name is the name of the segment or the standing, for a cell that of its segment; "" for the base.
	Code     string   `json:"code,omitempty"`     // Code is the code of a cell, such as "BNW"; "" for anything else.
	Standing Standing `json:"standing,omitempty"` // Standing is the standing of the segment.

	Customers int     `json:"customers"` // Customers is the number of customers.
	Share     float64 `json:"share"`     // Share is the share of the base's customers, 0 to 1.

	Purchases      int             `json:"purchases"`      // Purchases is the number of purchases in the window.
	Revenue        decimal.Decimal `json:"revenue"`        // Revenue is the net money in the window.
	RevenueShare   float64         `json:"revenueShare"`   // RevenueShare is the share of the base's revenue; 0 for all where that is not positive.
	AverageReceipt decimal.Decimal `json:"averageReceipt"` // AverageReceipt is the revenue per purchase, rounded half to even at 8 places; 0 without purchases.

	AllTimeRevenue decimal.Decimal `json:"allTimeRevenue"` // AllTimeRevenue is the net money of all time.
	AverageLTV     decimal.Decimal `json:"averageLTV"`     // AverageLTV is the net money of all time per customer, the average value to date, rounded half to even at 8 places; 0 without customers.
	MedianRecency  float64         `json:"medianRecency"`  // MedianRecency is in days, as the plan measures them; 0 without customers.
}

// newPopulation completes a population from what it and the whole base bring.
func newPopulation(w *exact.Wide, a, whole aggregate, p Population) Population {
	p.Customers, p.Purchases = a.customers, int(a.purchases)
	p.Revenue, p.AllTimeRevenue = w.Decimal(a.revenue), w.Decimal(a.allTime)
	p.Share = float64(a.customers) / float64(whole.customers)
	if w.Sign(whole.revenue) > 0 {
		p.RevenueShare = share(w.Decimal(a.revenue), w.Decimal(whole.revenue))
	}
	if a.purchases > 0 {
		p.AverageReceipt = w.Quotient(a.revenue, a.purchases, averagePlaces)
	}
	if a.customers > 0 {
		p.AverageLTV = w.Quotient(a.allTime, int64(a.customers), averagePlaces)
	}
	return p
}

// share is part/whole, correctly rounded whatever their size.
func share(part, whole decimal.Decimal) float64 {
	f, _ := new(big.Rat).Quo(part.Rat(), whole.Rat()).Float64()
	return f
}

package cohort

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/shopspring/decimal"
)

// ChurnReport tells who is lost by a [ChurnRule].
type ChurnReport struct {
	Config  ChurnConfig   `json:"config"`
	Total   ChurnGroup    `json:"total"`   // all customers
	Keys    []ChurnGroup  `json:"keys"`    // by the label of the first purchase, in ascending order
	Periods []ChurnPeriod `json:"periods"` // from the period of the first purchase to that of AsOf, without gaps

	NeverBought int `json:"neverBought,omitempty"` // customers with only refunds
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf
}

// ChurnGroup is what has become of a group of customers by AsOf.
type ChurnGroup struct {
	Key       string `json:"key,omitempty"` // label of the first purchase; "" for all customers
	Customers int    `json:"customers"`     // customers who have bought

	// Young are the customers whose first purchase is so recent that no silence since
	// can have been too long. They say nothing about loss.
	Young int `json:"young"`

	Lost   int                `json:"lost"`   // customers who are lost at AsOf
	AtRisk int                `json:"atRisk"` // customers who are not lost at AsOf and may still be
	Rate   clientele.Estimate `json:"rate"`   // share of lost customers among those who are not young; zero where all are young

	Revenue     decimal.Decimal `json:"revenue"`     // revenue of all customers, less refunds
	LostRevenue decimal.Decimal `json:"lostRevenue"` // revenue so far of the customers who are lost at AsOf

	// Ever are the customers who have been lost at least once, Lapses is how often
	// customers were lost, and Returns how often they bought again after that. A rule
	// with many returns calls customers lost too soon.
	Ever    int `json:"ever"`
	Lapses  int `json:"lapses"`
	Returns int `json:"returns"`
}

// ChurnPeriod is who came and went in a calendar period:
//
//	Start + New + Returns - Lapses = End
type ChurnPeriod struct {
	Period  string    `json:"period"`  // name of the period, as in 2025-03; see [clientele.Periods.Label]
	From    time.Time `json:"from"`    // when the period begins, in the calendar's zone
	Start   int       `json:"start"`   // customers who are not lost as the period begins
	New     int       `json:"new"`     // customers whose first purchase is in the period
	Returns int       `json:"returns"` // purchases with which lost customers returned
	Lapses  int       `json:"lapses"`  // losses in the period; a customer who returns may be lost again
	End     int       `json:"end"`     // customers who are not lost as the period ends, or at AsOf

	Lost int `json:"lost"` // customers of Start who were lost in the period, whether they returned or not
	Back int `json:"back"` // losses of Lapses after which the customer has bought again by AsOf, in whichever period

	// Complete says that the period has ended by AsOf. Rate is the share Lost of Start;
	// it is zero where the period is not complete or began without customers.
	Complete bool               `json:"complete"`
	Rate     clientele.Estimate `json:"rate"`
}

// periods are those from the first with a new customer on; ended is the number of the
// last that has ended.
func (f *churnFlow) periods(names *clientele.Periods, ended int, level float64) []ChurnPeriod {
	var all []ChurnPeriod
	active := 0
	for i, c := range f.counts {
		if all == nil && c.came == 0 {
			continue
		}
		p := ChurnPeriod{
			Period: names.Label(f.first + i), From: names.Start(f.first + i), Complete: f.first+i <= ended,
			Start: active, New: c.came, Returns: c.returns, Lapses: c.lapses, Lost: c.lost, Back: c.back,
		}
		active += p.New + p.Returns - p.Lapses
		p.End = active
		if p.Complete && p.Start > 0 {
			p.Rate = interval.Wilson(int64(p.Lost), int64(p.Start), level)
		}
		all = append(all, p)
	}
	return all
}

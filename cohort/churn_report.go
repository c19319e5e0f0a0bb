package cohort

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/shopspring/decimal"
)

// ChurnReport counts who is lost by a [ChurnRule].
type ChurnReport struct {
	Config  ChurnConfig   `json:"config"`          // the configuration, with defaults filled in
	Total   ChurnGroup    `json:"total"`           // all customers
	Keys    []ChurnGroup  `json:"keys"`            // by the label of the first purchase, in ascending order
	Other   *ChurnGroup   `json:"other,omitempty"` // all keys but the first ChurnConfig.Top together, with the Key ""; nil without any
	Periods []ChurnPeriod `json:"periods"`         // from the period of the first purchase to that of AsOf, without gaps

	NeverBought int `json:"neverBought,omitempty"` // customers with only refunds
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf
}

// ChurnGroup is what has become of a group of customers by AsOf.
type ChurnGroup struct {
	Key       string `json:"key,omitempty"` // label of the first purchase; "" for all customers
	Customers int    `json:"customers"`     // customers who have bought

	// Young are the customers whose first purchase is more recent than the allowed
	// silence, so that they cannot have been lost yet. Rate leaves them out.
	Young int `json:"young"`

	Lost   int                `json:"lost"`   // customers who are lost at AsOf
	AtRisk int                `json:"atRisk"` // customers who are not lost at AsOf: Customers − Lost
	Rate   clientele.Estimate `json:"rate"`   // share of lost customers among those who are not young; the zero Estimate if all are young

	Revenue     decimal.Decimal `json:"revenue"`     // revenue of all customers, less refunds
	LostRevenue decimal.Decimal `json:"lostRevenue"` // revenue so far of the customers who are lost at AsOf

	Ever   int `json:"ever"`   // customers who have been lost at least once
	Lapses int `json:"lapses"` // how often customers were lost

	// Returns is how often lost customers bought again. A rule with many returns calls
	// customers lost too soon.
	Returns int `json:"returns"`
}

// ChurnPeriod is who came and went in a calendar period:
//
//	Opening + New + Returns - Lapses = Closing
type ChurnPeriod struct {
	Label   string    `json:"label"`   // name of the period, as in 2025-03; see [clientele.Periods.Label]
	Start   time.Time `json:"start"`   // when the period begins, in the calendar's zone
	Opening int       `json:"opening"` // customers who are not lost as the period begins
	New     int       `json:"new"`     // customers whose first purchase is in the period
	Returns int       `json:"returns"` // purchases with which lost customers returned
	Lapses  int       `json:"lapses"`  // losses in the period; a customer who returns may be lost again
	Closing int       `json:"closing"` // customers who are not lost as the period ends, or at AsOf

	Lost int `json:"lost"` // how many of Opening were lost in the period, whether they returned or not
	Back int `json:"back"` // after how many of Lapses the customer has bought again by AsOf, in whichever period

	Complete bool `json:"complete"` // whether the period has ended by AsOf

	// Rate is the share Lost of Opening. It is the zero Estimate, with Level 0, if the
	// period is not complete or began without customers.
	Rate clientele.Estimate `json:"rate"`
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
			Label: names.Label(f.first + i), Start: names.Start(f.first + i), Complete: f.first+i <= ended,
			Opening: active, New: c.came, Returns: c.returns, Lapses: c.lapses, Lost: c.lost, Back: c.back,
		}
		active += p.New + p.Returns - p.Lapses
		p.Closing = active
		if p.Complete && p.Opening > 0 {
			p.Rate = interval.Wilson(int64(p.Lost), int64(p.Opening), level)
		}
		all = append(all, p)
	}
	return all
}

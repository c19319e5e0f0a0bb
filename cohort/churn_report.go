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
	Total   ChurnGroup    `json:"total"`
	Keys    []ChurnGroup  `json:"keys"`    // by the label of the first purchase, ascending
	Periods []ChurnPeriod `json:"periods"` // from that of the first purchase to that of AsOf, without gaps

	NeverBought int `json:"neverBought,omitempty"` // customers of refunds alone
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf
}

// ChurnGroup is what has become of some customers by AsOf.
type ChurnGroup struct {
	Key       string `json:"key,omitempty"`
	Customers int    `json:"customers"`

	// Young are the customers whose first purchase is so recent that no silence since
	// can have been too long. They say nothing about loss.
	Young int `json:"young"`

	Lost   int                `json:"lost"`   // customers who are lost at AsOf
	AtRisk int                `json:"atRisk"` // customers who are not, and still may be
	Rate   clientele.Estimate `json:"rate"`   // Lost of the customers who are not young; zero where all are

	Revenue     decimal.Decimal `json:"revenue"`     // of all customers, less refunds
	LostRevenue decimal.Decimal `json:"lostRevenue"` // that those lost at AsOf had brought

	// Ever are the customers who have been lost at least once, Lapses how often
	// customers were, and Returns how often they bought again after that: a rule of
	// many returns calls customers lost too soon.
	Ever    int `json:"ever"`
	Lapses  int `json:"lapses"`
	Returns int `json:"returns"`
}

// ChurnPeriod is what came and went in a calendar period:
//
//	Start + New + Returns - Lapses = End
type ChurnPeriod struct {
	Period  string    `json:"period"` // as in 2025-03, see [clientele.Periods.Label]
	From    time.Time `json:"from"`   // in the calendar's zone
	Start   int       `json:"start"`  // customers who are not lost as it begins
	New     int       `json:"new"`    // customers whose first purchase is in it
	Returns int       `json:"returns"`
	Lapses  int       `json:"lapses"` // customers who are lost in it; one who returns may be again
	End     int       `json:"end"`    // customers who are not lost as it ends, or at AsOf

	Lost int `json:"lost"` // customers of Start who were lost in it, whether they returned or not
	Back int `json:"back"` // of Lapses, those who have bought again by AsOf, in whichever period

	// Complete says that the period has ended by AsOf. Rate is the share Lost of Start;
	// it is zero where the period is not complete or began without customers.
	Complete bool               `json:"complete"`
	Rate     clientele.Estimate `json:"rate"`
}

// periods are those from the first with a new customer on; complete is the last that
// has ended.
func (f *churnFlow) periods(names *clientele.Periods, complete int, level float64) []ChurnPeriod {
	var all []ChurnPeriod
	active := 0
	for i, c := range f.counts {
		if all == nil && c.came == 0 {
			continue
		}
		p := ChurnPeriod{
			Period: names.Label(f.first + i), From: names.Start(f.first + i), Complete: f.first+i <= complete,
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

package cohort

import (
	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// ChurnEventReport shows after which events customers leave.
type ChurnEventReport struct {
	Config    ChurnEventConfig   `json:"config"`    // the configuration, with defaults filled in
	Pauses    int                `json:"pauses"`    // pauses of all customers
	Lost      int                `json:"lost"`      // how many of Pauses ended in the loss of the customer
	Customers int                `json:"customers"` // customers with at least one pause
	Rate      clientele.Estimate `json:"rate"`      // share of Pauses that are Lost

	Kinds []ChurnEventGroup `json:"kinds"` // those whose lift has the greatest lower limit first, then by lift and name; those without a lift last

	// Other holds the kinds that are not among the first ChurnConfig.Top, together: a pause
	// in which several happened counts once. Its Kind is "". nil without any.
	Other *ChurnEventGroup `json:"other,omitempty"`

	// Strata are the pauses that Lift compares, by label and class; nil without
	// labels and classes.
	Strata []PauseStratum `json:"strata,omitempty"`

	WithoutInterval int `json:"withoutInterval,omitempty"` // with IntervalClasses: pauses in no class, since the customer had bought on fewer than four days

	Soon int `json:"soon,omitempty"` // moments of purchase without a pause, since the customer bought again within Within
	Open int `json:"open,omitempty"` // moments of purchase whose allowed silence is not over by AsOf

	Before        int `json:"before,omitempty"`        // events before the customer's first purchase
	After         int `json:"after,omitempty"`         // events after AsOf
	OutsidePauses int `json:"outsidePauses,omitempty"` // all other events that are in no pause

	NeverBought int `json:"neverBought,omitempty"` // customers with only refunds
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf

	// Warnings are a [LiftWarning] for each lift that may not be due to the events.
	Warnings []error `json:"warnings,omitempty"`
}

// ChurnEventGroup is what became of customers to whom a kind of event happened.
type ChurnEventGroup struct {
	Kind      string          `json:"kind"`      // kind of the events; "" for the rest together
	Events    int             `json:"events"`    // events of this kind in pauses
	Pauses    int             `json:"pauses"`    // pauses in which at least one happened
	Lost      int             `json:"lost"`      // how many of Pauses ended in the loss of the customer
	Customers int             `json:"customers"` // customers to whom it happened in a pause
	Revenue   decimal.Decimal `json:"revenue"`   // what these customers have brought by AsOf, less refunds

	Rate clientele.Estimate `json:"rate"` // share of Pauses that are Lost

	// Lift is Rate over the rate of the pauses in which no such event happened: 1 =
	// customers do not leave more often after the event. With strata it is the ratio that
	// they have in common, by Mantel & Haenszel: Σ Lost·Others/All over Σ LostOthers·Pauses/All.
	//
	// On each side the interval is the wider of two: the corrected score interval of the
	// counts (Miettinen & Nurminen, Comparative Analysis of Two Rates, Statistics in
	// Medicine 4, 1985), which, with a handful of pauses, claims no more than an exact
	// test would, and one that knows that the pauses of one customer may be alike. Lift is
	// the zero Estimate if there are no other pauses, or none that lost its customer.
	Lift clientele.Estimate `json:"lift"`

	Crude    clientele.Estimate `json:"crude"`    // Lift of all pauses together, whatever their strata; equal to Lift without strata
	Compared int                `json:"compared"` // how many of Pauses Lift compares: those in strata with other pauses
	P        float64            `json:"p"`        // two-sided p-value of a Lift of 1, the greater of two as for the interval; 1 without a lift
	Adjusted float64            `json:"adjusted"` // P adjusted upwards for the number of lifts in the report; 1 without a lift
}

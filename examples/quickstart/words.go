package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/rfm"
)

// The sentences that text and page share.

// size tells how large the base is.
func (a *analysis) size() string {
	total := a.Report.Total
	customers, purchases := plural(total.Customers, "customer"), plural(total.Purchases, "purchase")
	if a.Report.Window == 0 {
		return fmt.Sprintf("%s made %s worth %s.", customers, purchases, money(total.Revenue))
	}
	return fmt.Sprintf("%s made %s worth %s in the last %d days and have spent %s in all.",
		customers, purchases, money(total.Revenue), a.Report.Window, money(total.AllTimeRevenue))
}

// inflation tells how receipts overstate purchases.
func (a *analysis) inflation() string {
	d := a.Deals
	return fmt.Sprintf("%s are %s, since customers come back for what belongs to the first: %s %% of receipts are add-ons. Who counts receipts sees %.2f times as many purchases as there are, and %.2f times as many repeats.",
		plural(d.Receipts, "receipt"), plural(d.Deals, "purchase"), percent(d.AddOnShare), d.DealInflation, d.RepeatInflation)
}

// legend explains what is measured.
func (a *analysis) legend() string {
	measure := a.Scales.Plan().Measure
	recency := "Recency is the time since the last purchase."
	if measure.Recency == rfm.Rhythm {
		recency = "Recency is the usual time between a customer's purchases, or the silence since the last if that is longer."
	}
	receipt := "Receipt is the average receipt."
	if measure.Monetary == rfm.Total {
		receipt = "Money is all that a customer paid."
	}
	if a.Report.Window > 0 {
		receipt += fmt.Sprintf(" Purchases and money are those of the last %d days.", a.Report.Window)
	}
	return recency + " " + receipt
}

// notes tell what to bear in mind when reading the numbers.
func (a *analysis) notes() []string {
	notes := slices.Clone(a.Warnings)
	if n := a.Report.RefundsOnly; n > 0 {
		notes = append(notes, fmt.Sprintf("Left out: %s with refunds and no purchase, %s in all.", plural(n, "customer"), money(a.Report.Refunded)))
	}
	if a.Later > 0 {
		notes = append(notes, fmt.Sprintf("Not counted: %s after %s.", plural(a.Later, "purchase"), longDate(a.AsOf)))
	}
	return notes
}

// moved counts the customers by what became of them.
func (a *analysis) moved() string {
	n := a.Moves.Count
	return fmt.Sprintf("%s rose to a better cell, %s fell to a worse one, %s moved sideways, %s came new, %s stayed where they were.",
		plural(n[rfm.Grown], "customer"), count(n[rfm.Fallen]), count(n[rfm.Shifted]), count(n[rfm.Entered]), count(n[rfm.Stayed]))
}

// silence tells what a week without purchases will do.
func (a *analysis) silence() string {
	leaving, spent := a.leaving()
	said := fmt.Sprintf("Nobody will leave a segment within %d days.", lookAhead)
	if n := len(leaving); n > 0 {
		said = fmt.Sprintf("%s will fall to another segment within %d days unless they buy. They have spent %s so far.",
			plural(n, "customer"), lookAhead, money(spent))
	}
	if others := len(a.Falling) - len(leaving); others > 0 {
		said += fmt.Sprintf(" %s will lose a level of recency and stay in their segment.", plural(others, "other"))
	}
	if days := a.Report.Window; days > 0 {
		said += fmt.Sprintf(" Purchases that will be older than %d days by then are not foreseen.", days)
	}
	return said
}

// finding says what a state of the base means.
func finding(f rfm.Finding) string {
	return sentence(f.Diagnosis.String()) + " " + sentence(f.Evidence) + " " + advice(f)
}

// advice says what to do, and what that would bring.
func advice(f rfm.Finding) string {
	said := sentence("so " + f.Advice)
	if f.AtStake != nil {
		said += fmt.Sprintf(" If one sleeper in ten comes back and buys as before, that brings %s a year.", money(*f.AtStake))
	}
	return said
}

// shrunk tells whose receipts shrink.
func (a *analysis) shrunk() string {
	return fmt.Sprintf("The last %d receipts of %s are on average a level below those of all time, though the segment may not show it yet.",
		a.Shrinking[0].Purchases, plural(len(a.Shrinking), "customer"))
}

// sentence makes a sentence of a phrase.
func sentence(s string) string { return capital(s) + "." }

// capital begins a phrase with a capital letter.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

package funnel

import "github.com/clientele-go/clientele"

// LeadToSale returns the funnel of people who become customers, with the steps "lead" and
// "sale": they leave a lead, and then buy. [Breakdown] by Channel shows where good leads come
// from, by Staff who turns them into sales.
func LeadToSale(lead, sale Match, window Span) Funnel {
	return ofSteps("lead to sale", "", window, Step{Name: "lead", Match: lead}, Step{Name: "sale", Match: sale})
}

// ProposalToPaid returns the funnel of proposals that are paid, with the steps "proposal" and
// "paid". The attribute has the number of the proposal, on both touches. In money, with
// Touch.Value, StepCount.ValueOfBefore of the step "paid" is the share of the money offered that
// was paid.
func ProposalToPaid(proposal, paid Match, number Attribute, window Span) Funnel {
	return ofSteps("proposal to paid", number, window, Step{Name: "proposal", Match: proposal}, Step{Name: "paid", Match: paid})
}

// ItemsToBought returns the funnel of the items that people choose, in a cart or on a list,
// and then buy, with the steps "chosen" and "bought". The attribute names the item, on both
// touches; an item that a person chooses twice counts once.
func ItemsToBought(chosen, bought Match, item Attribute, window Span) Funnel {
	return ofSteps("items to bought", item, window, Step{Name: "chosen", Match: chosen}, Step{Name: "bought", Match: bought})
}

// Upsell returns the funnel of deals in which something more expensive or complementary is
// offered and taken, with the steps "deal", "offered" and "taken". The attribute has the number
// of the deal, on all three touches. [Group.Selling] tells effort, success and yield apart.
func Upsell(deal, offered, taken Match, number Attribute, window Span) Funnel {
	return ofSteps("upsell", number, window,
		Step{Name: "deal", Match: deal}, Step{Name: "offered", Match: offered}, Step{Name: "taken", Match: taken})
}

func ofSteps(name string, per Attribute, window Span, steps ...Step) Funnel {
	return Funnel{Name: name, Per: per, Window: window, Steps: steps}
}

// Selling is what comes of offers in deals. Effort and success of a salesperson say how; the
// yield says who sells most: four of five offers taken is much success, and in a hundred deals
// little yield.
type Selling struct {
	Effort  clientele.Estimate `json:"effort"`  // share of deals in which something was offered
	Success clientele.Estimate `json:"success"` // share of offers that were taken
	Yield   clientele.Estimate `json:"yield"`   // share of deals in which something was taken
}

// Selling returns effort, success and yield of a funnel of three steps, such as [Upsell]; ok
// is false for one of fewer or more.
func (g Group) Selling() (s Selling, ok bool) {
	if len(g.Steps) != 3 {
		return Selling{}, false
	}
	offered, taken := g.Steps[1], g.Steps[2]
	return Selling{Effort: offered.OfEntered, Success: taken.OfBefore, Yield: taken.OfEntered}, true
}

package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/clientele-go/clientele/ltv/account"
)

// Summary says in plain words what the customers have brought.
func (b *brought) Summary() string {
	margin, _ := b.Total.MarginRate()
	discount, _ := b.Total.DiscountRate()
	return fmt.Sprintf("After goods and service %s of %s are left: goods cost %s of 100, service %s, and %s %% of list prices were given away.",
		money(b.Total.Contribution()), money(b.Total.Revenue), whole(100*(1-margin)),
		whole(100*b.Total.ServeCost.InexactFloat64()/b.Total.Revenue.InexactFloat64()), percent(discount))
}

func (t *text) brought() {
	if t.Brought == nil {
		return
	}
	b := t.Brought
	t.title("What they have brought")
	t.say("%s", b.Summary())
	t.line()
	writeTable(t, "lrrrrrr", b.segmentRows())
	t.line()
	t.say("%s", b.sorted())
	t.line()
	t.say("What changes with the number of deals made. The last column compares the same customers with their own first deal: what it costs to serve an item.")
	t.line()
	writeTable(t, "lrrrrrr", b.stageRows())
	if len(b.Together) == 0 {
		return
	}
	t.line()
	t.say("Bought together most surely: how many receipts have both, how many times as often as by chance at least, and the share of receipts with the first that have the second too, by channel in %%:")
	t.line()
	writeTable(t, "llrr"+strings.Repeat("r", len(b.Together[0].Channels)), b.togetherRows())
}

// togetherRows are the pairs, with a column for each channel.
func (b *brought) togetherRows() [][]string {
	head := []string{"", "", "both", "lift"}
	for _, c := range b.Together[0].Channels {
		head = append(head, cmp.Or(c.Segment, "(none)"))
	}
	rows := [][]string{head}
	for _, p := range b.Together {
		row := []string{p.A, p.B, count(int(p.Together)), fmt.Sprintf("%.1f", p.Lift.Lo)}
		for _, c := range p.Channels {
			row = append(row, percent(c.AtoB.Value))
		}
		rows = append(rows, row)
	}
	return rows
}

// segmentRows are what the segments have brought, those of nobody's purchases last.
func (b *brought) segmentRows() [][]string {
	rows := [][]string{
		{"", "", "margin", "profit", "", "deals on", "off"},
		{"", "profit", "%", "each", "between", "sale %", "list %"},
	}
	sales := make(map[string]account.DiscountGroup)
	for _, d := range b.Sales {
		sales[d.Group] = d
	}
	for _, g := range b.Segments {
		margin, _ := g.MarginRate()
		discount, _ := g.DiscountRate()
		rows = append(rows, []string{
			cmp.Or(g.Group, "(no purchase)"), money(g.Profit()), percent(margin), whole(g.ProfitPerCustomer.Value),
			between(g.ProfitPerCustomer), percent(sales[g.Group].OnDiscount.Value), percent(discount),
		})
	}
	return rows
}

// sorted tells the tiers.
func (b *brought) sorted() string {
	advice := map[account.Tier]string{
		account.Cherish: "to cherish", account.Keep: "to keep",
		account.Fix: "to fix, as cheaper service and lower discounts would", account.LetGo: "not to court",
	}
	var words []string
	for _, tier := range b.Tiers {
		words = append(words, fmt.Sprintf("%s %s (%s)", plural(tier.Customers, "customer"), advice[tier.Tier], money(tier.Profit)))
	}
	return strings.Join(words, ", ") + "."
}

// stageRows are the stages.
func (b *brought) stageRows() [][]string {
	rows := [][]string{
		{"", "", "", "deals on", "with an", "service", "an item's"},
		{"deals", "customers", "check", "sale %", "add-on %", "a deal", "changed by"},
	}
	for i, s := range b.DealNumbers.Stages {
		stage, change := fmt.Sprintf("%d–%d", s.From, s.To), ""
		switch s.To {
		case s.From:
			stage = fmt.Sprint(s.From)
		case 0:
			stage = fmt.Sprintf("%d–", s.From)
		}
		if i > 0 {
			c := s.ServeCostPerPosition.Change
			change = fmt.Sprintf("%+.2f to %+.2f", c.Lo, c.Hi)
		}
		rows = append(rows, []string{
			stage, count(s.Customers), whole(s.Check.Mean.Value), percent(s.OnDiscount.Mean.Value),
			percent(s.AddOns.Mean.Value), fmt.Sprintf("%.2f", s.ServeCostPerDeal.Mean.Value), change,
		})
	}
	return rows
}

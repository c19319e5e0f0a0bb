package shop_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/shop"
)

// Every planted effect is looked for twice: where it is planted and where it is
// switched off.

// bundleShares returns the share of receipts with the bundle's product that have
// the other one too, in the bundle's channel and in the others.
func bundleShares(b shop.Bundle, receipts []Receipt) (there, elsewhere float64) {
	var with, all [2]float64
	for _, r := range receipts {
		var hasProduct, hasWith bool
		for _, l := range r.Lines {
			hasProduct = hasProduct || l.Product == b.Product
			hasWith = hasWith || l.Product == b.With
		}
		if hasProduct && !r.IsRefund() {
			side := count(r.Channel != b.Channel)
			all[side]++
			with[side] += float64(count(hasWith))
		}
	}
	return with[0] / all[0], with[1] / all[1]
}

func TestBundleIsPlanted(t *testing.T) {
	cfg := shop.Default()
	there, elsewhere := bundleShares(cfg.Bundle, defaults())
	if there < 0.35 || there > 0.6 || elsewhere > 0.2 {
		t.Errorf("bundled in %.2f of its channel and %.2f elsewhere", there, elsewhere)
	}
	planted := cfg.Bundle
	cfg.Bundle = shop.Bundle{}
	if there, elsewhere = bundleShares(planted, simulate(cfg)); there > 0.1 || elsewhere > 0.1 {
		t.Errorf("without: bundled in %.2f of its channel and %.2f elsewhere", there, elsewhere)
	}
}

// alwaysDiscounted is the share of customers, of those with at least five
// purchases, who never bought without an offer.
func alwaysDiscounted(receipts []Receipt) float64 {
	purchases, offers := make(map[int64]int), make(map[int64]int)
	for _, r := range receipts {
		if !r.IsRefund() && r.Amount().IsPositive() {
			purchases[r.Customer]++
			offers[r.Customer] += count(r.Offer != "")
		}
	}
	var frequent, always float64
	for customer, n := range purchases {
		if n >= 5 {
			frequent++
			always += float64(count(offers[customer] == n))
		}
	}
	return always / frequent
}

func TestBargainHuntersArePlanted(t *testing.T) {
	cfg := shop.Default()
	if share := alwaysDiscounted(defaults()); share < 0.03 || share > cfg.Bargain {
		t.Errorf("%.3f of frequent customers buy only at a discount", share)
	}
	cfg.Bargain = 0
	if share := alwaysDiscounted(simulate(cfg)); share > 0.01 {
		t.Errorf("without: %.3f of frequent customers buy only at a discount", share)
	}
}

// suppliesShares returns the share of purchases without a job that have supplies,
// among the first two receipts of a customer and from the eighth on.
func suppliesShares(receipts []Receipt) (early, late float64) {
	var with, all [2]float64
	seen := make(map[int64]int)
	for _, r := range receipts {
		if r.IsRefund() {
			continue
		}
		seen[r.Customer]++
		n := seen[r.Customer]
		if n > 2 && n < 8 || r.Need != "" || r.Lines[0].Role == clientele.LeadMagnet {
			continue
		}
		has := false
		for _, l := range r.Lines {
			has = has || l.Category == "supplies"
		}
		side := count(n >= 8)
		all[side]++
		with[side] += float64(count(has))
	}
	return with[0] / all[0], with[1] / all[1]
}

func TestRegularsFavourSupplies(t *testing.T) {
	cfg := shop.Default()
	if early, late := suppliesShares(defaults()); late < early+0.2 {
		t.Errorf("supplies are in %.2f of early and %.2f of late receipts", early, late)
	}
	cfg.Loyalty = 0
	if early, late := suppliesShares(simulate(cfg)); math.Abs(late-early) > 0.05 {
		t.Errorf("without: supplies are in %.2f of early and %.2f of late receipts", early, late)
	}
}

// serveCosts returns the mean cost to serve a receipt of one line online, in the
// first quarter year of a customer and after a year.
func serveCosts(receipts []Receipt) (early, late float64) {
	var sum, n [2]float64
	first := make(map[int64]Receipt)
	for _, r := range receipts {
		if _, known := first[r.Customer]; !known {
			first[r.Customer] = r
		}
		if r.IsRefund() || r.Staff != "" || len(r.Lines) != 1 || r.Lines[0].Role == clientele.LeadMagnet {
			continue
		}
		days := r.At.Sub(first[r.Customer].At).Hours() / 24
		if days > 91 && days < 365 {
			continue
		}
		side := count(days >= 365)
		sum[side] += r.ServeCost.InexactFloat64()
		n[side]++
	}
	return sum[0] / n[0], sum[1] / n[1]
}

func TestTenureSavesCost(t *testing.T) {
	cfg := shop.Default()
	if early, late := serveCosts(defaults()); late/early > 0.85 || late/early < 0.7 {
		t.Errorf("serving costs %.2f early and %.2f after a year", early, late)
	}
	cfg.TenureSaving = 0
	if early, late := serveCosts(simulate(cfg)); math.Abs(late/early-1) > 0.03 {
		t.Errorf("without: serving costs %.2f early and %.2f after a year", early, late)
	}
}

// purchasesAfterMug returns the mean number of further receipts of customers who
// got a mug at the second deal and of those who did not but have one behind.
func purchasesAfterMug(receipts []Receipt) (with, without float64) {
	type customer struct {
		deals, after int
		jobs         map[string]bool
		mug          bool
	}
	base := make(map[int64]*customer)
	for _, r := range receipts {
		if r.IsRefund() || r.Lines[0].Role == clientele.LeadMagnet {
			continue
		}
		c := base[r.Customer]
		if c == nil {
			c = &customer{jobs: make(map[string]bool)}
			base[r.Customer] = c
		}
		if c.jobs[r.Need] {
			continue // a later receipt of a deal
		}
		c.jobs[r.Need] = r.Need != ""
		c.deals++
		c.after += count(c.deals > 2)
		for _, l := range r.Lines {
			c.mug = c.mug || l.Product == "Thank-you mug"
		}
	}
	var sum, n [2]float64
	for _, c := range base {
		if c.deals >= 2 {
			side := count(!c.mug)
			sum[side] += float64(c.after)
			n[side]++
		}
	}
	return sum[0] / n[0], sum[1] / n[1]
}

func TestGiftBringsCustomersBack(t *testing.T) {
	cfg := shop.Default()
	if with, without := purchasesAfterMug(defaults()); with < 1.15*without {
		t.Errorf("%.2f deals follow a gift and %.2f none", with, without)
	}
	cfg.GiftPull = 0
	if with, without := purchasesAfterMug(simulate(cfg)); math.Abs(with/without-1) > 0.12 {
		t.Errorf("without: %.2f deals follow a gift and %.2f none", with, without)
	}
}

func TestChannelsDiffer(t *testing.T) {
	purchases, customers := make(map[string]float64), make(map[string]float64)
	home := make(map[int64]string)
	for _, r := range defaults() {
		if r.IsRefund() {
			continue
		}
		if home[r.Customer] == "" {
			home[r.Customer] = r.Channel
			customers[r.Channel]++
		}
		purchases[home[r.Customer]]++
	}
	perCustomer := func(channel string) float64 { return purchases[channel] / customers[channel] }
	if a, b, c := perCustomer("referral"), perCustomer("search"), perCustomer("social"); a < 1.3*b || b < 1.3*c {
		t.Errorf("purchases per customer: referral %.2f, search %.2f, social %.2f", a, b, c)
	}
}

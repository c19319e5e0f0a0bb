package account

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// gathered is one shop: its accounts and jobs, gathered in some order and shards, and its deals
// in that order.
type gathered struct {
	accounts *Accounts[int64]
	jobs     *Jobs[int64]
	deals    []clientele.Deal[int64]
}

// gather gathers the deals in shards, which are merged from the front or the back.
func gather(deals []clientele.Deal[int64], shards int, back bool) gathered {
	cfg := Config{
		AsOf: receipttest.Noon(300), Payback: true,
		Book: clientele.PriceBook{
			{Category: "x", Product: "a", Price: receipttest.Dec("1")},
			{Category: "x", Product: "b", Price: receipttest.Dec("2")},
			{Category: "x", Product: "c", Price: receipttest.Dec("4")},
		},
		Campaigns: []Campaign{{receipttest.Noon(20), receipttest.Noon(45)}, {receipttest.Noon(150), receipttest.Noon(170)}},
	}
	var all []gathered
	for part := range slices.Chunk(deals, (len(deals)+shards-1)/shards) {
		g := gathered{verify.Must(New[int64](nil, cfg)), verify.Must(NewJobs(cfg, jobOf)), deals}
		for _, d := range part {
			if err := g.accounts.AddDeal(d); err != nil {
				panic(err)
			}
			if err := g.accounts.AddAcquisition(d.Customer, decimal.New(d.Customer, -2)); err != nil {
				panic(err)
			}
			if err := g.jobs.AddDeal(d); err != nil {
				panic(err)
			}
		}
		all = append(all, g)
	}
	if back {
		slices.Reverse(all)
	}
	for _, g := range all[1:] {
		if err := all[0].accounts.Merge(g.accounts); err != nil {
			panic(err)
		}
		if err := all[0].jobs.Merge(g.jobs); err != nil {
			panic(err)
		}
	}
	return all[0]
}

func jobOf(d *clientele.Deal[int64]) string {
	return fmt.Sprint("job ", d.Receipts[0].Lines[0].Quantity.IntPart()%3)
}
func groupOf(id int64) string { return fmt.Sprint("kind ", id%3) }

// unevenShop draws deals of amounts whose sums as float64s depend on their order.
func unevenShop() []clientele.Deal[int64] {
	r := rand.New(rand.NewPCG(4, 5))
	var all []clientele.Receipt[int64]
	for customer := range int64(60) {
		for day := 1 + r.IntN(200); day < 320; day += 1 + r.IntN(60) {
			price := fmt.Sprintf("%.2f", 0.1+40*r.Float64())
			if r.IntN(20) == 0 {
				price = "12345678901234567890123.45"
			}
			sold := receipttest.On(day, customer, fmt.Sprintf("%.2f", 3*r.Float64()),
				receipttest.Item(string(rune('a'+r.IntN(4))), "x", fmt.Sprint(1+r.IntN(3)), price, "30.10", "0.70"))
			if by := r.Int64N(60); by != customer && r.IntN(4) == 0 {
				sold.ReferredBy = &by
			}
			all = append(all, sold)
		}
	}
	return sales(all...)
}

// inAnyOrder are all answers that are made of deals or accounts.
var inAnyOrder = map[string]func(gathered) any{
	"ByDealNumber": func(g gathered) any {
		cfg := DealNumberConfig{AsOf: receipttest.Noon(300), Calendar: clientele.Calendar{Unit: clientele.Month}}
		return verify.Must(ByDealNumber(clientele.All(g.deals), cfg))
	},
	"ByTenure": func(g gathered) any {
		cfg := TenureConfig{AsOf: receipttest.Noon(300), Starts: []clientele.Days{0, 30, 90}, Calendar: clientele.Calendar{Unit: clientele.Month}}
		return verify.Must(ByTenure(clientele.All(g.deals), cfg))
	},
	"NewPage": func(g gathered) any {
		own := slices.DeleteFunc(slices.Clone(g.deals), func(d clientele.Deal[int64]) bool { return d.Customer != 7 })
		return verify.Must(NewPage(own, PageConfig{AsOf: receipttest.Noon(300)}))
	},
	"Accounts.All":                 func(g gathered) any { return maps.Collect(g.accounts.All()) },
	"Accounts.AppendBinary":        func(g gathered) any { return verify.Must(g.accounts.AppendBinary(nil)) },
	"Accounts.MarshalBinary":       func(g gathered) any { return verify.Must(g.accounts.MarshalBinary()) },
	"Accounts.Buyers":              func(g gathered) any { return g.accounts.Buyers() },
	"Accounts.By":                  func(g gathered) any { return verify.Must(g.accounts.By(groupOf, 0)) },
	"Accounts.Categories":          func(g gathered) any { return g.accounts.Categories() },
	"Accounts.DiscountSensitivity": func(g gathered) any { return verify.Must(g.accounts.DiscountSensitivity(groupOf, 0)) },
	"Accounts.Later":               func(g gathered) any { return g.accounts.Later() },
	"Accounts.Len":                 func(g gathered) any { return g.accounts.Len() },
	"Accounts.Of": func(g gathered) any {
		a, _ := g.accounts.Of(7)
		return []any{a, a.Figures()}
	},
	"Accounts.Payback": func(g gathered) any {
		p, _, err := g.accounts.Payback(7)
		return []any{p, err}
	},
	"Accounts.Paybacks": func(g gathered) any { return maps.Collect(verify.Must(g.accounts.Paybacks())) },
	"Accounts.TopGroups": func(g gathered) any {
		label := verify.Must(g.accounts.TopGroups(groupOf, 2, Account.Profit, "other"))
		var all []string
		for id := range int64(60) {
			all = append(all, label(id))
		}
		return all
	},
	"Accounts.Total": func(g gathered) any { return g.accounts.Total() },
	"Jobs.By":        func(g gathered) any { return verify.Must(g.jobs.By(0)) },
	"Jobs.Later":     func(g gathered) any { return g.jobs.Later() },
	"Jobs.Of": func(g gathered) any {
		a, _ := g.jobs.Of("job 1")
		return verify.Must(a.MarshalBinary())
	},
	"Jobs.Total": func(g gathered) any { return g.jobs.Total() },
}

// The same deals in another order, in shards merged from either end, give the same bytes.
func TestAnswersInAnyOrder(t *testing.T) {
	receipttest.InAnyOrder(t, unevenShop(), gather, inAnyOrder)
}

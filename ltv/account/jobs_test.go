package account

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// kindOf is the job of a deal: the kind of its need, without the number.
func kindOf(d *clientele.Deal[int64]) string {
	kind := d.Need
	for kind != "" && kind[len(kind)-1] <= '9' {
		kind = kind[:len(kind)-1]
	}
	return kind
}

// twoJobs are deals of one customer: repairs that cost more than they bring, a kitchen, and
// something of no known need.
func twoJobs() []clientele.Deal[int64] {
	deal := func(day int, need, price, cost, serve string) clientele.Deal[int64] {
		r := receipttest.On(day, 1, serve, receipttest.Item(need, "x", "1", price, "", cost))
		r.Need = need
		return clientele.Deal[int64]{Customer: 1, Need: need, Receipts: []clientele.Receipt[int64]{r}, Sale: true, SoldAt: r.At}
	}
	return []clientele.Deal[int64]{
		deal(1, "repair1", "100", "20", "110"), deal(5, "kitchen2", "300", "100", "20"), deal(9, "repair3", "200", "40", "310"), deal(12, "", "9.99", "5", "0"),
	}
}

func jobsOf(t testing.TB, deals ...clientele.Deal[int64]) *Jobs[int64] {
	t.Helper()
	j := verify.Must(NewJobs(Config{AsOf: receipttest.Noon(31)}, kindOf))
	if err := j.AddDeals(clientele.All(deals)); err != nil {
		t.Fatal(err)
	}
	return j
}

// One customer, two jobs of equal revenue, opposite profit.
func TestJobs(t *testing.T) {
	j := jobsOf(t, twoJobs()...)
	rows := verify.Must(j.By(0))
	if len(rows) != 3 || rows[0].Group != "" || rows[1].Group != "kitchen" || rows[2].Group != "repair" {
		t.Fatalf("%+v", rows)
	}
	for i, want := range []struct {
		deals           int
		revenue, profit string
	}{{1, "9.99", "4.99"}, {1, "300", "180"}, {2, "300", "-180"}} {
		if rows[i].Deals != want.deals || rows[i].Customers != 1 || rows[i].Buyers != 1 {
			t.Errorf("%+v", rows[i])
		}
		verify.Money(t, "revenue", rows[i].Revenue, want.revenue)
		verify.Money(t, "profit", rows[i].Profit(), want.profit)
	}
	verify.Money(t, "total", j.Total().Profit(), "4.99")
	if err := j.AddAcquisition("kitchen", 1, receipttest.Dec("30")); err != nil {
		t.Fatal(err)
	}
	kitchen, ok := j.Of("kitchen")
	if !ok {
		t.Fatal("no kitchen")
	}
	verify.Money(t, "after the acquisition", kitchen.Total().Profit(), "150")
	verify.Money(t, "total after it", j.Total().Profit(), "-25.01")
	if none, ok := j.Of("garden"); ok || none != nil {
		t.Error("a job that nobody did")
	}
}

func TestJobsRefuse(t *testing.T) {
	_, err := NewJobs(Config{}, kindOf)
	verify.ConfigError(t, err, "account.NewJobs", "AsOf")
	_, err = NewJobs[int64](Config{AsOf: receipttest.Noon(31)}, nil)
	verify.InputError(t, err, "account.NewJobs", -1, "job", clientele.ErrMissing)

	euro, dollar := twoJobs()[0], twoJobs()[1]
	euro.Receipts[0].Currency, dollar.Receipts[0].Currency = "EUR", "USD"
	j := jobsOf(t, euro)
	before := verify.Must(j.By(0))
	verify.InputError(t, j.AddDeal(dollar), "account.Jobs.AddDeal", -1, "Receipts[0].Currency", clientele.ErrMismatch)
	verify.InputError(t, j.AddDeal(clientele.Deal[int64]{}), "account.Jobs.AddDeal", -1, "Receipts", clientele.ErrMissing)
	verify.InputError(t, j.AddDeals(nil), "account.Jobs.AddDeals", -1, "src", clientele.ErrMissing)
	verify.InputError(t, j.AddDeals(clientele.All([]clientele.Deal[int64]{dollar})), "account.Jobs.AddDeals", 0, "Receipts[0].Currency", clientele.ErrMismatch)
	verify.InputError(t, j.AddAcquisition("x", 1, receipttest.Dec("-1")), "account.Jobs.AddAcquisition", -1, "cost", clientele.ErrNegative)
	verify.InputError(t, j.Merge(nil), "account.Jobs.Merge", -1, "jobs", clientele.ErrMissing)
	verify.InputError(t, j.Merge(jobsOf(t, dollar)), "account.Jobs.Merge", -1, "Currency", clientele.ErrMismatch)
	verify.InputError(t, j.Merge(verify.Must(NewJobs(Config{AsOf: receipttest.Noon(30)}, kindOf))), "account.Jobs.Merge", -1, "Config.AsOf", clientele.ErrMismatch)
	_, err = j.By(95)
	verify.InputError(t, err, "account.Jobs.By", -1, "level", clientele.ErrRange)
	if after := verify.Must(j.By(0)); !reflect.DeepEqual(after, before) {
		t.Errorf("what was refused changed %+v to %+v", before, after)
	}
	for _, unable := range []*Jobs[int64]{nil, {}} {
		_, err := unable.By(0)
		for name, err := range map[string]error{
			"By": err, "AddDeal": unable.AddDeal(euro), "AddDeals": unable.AddDeals(nil), "AddAcquisition": unable.AddAcquisition("", 1, decimal.Decimal{}),
		} {
			verify.InputError(t, err, "account.Jobs."+name, -1, "Config", clientele.ErrMissing)
		}
	}
	if err := new(Jobs[int64]).Merge(new(Jobs[int64])); err != nil {
		t.Error(err)
	}
	if _, err := json.Marshal(j); err == nil || json.Unmarshal([]byte("{}"), j) == nil {
		t.Error("jobs have a JSON form")
	}
}

// Invariant: the order of deals, shards, a clone and a reset change nothing, and jobs add up
// to accounts without them, to the last digit.
func TestJobsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := drawAccountConfig(t)
		receipts := receipttest.Draw(t, true)
		for i := range receipts {
			receipts[i].Need = rapid.SampledFrom([]string{"", "repair1", "repair2", "kitchen1"}).Draw(t, "need")
		}
		var deals []clientele.Deal[int64]
		for d, err := range clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 5}) {
			if err != nil {
				t.Fatal(err)
			}
			deals = append(deals, d)
		}
		whole := verify.Must(New(new(clientele.Roster[int64]), cfg))
		mixed := rapid.Permutation(deals).Draw(t, "mixed")
		cut := rapid.IntRange(0, len(mixed)).Draw(t, "cut")
		jobs := [...]*Jobs[int64]{verify.Must(NewJobs(cfg, kindOf)), verify.Must(NewJobs(cfg, kindOf)), verify.Must(NewJobs(cfg, kindOf)), new(Jobs[int64])}
		one, left, right, zero := jobs[0], jobs[1], jobs[2], jobs[3]
		for _, err := range []error{
			whole.AddDeals(clientele.All(deals)), one.AddDeals(clientele.All(deals)),
			left.AddDeals(clientele.All(mixed[:cut])), right.AddDeals(clientele.All(mixed[cut:])),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		want, merged := verify.Must(one.By(0)), left.Clone()
		for _, err := range []error{merged.Merge(right), zero.Merge(left), zero.Merge(right)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		left.Reset()
		if err := left.AddDeals(clientele.All(mixed)); err != nil {
			t.Fatal(err)
		}
		for name, j := range map[string]*Jobs[int64]{"merged": merged, "zero": zero, "after a reset": left} {
			if got := verify.Must(j.By(0)); !sameJSON(got, want) || j.Later() != one.Later() {
				t.Fatalf("%s: %+v, want %+v", name, got, want)
			}
			if got := j.Total(); !sameJSON(got, whole.Total()) || j.Later() != whole.Later() {
				t.Fatalf("%s: total %+v, want %+v", name, got, whole.Total())
			}
		}
		var profit decimal.Decimal
		for _, row := range want {
			profit = profit.Add(row.Profit())
		}
		if !profit.Equal(whole.Total().Profit()) {
			t.Fatalf("profits add up to %v, want %v", profit, whole.Total().Profit())
		}
	})
}

// sameJSON compares values that have amounts of money.
func sameJSON(a, b any) bool {
	return string(verify.Must(json.Marshal(a))) == string(verify.Must(json.Marshal(b)))
}

package shop_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

type Receipt = clientele.Receipt[int64]

// simulate runs a configuration from a fixed seed.
func simulate(cfg shop.Config) []Receipt { return shop.Simulate(cfg, rand.NewPCG(1, 1)) }

// defaults are the receipts of the default configuration, which tests only read.
var defaults = sync.OnceValue(func() []Receipt { return simulate(shop.Default()) })

// small is Default with fewer customers.
func small() shop.Config {
	cfg := shop.Default()
	cfg.Customers = 300
	return cfg
}

func TestSimulateIsDeterministic(t *testing.T) {
	first, again := simulate(small()), simulate(small())
	if !reflect.DeepEqual(first, again) {
		t.Error("the same seed gives other receipts")
	}
	if other := shop.Simulate(small(), rand.NewPCG(1, 2)); reflect.DeepEqual(first, other) {
		t.Error("another seed gives the same receipts")
	}
}

// checkReceipts tests what holds for the receipts of every configuration.
func checkReceipts(t rapid.TB, cfg shop.Config, receipts []Receipt) {
	t.Helper()
	zone := cfg.Zone
	if zone == nil {
		zone = time.UTC
	}
	end := cfg.Start.AddDate(0, 0, 7*cfg.Weeks)
	before := make(map[string]Receipt)
	for i, r := range receipts {
		if err := r.Validate(); err != nil {
			t.Fatalf("receipt %d: %v", i, err)
		}
		if r.At.Before(cfg.Start) || !r.At.Before(end) || r.At.Location() != time.UTC {
			t.Fatalf("receipt %s is at %v", r.No, r.At)
		}
		if i > 0 && (r.At.Before(receipts[i-1].At) || r.No <= receipts[i-1].No) {
			t.Fatalf("receipt %s at %v follows %s at %v", r.No, r.At, receipts[i-1].No, receipts[i-1].At)
		}
		if local := r.At.In(zone); r.Staff != "" && (local.Hour() < 9 || local.Hour() > 19 || local.Weekday() == time.Sunday) {
			t.Fatalf("receipt %s: the store sells at %v", r.No, local)
		}
		if original, ok := before[r.RefundOf]; r.IsRefund() && (!ok || original.Customer != r.Customer || original.IsRefund()) {
			t.Fatalf("receipt %s takes back %q", r.No, r.RefundOf)
		}
		checkMoney(t, r)
		before[r.No] = r
	}
	for _, err := range clientele.Net(clientele.All(receipts)) {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// checkMoney tests that amounts have at most two decimals and a discount is below
// the list price.
func checkMoney(t rapid.TB, r Receipt) {
	t.Helper()
	for _, l := range r.Lines {
		for _, d := range []decimal.Decimal{l.Price, l.ListPrice, l.Cost, r.ServeCost} {
			if d.Exponent() < -2 {
				t.Fatalf("receipt %s: amount %v", r.No, d)
			}
		}
		if !l.ListPrice.IsZero() && (r.Offer == "" && !r.IsRefund() || !l.Price.LessThan(l.ListPrice)) {
			t.Fatalf("receipt %s: %s costs %v instead of %v, offer %q", r.No, l.Product, l.Price, l.ListPrice, r.Offer)
		}
	}
}

func TestReceiptsHoldTogether(t *testing.T) {
	cfg := shop.Default()
	checkReceipts(t, cfg, defaults())
}

func TestReceiptsHoldTogetherForAnyConfig(t *testing.T) {
	share := rapid.Float64Range(0, 1)
	rapid.Check(t, func(t *rapid.T) {
		cfg := shop.Default()
		cfg.Customers = rapid.IntRange(1, 40).Draw(t, "customers")
		cfg.Weeks = rapid.IntRange(1, 60).Draw(t, "weeks")
		cfg.Start = cfg.Start.AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "start"))
		if rapid.Bool().Draw(t, "utc") {
			cfg.Zone = nil
			cfg.Start = cfg.Start.UTC().Truncate(24 * time.Hour)
		}
		for _, field := range []*float64{
			&cfg.Roaming, &cfg.Needs, &cfg.Leads, &cfg.Conversion,
			&cfg.Refunds, &cfg.Bargain, &cfg.Loyalty, &cfg.TenureSaving, &cfg.GiftPull,
		} {
			*field = share.Draw(t, "share")
		}
		seed := rapid.Uint64().Draw(t, "seed")
		checkReceipts(t, cfg, shop.Simulate(cfg, rand.NewPCG(seed, 0)))
	})
}

func TestDefaultIsBelievable(t *testing.T) {
	receipts := defaults()
	customers := make(map[int64]bool)
	var lines, refunds, offers, needs, leads, staffed, gifts, december int
	for _, r := range receipts {
		customers[r.Customer] = true
		lines += len(r.Lines)
		refunds += count(r.IsRefund())
		offers += count(r.Offer != "")
		needs += count(r.Need != "")
		leads += count(r.Lines[0].Role == clientele.LeadMagnet && !r.IsRefund())
		staffed += count(r.Staff != "")
		december += count(r.At.Month() == time.December)
		for _, l := range r.Lines {
			gifts += count(l.Role == clientele.Gift)
		}
	}
	n := float64(len(receipts))
	for _, check := range []struct {
		name        string
		got, lo, hi float64
	}{
		{"receipts", n, 10_000, 20_000},
		{"customers", float64(len(customers)), 2_900, 3_000},
		{"lines per receipt", float64(lines) / n, 1.4, 2.2},
		{"share of refunds", float64(refunds) / n, 0.02, 0.04},
		{"share with an offer", float64(offers) / n, 0.1, 0.3},
		{"share with a need", float64(needs) / n, 0.3, 0.6},
		{"leads", float64(leads), 380, 520},
		{"share in the store", float64(staffed) / n, 0.15, 0.35},
		{"share in December", float64(december) / n, 0.11, 0.2},
		{"gifts", float64(gifts), 500, 2_500},
	} {
		if !(check.lo <= check.got && check.got <= check.hi) {
			t.Errorf("%s: %v is outside %v to %v", check.name, check.got, check.lo, check.hi)
		}
	}
}

// count is 1 for true.
func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestReferralsNameAnEarlierBuyer(t *testing.T) {
	buyers := make(map[int64]bool)
	seen := make(map[int64]bool)
	referred := 0
	for _, r := range defaults() {
		if r.ReferredBy != nil {
			referred++
			if seen[r.Customer] {
				t.Errorf("receipt %s: a known customer is referred", r.No)
			}
			if !buyers[*r.ReferredBy] {
				t.Errorf("receipt %s: %d recommends before buying", r.No, *r.ReferredBy)
			}
		}
		seen[r.Customer] = true
		if r.Lines[0].Role != clientele.LeadMagnet {
			buyers[r.Customer] = true
		}
	}
	if referred < 300 {
		t.Errorf("only %d referrals", referred)
	}
}

func TestJobsBringDeferredAddOns(t *testing.T) {
	type job struct {
		customer int64
		need     string
	}
	opened := make(map[job]time.Time)
	later := 0
	for _, r := range defaults() {
		if r.Need == "" || r.IsRefund() || r.Lines[0].Role == clientele.LeadMagnet {
			continue
		}
		start, known := opened[job{r.Customer, r.Need}]
		if !known {
			opened[job{r.Customer, r.Need}] = r.At
			continue
		}
		later++
		if r.At.Before(start) {
			t.Errorf("receipt %s continues a job that begins later", r.No)
		}
		for _, l := range r.Lines {
			if l.Role != clientele.AddOn {
				t.Errorf("receipt %s: %s is no add-on of %s", r.No, l.Product, r.Need)
			}
		}
	}
	if share := float64(later) / float64(len(opened)); share < 0.3 || share > 0.7 {
		t.Errorf("%.2f later receipts a job", share)
	}
}

func TestConfigValidate(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*shop.Config)
		field  string
		kind   error
	}{
		{"no customers", func(c *shop.Config) { c.Customers = 0 }, "Customers", clientele.ErrRange},
		{"no weeks", func(c *shop.Config) { c.Weeks = -1 }, "Weeks", clientele.ErrRange},
		{"no start", func(c *shop.Config) { c.Start = time.Time{} }, "Start", clientele.ErrZeroTime},
		{"no shape", func(c *shop.Config) { c.Rate.Shape = 0 }, "Rate.Shape", clientele.ErrRange},
		{"negative mean", func(c *shop.Config) { c.Dropout.Mean = -1 }, "Dropout.Mean", clientele.ErrRange},
		{"share above one", func(c *shop.Config) { c.Refunds = 1.1 }, "Refunds", clientele.ErrRange},
		{"negative share", func(c *shop.Config) { c.Leads = -0.1 }, "Leads", clientele.ErrRange},
		{"share is no number", func(c *shop.Config) { c.Needs = math.NaN() }, "Needs", clientele.ErrRange},
		{"no channels", func(c *shop.Config) { c.Channels = nil }, "Channels", clientele.ErrMissing},
		{"nameless channel", func(c *shop.Config) { c.Channels[1].Name = "" }, "Channels[1].Name", clientele.ErrMissing},
		{"channel twice", func(c *shop.Config) { c.Channels[1].Name = "search" }, "Channels[1].Name", clientele.ErrDuplicate},
		{"channel without share", func(c *shop.Config) { c.Channels[2].Share = 0 }, "Channels[2].Share", clientele.ErrRange},
		{"extreme taste", func(c *shop.Config) { c.Channels[0].Spend = 9 }, "Channels[0].Spend", clientele.ErrRange},
		{"unknown product", func(c *shop.Config) { c.Bundle.Product = "Kite" }, "Bundle.Product", clientele.ErrUnknown},
		{"bundle with itself", func(c *shop.Config) { c.Bundle.With = c.Bundle.Product }, "Bundle.With", clientele.ErrDuplicate},
		{"unknown channel", func(c *shop.Config) { c.Bundle.Channel = "fair" }, "Bundle.Channel", clientele.ErrUnknown},
	} {
		t.Run(test.name, func(t *testing.T) {
			cfg := shop.Default()
			test.change(&cfg)
			err := cfg.Validate()
			if !errors.Is(err, clientele.ErrConfig) || !errors.Is(err, test.kind) {
				t.Fatalf("error is %v", err)
			}
			verify.ConfigError(t, err, "shop.Config.Validate", test.field)
		})
	}
	if err := shop.Default().Validate(); err != nil {
		t.Error(err)
	}
}

func TestConfigReportsAllFaults(t *testing.T) {
	fault, ok := errors.AsType[*clientele.ConfigError](shop.Config{}.Validate())
	if !ok || len(fault.Faults) != 8 {
		t.Errorf("the zero configuration has the faults %v", fault)
	}
}

func TestSimulatePanicsOnBadConfig(t *testing.T) {
	defer func() {
		if err, ok := recover().(error); !ok || !errors.Is(err, clientele.ErrConfig) {
			t.Errorf("recovered %v", err)
		}
	}()
	simulate(shop.Config{})
}

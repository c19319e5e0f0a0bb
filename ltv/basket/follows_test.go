package basket

import (
	"encoding/json"
	"maps"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"pgregory.net/rapid"
)

// followsOf returns the follows of receipts.
func followsOf(t testing.TB, cfg FollowsConfig, receipts ...clientele.Receipt[int64]) *Follows[int64] {
	t.Helper()
	f := verify.Must(NewFollows[int64](nil, cfg))
	if err := clientele.FeedReceipts(clientele.All(receipts), f); err != nil {
		t.Fatal(err)
	}
	return f
}

// boxes asks who buys a box after a television within a week, up to the n-th day.
func boxes(day int) FollowsConfig {
	return FollowsConfig{AsOf: receipttest.Noon(day), Sequences: []Sequence{{"TV", "Apple TV"}}, Within: 7}
}

// Fifty buy a box six days after the television: all within a week, none within five days.
func TestFollows(t *testing.T) {
	got := verify.Must(followsOf(t, boxes(8), televisions()...).Report(0))[0]
	if got.Buyers != 50 || got.Watched != 50 || got.Followed != 50 || got.Share.Value != 1 || got.LowerQuartile != 6 || got.Median != 6 || got.UpperQuartile != 6 {
		t.Errorf("%+v", got)
	}
	soon := boxes(8)
	soon.Within = 5
	if got := verify.Must(followsOf(t, soon, televisions()...).Report(0))[0]; got.Watched != 50 || got.Followed != 0 || got.Median != 0 || got.Share.Level != 0.95 {
		t.Errorf("%+v", got)
	}
	if got := verify.Must(followsOf(t, boxes(7), televisions()...).Report(0))[0]; got.TooRecent != 50 || got.Share != (clientele.Estimate{}) {
		t.Errorf("%+v", got)
	}
}

// one is a receipt of a product.
func one(day int, customer int64, product string) clientele.Receipt[int64] {
	return receipttest.On(day, customer, "0", receipttest.Item(product, "video", "1", "5", "", "1"))
}

// Each buyer of the first item is counted once.
func TestFollowsCountsEveryBuyerOnce(t *testing.T) {
	gift, void := one(2, 8, "Apple TV"), clientele.Receipt[int64]{Customer: 1, At: receipttest.Noon(5), Void: true}
	gift.Lines[0].Role = clientele.Gift
	f := followsOf(
		t, boxes(20),
		one(1, 1, "TV"), one(8, 1, "Apple TV"), one(2, 1, "TV"), // within, at the end
		one(1, 2, "TV"), one(9, 2, "Apple TV"), // later
		one(1, 3, "TV"), one(1, 3, "Apple TV"), one(3, 3, "Apple TV"), // together
		one(5, 4, "TV"), one(4, 4, "Apple TV"), one(6, 4, "Apple TV"), // before
		one(13, 5, "TV"), one(15, 5, "Apple TV"), // watched to the end
		one(14, 6, "TV"), one(15, 6, "Apple TV"), // too recent
		one(14, 7, "TV"),                        // too recent, and open
		one(1, 8, "TV"), gift, one(3, 8, "rug"), // given, not bought
		one(2, 9, "Apple TV"), receipttest.Refund(3, 1, "5"), void,
		one(21, 10, "TV"),
	)
	got := verify.Must(f.Report(0.9))[0]
	want := Follow{Sequence: Sequence{"TV", "Apple TV"}, Buyers: 8, Before: 1, Together: 1, TooRecent: 2, Watched: 4, Followed: 2, LowerQuartile: 3.25, Median: 4.5, UpperQuartile: 5.75}
	want.Share = shareOf(2, 4, 0.9)
	if got != want || f.Later() != 1 {
		t.Errorf("%+v, want %+v", got, want)
	}
	if open := maps.Collect(verify.Must(f.Open("TV", "Apple TV"))); !reflect.DeepEqual(open, map[int64]time.Time{7: receipttest.Noon(14)}) {
		t.Errorf("open %v", open)
	}
	for range verify.Must(f.Open("TV", "Apple TV")) {
		break
	}
}

// Moments at the ends of what a time may be have a distance all the same.
func TestFollowsFarApart(t *testing.T) {
	early, late := one(1, 1, "TV"), one(1, 1, "Apple TV")
	early.At, late.At = time.Date(1678, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2261, 1, 1, 0, 0, 0, 0, time.UTC)
	cfg := boxes(1)
	cfg.AsOf, cfg.Within = late.At, 106_751
	if got := verify.Must(followsOf(t, cfg, early, late).Report(0))[0]; got.Watched != 1 || got.Followed != 0 {
		t.Errorf("%+v", got)
	}
}

func TestFollowsByCategory(t *testing.T) {
	cfg := FollowsConfig{AsOf: receipttest.Noon(30), Sequences: []Sequence{{"office", "food"}}, Within: 7, By: ByCategory}
	f := followsOf(t, cfg, receipttest.On(1, 1, "0", receipttest.Item("desk", "office", "1", "9", "", "1")), receipttest.On(3, 1, "0", receipttest.Item("bun", "food", "1", "9", "", "1")))
	if got := verify.Must(f.Report(0))[0]; got.Followed != 1 || got.Median != 2 {
		t.Errorf("%+v", got)
	}
}

func TestFollowsRefuse(t *testing.T) {
	_, err := NewFollows[int64](nil, FollowsConfig{By: 9})
	verify.ConfigError(t, err, "basket.NewFollows", "AsOf", "Sequences", "Within", "By")
	bad := boxes(1)
	bad.Within, bad.Sequences = -1, []Sequence{{"a", "b"}, {"a", "a"}, {"a", "b"}, {"", "b"}, {"a", ""}, {}}
	_, err = NewFollows[int64](nil, bad)
	verify.ConfigError(t, err, "basket.NewFollows", "Sequences[1].Then", "Sequences[2]", "Sequences[3].First", "Sequences[4].Then", "Sequences[5].First", "Sequences[5].Then", "Within")

	f, r := followsOf(t, boxes(8)), one(1, 1, "TV")
	_, err = f.Report(2)
	verify.InputError(t, err, "basket.Follows.Report", -1, "level", clientele.ErrRange)
	_, err = f.Open("Apple TV", "TV")
	verify.InputError(t, err, "basket.Follows.Open", -1, "sequence", clientele.ErrUnknown)
	verify.InputError(t, f.Merge(nil), "basket.Follows.Merge", -1, "follows", clientele.ErrMissing)
	verify.InputError(t, f.Merge(followsOf(t, boxes(9))), "basket.Follows.Merge", -1, "Config.AsOf", clientele.ErrMismatch)
	for field, change := range map[string]func(*FollowsConfig){
		"Within": func(c *FollowsConfig) { c.Within++ }, "By": func(c *FollowsConfig) { c.By = ByCategory },
		"Sequences": func(c *FollowsConfig) { c.Sequences = []Sequence{{"a", "b"}} },
	} {
		cfg := boxes(8)
		change(&cfg)
		verify.InputError(t, f.Merge(followsOf(t, cfg)), "basket.Follows.Merge", -1, "Config."+field, clientele.ErrMismatch)
	}
	for _, unable := range []*Follows[int64]{nil, {}} {
		_, err := unable.Open("a", "b")
		verify.InputError(t, err, "basket.Follows.Open", -1, "Config", clientele.ErrMissing)
		_, err = unable.Report(0)
		verify.InputError(t, err, "basket.Follows.Report", -1, "Config", clientele.ErrMissing)
		verify.InputError(t, unable.AddReceipt(&r), "basket.Follows.AddReceipt", -1, "Config", clientele.ErrMissing)
	}
	if err := new(Follows[int64]).Merge(new(Follows[int64])); err != nil {
		t.Error(err)
	}
	if _, err := json.Marshal(f); err == nil || json.Unmarshal([]byte("{}"), f) == nil {
		t.Error("follows have a JSON form")
	}
	var row Follow
	if err := json.Unmarshal(verify.Must(json.Marshal(verify.Must(f.Report(0))[0])), &row); err != nil || row != verify.Must(f.Report(0))[0] {
		t.Error(row, err)
	}
}

// Invariant: the order of receipts, shards with rosters of their own or a common one, a
// clone and a reset change nothing, and every count is that of looking at each customer.
func TestFollowsMergeAsOnePass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := FollowsConfig{AsOf: receipttest.Noon(31), Sequences: []Sequence{{"a", "b"}, {"b", "a"}, {"a", "c"}}, Within: clientele.Days(rapid.IntRange(1, 20).Draw(t, "within"))}
		receipts := receipttest.Draw(t, false)
		whole := verify.Must(NewFollows[int64](nil, cfg))
		feed(t, whole, receipts)
		want := verify.Must(whole.Report(0))
		for i, s := range cfg.Sequences {
			if got := want[i]; !reflect.DeepEqual(countFollow(receipts, cfg, s), [6]int64{got.Buyers, got.Before, got.Together, got.TooRecent, got.Watched, got.Followed}) {
				t.Fatalf("%+v", got)
			}
		}
		mixed := rapid.Permutation(receipts).Draw(t, "mixed")
		cut := rapid.IntRange(0, len(mixed)).Draw(t, "cut")
		roster := new(clientele.Roster[int64])
		left := verify.Must(NewFollows(roster, cfg))
		if !rapid.Bool().Draw(t, "one roster") {
			roster = nil
		}
		right := verify.Must(NewFollows(roster, cfg))
		feed(t, left, mixed[:cut])
		feed(t, right, mixed[cut:])
		merged, zero := left.Clone(), new(Follows[int64])
		for _, err := range []error{merged.Merge(right), zero.Merge(left), zero.Merge(right), merged.Merge(merged)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		left.Reset()
		feed(t, left, mixed)
		for name, f := range map[string]*Follows[int64]{"merged": merged, "zero": zero, "after a reset": left} {
			if got := verify.Must(f.Report(0)); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: %+v, want %+v", name, got, want)
			}
		}
		if zero.Later() != whole.Later() || left.Later() != whole.Later() {
			t.Fatal("later receipts are counted otherwise")
		}
	})
}

func feed(t *rapid.T, f *Follows[int64], receipts []clientele.Receipt[int64]) {
	if err := clientele.FeedReceipts(clientele.All(receipts), f); err != nil {
		t.Fatal(err)
	}
}

// countFollow looks at each customer's receipts.
func countFollow(receipts []clientele.Receipt[int64], cfg FollowsConfig, s Sequence) (n [6]int64) {
	firsts := make(map[int64]map[string]time.Time)
	for _, r := range receipts {
		for _, l := range r.Lines {
			if l.IsChosen() && !r.At.After(cfg.AsOf) {
				if firsts[r.Customer] == nil {
					firsts[r.Customer] = make(map[string]time.Time)
				}
				if at, bought := firsts[r.Customer][l.Product]; !bought || r.At.Before(at) {
					firsts[r.Customer][l.Product] = r.At
				}
			}
		}
	}
	for _, own := range firsts {
		first, bought := own[s.First]
		if !bought {
			continue
		}
		n[0]++
		switch then, follows := own[s.Then]; {
		case follows && then.Before(first):
			n[1]++
		case follows && then.Equal(first):
			n[2]++
		case cfg.AsOf.Sub(first) < cfg.Within.Duration():
			n[3]++
		default:
			n[4]++
			if follows && then.Sub(first) <= cfg.Within.Duration() {
				n[5]++
			}
		}
	}
	return n
}

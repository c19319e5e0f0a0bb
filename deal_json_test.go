package clientele_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
)

func TestDealRuleJSON(t *testing.T) {
	rule := clientele.DealRule{Window: 14, FromLast: true, MaxSpan: 90, Zone: "Europe/Paris"}
	const want = `{"window":14,"fromLast":true,"maxSpan":90,"zone":"Europe/Paris"}`
	text, err := json.Marshal(rule)
	if err != nil || string(text) != want {
		t.Fatalf("Marshal = %s, %v; want %s", text, err, want)
	}
	var back clientele.DealRule
	if err := json.Unmarshal(text, &back); err != nil || back != rule {
		t.Errorf("Unmarshal = %+v, %v; want %+v", back, err, rule)
	}
	for _, bad := range []string{`{"window":14,"span":9}`, `{"window":1.5}`, `[]`, `{`} {
		if err := back.UnmarshalJSON([]byte(bad)); !errors.Is(err, clientele.ErrEncoding) || back != rule {
			t.Errorf("UnmarshalJSON(%s) = %v, rule %+v; want ErrEncoding and the rule unchanged", bad, err, back)
		}
	}
}

func FuzzDealRuleJSON(f *testing.F) {
	f.Add([]byte(`{"window":14,"fromLast":true,"maxSpan":90,"zone":"Europe/Paris"}`))
	f.Add([]byte(`{"window":14,"span":90}`))
	f.Add([]byte(`{"window":"14"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		before := clientele.DealRule{Window: 3, Zone: "Asia/Tokyo"}
		rule := before
		if err := rule.UnmarshalJSON(data); err != nil {
			if !errors.Is(err, clientele.ErrEncoding) || rule != before {
				t.Fatalf("UnmarshalJSON(%q) = %v, rule %+v", data, err, rule)
			}
			return
		}
		text, err := json.Marshal(rule)
		if err != nil {
			t.Fatal(err)
		}
		var back clientele.DealRule
		if err := json.Unmarshal(text, &back); err != nil || back != rule {
			t.Fatalf("%q was read as %+v and comes back as %+v, %v", data, rule, back, err)
		}
	})
}

func TestDealJSON(t *testing.T) {
	deals, err := drain(clientele.Deals(clientele.All([]receipt{
		slip("A", shopDay(1), "x", coreLine("TV", "1", "100"), withRole(coreLine("cable", "2", "5"), addOn)),
		slip("B", shopDay(3), "x", coreLine("mount", "1", "40")),
	}), clientele.DealRule{Window: 7}))
	if err != nil || len(deals) != 1 {
		t.Fatalf("Deals = %v, %v; want one", deals, err)
	}
	text, err := json.Marshal(deals[0])
	if err != nil {
		t.Fatal(err)
	}
	var back deal
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(back)
	if err != nil || string(again) != string(text) || back.Validate() != nil || !back.Amount().Equal(deals[0].Amount()) {
		t.Errorf("read back %s, %v; want %s", again, err, text)
	}
}

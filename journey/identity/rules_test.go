package identity_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
	"github.com/google/uuid"
)

// wrongRules have every fault that rules can have.
func wrongRules() identity.Rules {
	noon := morning.Add(4 * time.Hour)
	return identity.Rules{
		Kinds: []identity.Kind{
			{},
			{Name: "phone", Limit: -1, Form: 9},
			{Name: "phone"},
			{Name: "device", Limit: 2, HandOver: true},
		},
		Blocked: []identity.Block{{Kind: "fax", Value: "1"}, {Kind: "phone"}, {Value: "a", Like: "a*"}},
		Dates: []identity.Dates{
			{Kind: "fax", Value: "1"},
			{Kind: "phone", Value: "1", From: noon, Until: noon},
			{Kind: "phone", Value: "2", From: morning},
			{Kind: "phone", Value: "2", Until: noon},
			{Kind: "phone", Value: "3", From: time.Date(1500, 1, 1, 0, 0, 0, 0, time.UTC)},
			{Kind: "phone", From: noon},
		},
	}
}

// Invariant: all faults of rules are reported at once, each with its path.
func TestRulesReportAllFaults(t *testing.T) {
	_, err := identity.NewStitcher(wrongRules())
	verify.ConfigError(t, err, "identity.NewStitcher",
		"Kinds[0].Name", "Kinds[1].Form", "Kinds[1].Limit", "Kinds[2].Name", "Kinds[3].Limit",
		"Blocked[0].Kind", "Blocked[1].Value", "Blocked[2].Value",
		"Dates[0].Kind", "Dates[1].Until", "Dates[3].From", "Dates[4].From", "Dates[5].Value",
	)
	if err := (identity.Rules{}).Validate(); err != nil {
		t.Error(err)
	}
}

func TestRulesOfManyKinds(t *testing.T) {
	var r identity.Rules
	for i := range 251 {
		r.Kinds = append(r.Kinds, identity.Kind{Name: strings.Repeat("k", i+1)})
	}
	verify.ConfigError(t, r.Validate(), "identity.Rules.Validate", "Kinds")
}

// Rules come back from JSON, and those that a stitcher returns are complete.
func TestRulesJSON(t *testing.T) {
	r := identity.Rules{
		Kinds:   []identity.Kind{{Name: "customer", Limit: 1}, {Name: "phone", Form: identity.Phone}, {Name: "device", HandOver: true}},
		Blocked: []identity.Block{{Kind: "device", Value: "kiosk-01"}, {Like: "*@shop.example"}},
		Dates:   []identity.Dates{{Kind: "phone", Value: "+4930", From: morning, Until: morning.AddDate(1, 0, 0)}},
		Space:   uuid.NewSHA1(uuid.Nil, []byte("a client")), AllowPlaceholders: true,
	}
	if back := verify.ReadBack(t, r); !reflect.DeepEqual(back, r) {
		t.Errorf("read back as %+v", back)
	}
	s := stitcher(t, r)
	if got := s.Rules(); !reflect.DeepEqual(got, r) {
		t.Errorf("rules are %+v", got)
	}
	s.Rules().Kinds[0].Limit = 7
	if s.Rules().Kinds[0].Limit != 1 {
		t.Error("rules of a stitcher can be changed from outside")
	}
	if got := stitcher(t, identity.Rules{}).Rules(); !reflect.DeepEqual(got.Kinds, identity.DefaultKinds()) {
		t.Errorf("default kinds are %+v", got.Kinds)
	}
}

func TestRulesAreCopied(t *testing.T) {
	r := identity.Rules{Kinds: identity.DefaultKinds()}
	s := stitcher(t, r)
	r.Kinds[0].Name = "changed"
	if s.Rules().Kinds[0].Name != "customer" {
		t.Error("the rules are those of the caller")
	}
}

// Blocked values and patterns, dates and unknown kinds join nobody, and are counted.
func TestRefused(t *testing.T) {
	rules := identity.Rules{
		Kinds:   []identity.Kind{{Name: "phone", Form: identity.Phone}, {Name: "email", Form: identity.Email}, {Name: "device"}},
		Blocked: []identity.Block{{Kind: "phone", Value: "0049 30 1"}, {Like: "*@shop.example"}, {Kind: "device", Like: "kiosk-*"}, {Value: "shared"}},
		Dates:   []identity.Dates{{Kind: "phone", Value: "+49302", From: morning.Add(time.Hour)}},
	}
	touches := []journey.Touch{
		touch(1, "phone +49 30/1", "email Till@Shop.example"), // both blocked
		touch(2, "device kiosk-7", "device d", "fax 1"),
		touch(3, "phone +49 30 2", "device d"), // before its dates
		touch(4, "device shared", "email shared"),
		touch(61, "phone 004930 2", "email e"),
		touch(62, "phone +49302"),
		touch(63, "phone +49302", "device kiosk-7"),
	}
	s := stitched(t, rules, touches...)
	if got := groups(s, touches); got != "1 2|4 5 6|- 0 3" {
		t.Errorf("profiles are %s", got)
	}
	want := []identity.Refused{
		{"phone", "+49301", identity.Blocked, 1},
		{"phone", "+49302", identity.OutOfDates, 1},
		{"email", "shared", identity.Blocked, 1},
		{"email", "till@shop.example", identity.Blocked, 1},
		{"device", "kiosk-7", identity.Blocked, 2},
		{"device", "shared", identity.Blocked, 1},
		{"fax", "", identity.UnknownKind, 1},
	}
	if got := s.Refused(); !slices.Equal(got, want) {
		t.Errorf("refused are %v", got)
	}
	if got := s.Totals(); got.Touches != 5 || got.Unidentified != 2 || got.Identifiers != 3 || got.Profiles != 2 {
		t.Errorf("totals are %+v", got)
	}
}

// A telephone number that the operator gave to somebody else is two people's.
func TestDatesOfTwoPeople(t *testing.T) {
	rules := identity.Rules{
		Kinds: []identity.Kind{{Name: "phone"}, {Name: "email"}},
		Dates: []identity.Dates{{Kind: "phone", Value: "7", Until: morning.Add(10 * time.Minute)}, {Kind: "phone", Value: "7", From: morning.Add(20 * time.Minute)}},
	}
	touches := []journey.Touch{
		touch(1, "phone 7", "email ada"), touch(9, "phone 7"), touch(10, "phone 7"), touch(20, "phone 7"), touch(25, "phone 7", "email dan"),
	}
	s := stitched(t, rules, touches...)
	if got := groups(s, touches); got != "0 1|3 4|- 2" {
		t.Errorf("profiles are %s", got)
	}
	if p, ok := s.Profile(named("phone 7")); !ok || !slices.Contains(p.Identifiers, named("email dan")) {
		t.Errorf("the number is now of %v, %t", p, ok)
	}
	if err := s.Unlink(named("email ada"), named("phone 7")); err != nil {
		t.Fatal(err)
	}
	if got := groups(s, touches); got != "0 1|3 4|- 2" {
		t.Errorf("after Unlink profiles are %s", got) // the touches stay with the number, the more trusted
	}
	if _, ok := s.ID(named("email ada")); ok || len(s.Unlinked()) != 1 {
		t.Errorf("email ada has a profile, or there are %v", s.Unlinked())
	}
}

// A document that is no rules leaves them as they were.
func TestRulesKeepOnError(t *testing.T) {
	r := identity.Rules{AllowPlaceholders: true}
	err := json.Unmarshal([]byte(`{"allowPlaceholders":false,"kinds":[{"name":"a","limt":1}]}`), &r)
	in, ok := errors.AsType[*clientele.InputError](err)
	if !ok || in.Field != "kinds[0].limt" || !r.AllowPlaceholders {
		t.Errorf("error is %v, rules are %v", err, r)
	}
}

func TestBlockLike(t *testing.T) {
	for _, test := range []struct {
		like, value string
		want        bool
	}{
		{"kiosk-*", "kiosk-01", true},
		{"kiosk-*", "a kiosk-01", false},
		{"*@shop.example", "till@shop.example", true},
		{"*@shop.example", "till@shop.example.org", false},
		{"*", "anything", true},
		{"a*b*c", "a1b2c", true},
		{"a*b*c", "abc", true},
		{"a*b*c", "acb", false},
		{"a*a", "a", false},
		{"a*a", "aa", true},
		{"*ab*ab*", "abab", true},
		{"*ab*ab*", "aba", false},
		{"plain", "plain", true},
	} {
		s := stitched(t, identity.Rules{Blocked: []identity.Block{{Like: test.like}}}, touch(1, "customer "+test.value))
		if got := len(s.Refused()) == 1; got != test.want {
			t.Errorf("%q like %q is %t", test.value, test.like, got)
		}
	}
}

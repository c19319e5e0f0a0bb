package identity_test

import (
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
)

// oneCustomer are kinds of which a profile has one customer number, and devices are not
// handed over.
func oneCustomer() identity.Rules {
	return identity.Rules{Kinds: []identity.Kind{{Name: "customer", Limit: 1}, {Name: "phone"}, {Name: "email"}, {Name: "device"}}}
}

// Faults and surprises that users of comparable systems have met.
func TestFieldCases(t *testing.T) {
	unlimited := identity.Rules{Kinds: []identity.Kind{{Name: "customer"}, {Name: "device"}}}
	placeholders := func(value string) []journey.Touch {
		return []journey.Touch{touch(1, "customer "+value, "email a"), touch(2, "customer "+value, "email b"), touch(3, "customer "+value, "email c")}
	}
	shop := []journey.Touch{touch(55, "device d"), touch(60, "device d", "customer A"), touch(120, "device d"), touch(240, "device d", "customer B"), touch(270, "device d")}
	shared := []journey.Touch{touch(1, "device d"), touch(2, "device d", "customer B"), touch(3, "device d", "customer C")}
	for _, test := range []struct {
		name    string
		rules   identity.Rules
		touches []journey.Touch
		want    string
	}{
		{"J12: a device of two customers", oneCustomer(), shared, "0 1|2"},
		{"J12: a device that is handed over", identity.Rules{}, shared, "0 1|2"},
		{"J12: without a limit", unlimited, shared, "0 1 2"},
		{"J13: a device in a shop, by spans", identity.Rules{}, shop, "0 1 2|3 4"},
		{"J13: the first login owns the device", oneCustomer(), shop, "0 1 2 4|3"},
		{"J14: null", identity.Rules{}, placeholders("null"), "0|1|2"},
		{"J14: nothing", identity.Rules{}, placeholders(""), "0|1|2"},
		{"J14: undefined", identity.Rules{}, placeholders("undefined"), "0|1|2"},
		{"J14: zero", identity.Rules{}, placeholders("0"), "0|1|2"},
		{"J14: anonymous", identity.Rules{}, placeholders("anonymous"), "0|1|2"},
		{"J14: allowed", identity.Rules{AllowPlaceholders: true}, placeholders("null"), "0 1 2"},
		{"a changed telephone number stays one person", identity.Rules{}, []journey.Touch{
			touch(1, "phone 1", "customer A"), touch(2, "phone 1"), touch(3, "phone 2", "customer A"), touch(4, "phone 2"),
		}, "0 1 2 3"},
		{"J16: equal text of two kinds", identity.Rules{}, []journey.Touch{
			touch(1, "email 7001"), touch(2, "customer 7001"), touch(3, "email a", "phone p"), touch(4, "email a"), touch(5, "phone p"),
		}, "0|1|2 3 4"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := groups(stitched(t, test.rules, test.touches...), test.touches); got != test.want {
				t.Errorf("profiles are %s, want %s", got, test.want)
			}
			slices.Reverse(test.touches)
			late := stitched(t, test.rules, test.touches...)
			slices.Reverse(test.touches)
			if got := groups(late, test.touches); got != test.want {
				t.Errorf("given in reverse, profiles are %s, want %s", got, test.want)
			}
		})
	}
}

// J14: what is refused is counted in a warning.
func TestFieldCaseJ14Warning(t *testing.T) {
	s := stitched(t, identity.Rules{}, touch(1, "customer null", "email a"), touch(2, "customer null", "email b"), touch(3, "customer null", "email c"))
	want := []error{identity.RefusedWarning{Kind: "customer", Why: identity.Placeholder, Values: 1, Times: 3}}
	if got := s.Warnings(); !slices.Equal(got, want) {
		t.Errorf("warnings are %v, want %v", got, want)
	}
}

// J15: the identifier that founded a profile is split off like any other, and linked again.
func TestFieldCaseJ15(t *testing.T) {
	touches := []journey.Touch{touch(1, "device d"), touch(2, "device d", "customer B"), touch(3, "customer B")}
	for name, rules := range map[string]identity.Rules{"handed over": {}, "joined": oneCustomer()} {
		t.Run(name, func(t *testing.T) {
			s := stitched(t, rules, touches...)
			before, founded := form(t, s), idOf(t, s, touches[0])
			if got := groups(s, touches); got != "0 1 2" {
				t.Fatalf("profiles are %s", got)
			}
			if err := s.Unlink(named("device d"), named("customer B")); err != nil {
				t.Fatal(err)
			}
			if got := groups(s, touches); got != "0|1 2" {
				t.Errorf("after Unlink profiles are %s", got)
			}
			if idOf(t, s, touches[0]) != founded || idOf(t, s, touches[1]) == founded {
				t.Error("the id is to stay with the first touch")
			}
			n := 0
			for p := range s.All() {
				n += p.Touches
			}
			if n != len(touches) {
				t.Errorf("profiles have %d touches", n)
			}
			if err := s.Relink(named("customer B"), named("device d")); err != nil {
				t.Fatal(err)
			}
			if form(t, s) != before || groups(s, touches) != "0 1 2" || idOf(t, s, touches[1]) != founded {
				t.Error("Relink is to bring the old state back")
			}
		})
	}
}

// idOf is the id of the profile of a touch.
func idOf(t testing.TB, s *identity.Stitcher, of journey.Touch) string {
	t.Helper()
	id, ok := s.Of(of)
	if !ok {
		t.Fatalf("%v belongs to nobody", of.Identifiers)
	}
	return id
}

// Method Of names people for timelines.
func TestOfNamesTimelines(t *testing.T) {
	touches := []journey.Touch{touch(1, "device d"), touch(2, "device d", "email a"), touch(3, "email a"), touch(4)}
	timelines, err := journey.NewTimelines(clientele.All(touches), stitched(t, identity.Rules{}, touches...).Of)
	if err != nil || timelines.Len() != 1 || timelines.Touches != 3 || len(timelines.Unidentified) != 1 {
		t.Fatal(timelines, err)
	}
}

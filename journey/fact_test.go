package journey_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
)

func TestFactPolicyChooses(t *testing.T) {
	said := journey.Fact{Name: "size", Value: "42", Source: journey.Declared, At: at(1, 9)}
	seen := journey.Fact{Name: "size", Value: "43", Source: journey.Observed, At: at(5, 9)}
	paid := journey.Fact{Name: "size", Value: "44", Source: journey.Bought, At: at(3, 9)}
	until := func(f journey.Fact, day int) journey.Fact { f.FreshUntil = at(day, 9); return f }
	for _, row := range []struct {
		name    string
		rule    journey.FactRule
		facts   []journey.Fact
		value   string
		reasons []journey.Reason // of the others, the latest first
		stale   bool
		doubt   bool
	}{
		{"one", journey.FactRule{}, []journey.Fact{said}, "42", nil, false, false},
		{"trusts what was bought", journey.FactRule{}, []journey.Fact{said, seen, paid}, "44", []journey.Reason{journey.LessTrusted, journey.LessTrusted}, false, true},
		{"another trust", journey.FactRule{Sources: []journey.Source{journey.Declared}}, []journey.Fact{said, seen, paid}, "42", []journey.Reason{journey.LessTrusted, journey.LessTrusted}, false, true},
		{"the latest", journey.FactRule{Latest: true}, []journey.Fact{said, seen, paid}, "43", []journey.Reason{journey.Older, journey.Older}, false, true},
		{"fresh before trusted", journey.FactRule{Fresh: 6}, []journey.Fact{said, seen, paid}, "43", []journey.Reason{journey.Stale, journey.Stale}, false, false},
		{"own freshness", journey.FactRule{Fresh: 6}, []journey.Fact{said, until(paid, 30)}, "44", []journey.Reason{journey.Stale}, false, false},
		{"all stale", journey.FactRule{Fresh: 1}, []journey.Fact{said, paid}, "44", []journey.Reason{journey.LessTrusted}, true, true},
		{"fresh to the last moment", journey.FactRule{}, []journey.Fact{until(said, 10)}, "42", nil, false, false},
		{"agree", journey.FactRule{}, []journey.Fact{said, said}, "42", []journey.Reason{journey.Agrees}, false, false},
		{"not yet known", journey.FactRule{}, []journey.Fact{said, {Name: "size", Value: "50", Source: journey.Bought, At: at(11, 9)}}, "42", nil, false, false},
		{"one moment", journey.FactRule{}, []journey.Fact{{Name: "size", Value: "9", At: at(1, 9)}, said}, "42", []journey.Reason{journey.SameMoment}, false, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			known := verify.Must(journey.FactPolicy{Other: row.rule}.Resolve(row.facts, at(10, 9)))
			if len(known) != 1 || known[0].Value != row.value || known[0].IsStale != row.stale || known[0].IsInDoubt != row.doubt {
				t.Fatalf("%+v", known)
			}
			var reasons []journey.Reason
			for _, other := range known[0].Against {
				reasons = append(reasons, other.Reason)
			}
			if !reflect.DeepEqual(reasons, row.reasons) {
				t.Errorf("reasons %v, want %v", reasons, row.reasons)
			}
		})
	}
}

func TestFactPolicyRefuses(t *testing.T) {
	verify.ConfigError(t, journey.FactPolicy{
		Rules: []journey.FactRule{{}, {Name: "a", Fresh: -1, Sources: []journey.Source{1, 1, 7}}, {Name: "a"}},
		Other: journey.FactRule{Name: "b"},
	}.Validate(), "journey.FactPolicy.Validate", "Rules[0].Name", "Rules[1].Fresh", "Rules[1].Sources[1]", "Rules[1].Sources[2]", "Rules[2].Name", "Other.Name")
	_, err := journey.FactPolicy{}.Resolve(nil, time.Time{})
	verify.ConfigError(t, err, "journey.FactPolicy.Resolve", "now")
	for _, row := range []struct {
		fact  journey.Fact
		field string
		kind  error
	}{
		{journey.Fact{At: at(1, 9)}, "Name", clientele.ErrMissing},
		{journey.Fact{Name: "a", Source: 3, At: at(1, 9)}, "Source", clientele.ErrUnknown},
		{journey.Fact{Name: "a"}, "At", clientele.ErrZeroTime},
		{journey.Fact{Name: "a", At: at(2, 9), FreshUntil: at(1, 9)}, "FreshUntil", clientele.ErrRange},
		{journey.Fact{Name: "a", At: at(2, 9), FreshUntil: at(1, 9).AddDate(900, 0, 0)}, "FreshUntil", clientele.ErrTimeRange},
	} {
		_, err := journey.FactPolicy{}.Resolve([]journey.Fact{{Name: "ok", At: at(1, 9)}, row.fact}, at(10, 9))
		verify.InputError(t, err, "journey.FactPolicy.Resolve", 1, row.field, row.kind)
	}
}

// Whatever is decoded is either refused and changes nothing, or is written and read as the
// same, or has faults that can be told.
func FuzzFactPolicy(f *testing.F) {
	for _, seed := range []string{`{}`, `[]`, `{"rules":[{"name":"city","latest":true,"fresh":30,"sources":["bought","declared"]}],"other":{"fresh":1}}`, `{"rules":[{"fresh":-1}]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p := journey.FactPolicy{Other: journey.FactRule{Fresh: 7}}
		if err := p.UnmarshalJSON(data); err != nil {
			if !errors.Is(err, clientele.ErrEncoding) || p.Rules != nil || p.Other.Fresh != 7 {
				t.Fatal(p, err)
			}
			return
		}
		if err := p.Validate(); err != nil {
			if !errors.Is(err, clientele.ErrConfig) {
				t.Fatal(err)
			}
			return
		}
		var again journey.FactPolicy
		form := verify.Must(json.Marshal(p))
		if err := json.Unmarshal(form, &again); err != nil || !sameJSON(again, p) {
			t.Fatal(again, err)
		}
	})
}

package identity_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
)

// The texts of all errors and warnings, which are to say what was wrong, what is allowed
// and what mends it.
func TestMessages(t *testing.T) {
	s := stitched(t, identity.Rules{}, touch(1, "phone 7", "device d"), touch(2, "phone null"), touch(3, "fax 1"))
	other := stitcher(t, identity.Rules{AllowPlaceholders: true})
	broken := errors.New("connection lost")
	all := map[string]error{
		"rules":                 identity.Rules{Kinds: wrongRules().Kinds, Blocked: wrongRules().Blocked, Dates: wrongRules().Dates}.Validate(),
		"JSON":                  json.Unmarshal([]byte(`{"kind":[]}`), new(identity.Rules)),
		"form":                  new(identity.Form).UnmarshalText([]byte("fax")),
		"refusal":               new(identity.Refusal).UnmarshalText([]byte("bored")),
		"no configuration":      new(identity.Stitcher).Add(touch(1)),
		"touch":                 s.Add(journey.Touch{At: morning}),
		"source":                s.AddAll(nil),
		"source that breaks":    s.AddAll(func(yield func(journey.Touch, error) bool) { _ = yield(touch(1), nil) && yield(touch(1), broken) }),
		"other rules":           s.Merge(other),
		"changes, other rules":  verify.Second(s.Changes(other)),
		"changes of nothing":    verify.Second(s.Changes(nil)),
		"unlink, kind":          s.Unlink(named("fax 1"), named("phone 7")),
		"unlink, unknown":       s.Unlink(named("phone 7"), named("phone 8")),
		"unlink, refused":       s.Unlink(named("phone null"), named("phone 7")),
		"unlink, the same":      s.Unlink(named("phone 7"), named("phone 7")),
		"relink":                s.Relink(named("phone 7"), named("device d")),
		"explain":               verify.Second(s.Explain(named("phone 7"), named("device e"))),
		"decoding":              s.UnmarshalBinary([]byte("jidS")),
		"warning: conflicts":    identity.ConflictWarning{SetAside: 3, HandedOver: 2},
		"warning: refused":      s.Warnings()[0],
		"warning: unknown kind": s.Warnings()[1],
	}
	if err := s.Unlink(named("phone 7"), named("device d")); err != nil {
		t.Fatal(err)
	}
	all["unlink, twice"] = s.Unlink(named("device d"), named("phone 7"))
	verify.Messages(t, "messages.txt", all)
	for name, kind := range map[string]error{
		"unlink, unknown": clientele.ErrUnknown, "unlink, kind": clientele.ErrUnknown, "unlink, twice": clientele.ErrDuplicate, "relink": clientele.ErrMissing,
		"other rules": clientele.ErrMismatch, "decoding": clientele.ErrEncoding, "source that breaks": broken, "touch": clientele.ErrMissing,
	} {
		if !errors.Is(all[name], kind) {
			t.Errorf("%s: error is %v, want one of %v", name, all[name], kind)
		}
	}
	if identity.Refusal(math.MaxUint8).String() != "Refusal(255)" || identity.Form(9).String() != "Form(9)" {
		t.Error("values without a name")
	}
}

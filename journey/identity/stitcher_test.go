package identity_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// A touch that is unusable returns an error and changes nothing; touches in front of it
// stay.
func TestUnusableTouches(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*journey.Touch)
		field  string
		kind   error
	}{
		"no kind":                  {func(t *journey.Touch) { t.Identifiers[0].Kind = "" }, "Identifiers[0].Kind", clientele.ErrMissing},
		"no touchpoint":            {func(t *journey.Touch) { t.Touchpoint = "" }, "Touchpoint", clientele.ErrMissing},
		"no time":                  {func(t *journey.Touch) { t.At = time.Time{} }, "At", clientele.ErrZeroTime},
		"end before the beginning": {func(t *journey.Touch) { t.Until = t.At.Add(-1) }, "Until", clientele.ErrRange},
		"negative cost":            {func(t *journey.Touch) { t.Cost = decimal.NewFromInt(-1) }, "Cost", clientele.ErrNegative},
	} {
		t.Run(name, func(t *testing.T) {
			s := stitched(t, identity.Rules{}, touch(1, "phone 7"))
			before, bad := form(t, s), touch(2, "phone 8")
			test.change(&bad)
			verify.InputError(t, s.Add(bad), "identity.Stitcher.Add", -1, test.field, test.kind)
			if form(t, s) != before {
				t.Error("the stitcher has changed")
			}
			err := s.AddAll(clientele.All([]journey.Touch{touch(3, "phone 9"), bad, touch(4, "phone 10")}))
			verify.InputError(t, err, "identity.Stitcher.AddAll", 1, test.field, test.kind)
			if s.Len() != 2 {
				t.Errorf("there are %d profiles", s.Len())
			}
		})
	}
}

// Touches that come again count once: of different ones with an ID the earliest.
func TestTouchesAgain(t *testing.T) {
	late, early := touch(9, "phone 7", "email a"), touch(1, "phone 8")
	early.ID = late.ID
	for _, order := range [][]journey.Touch{{late, late, early}, {early, late, late}} {
		s := stitched(t, identity.Rules{}, order...)
		want := identity.Totals{Touches: 1, Again: 2, Profiles: 1, Identifiers: 1}
		if got := s.Totals(); got != want {
			t.Errorf("totals are %+v, want %+v", got, want)
		}
		if _, ok := s.ID(named("phone 7")); ok {
			t.Error("the later touch counts")
		}
	}
}

// The id of a profile is a UUID of version 5 of a name that is documented nowhere, so that
// nobody writes it anew: this test is to fail when it changes.
func TestProfileIDsStay(t *testing.T) {
	s := stitched(t, identity.Rules{Space: uuid.NameSpaceURL}, touch(1, "phone +4930123456"))
	id, ok := s.ID(named("phone 0049 30 123456"))
	want := uuid.NewSHA1(uuid.NameSpaceURL, []byte("\x05phone\x0b+4930123456"))
	if !ok || id != want || id.Version() != 5 {
		t.Errorf("id is %v, want %v", id, want)
	}
}

// Invariant: after Settle many goroutines may ask at once.
func TestQueriesAtOnce(t *testing.T) {
	var touches []journey.Touch
	for i := range 40 {
		touches = append(touches, touch(i, "device d", fmt.Sprint("customer ", i%7+1)), touch(i, fmt.Sprint("phone ", i%9+1), fmt.Sprint("customer ", i%7+1)))
	}
	s := stitched(t, identity.Rules{}, touches...)
	s.Settle()
	want := groups(s, touches)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			why, err := s.Explain(named("customer 1"), named("phone 1"))
			if got := groups(s, touches); got != want || err != nil || !why.Together {
				t.Error(got, want, why, err)
			}
			if n := len(slices.Collect(s.All())); n != s.Len() || s.Totals().Profiles != n || len(s.Conflicts()) == 0 {
				t.Error(n, s.Totals())
			}
		})
	}
	wg.Wait()
}

// A clone and its original do not see what changes in the other.
func TestCloneIsApart(t *testing.T) {
	s := everything(t)
	before := form(t, s)
	c := s.Clone()
	if form(t, c) != before {
		t.Fatal("the clone differs")
	}
	if err := errors.Join(c.Add(touch(50, "email a", "customer B")), c.Relink(named("card 7"), named("email a")), c.Unlink(named("customer B"), named("device d"))); err != nil {
		t.Fatal(err)
	}
	if form(t, s) != before {
		t.Error("the original has changed")
	}
	changed := form(t, c)
	s.Reset()
	if form(t, c) != changed {
		t.Error("the clone has changed")
	}
}

// A stitcher merged with itself has each touch without an ID twice, as it says.
func TestMergeWithItself(t *testing.T) {
	s := stitched(t, identity.Rules{}, touch(1, "phone 7"), journey.Touch{At: morning, Touchpoint: "site", Identifiers: []journey.Identifier{named("phone 7")}})
	if err := s.Merge(s); err != nil {
		t.Fatal(err)
	}
	want := identity.Totals{Touches: 3, Again: 1, Profiles: 1, Identifiers: 1}
	if got := s.Totals(); got != want {
		t.Errorf("totals are %+v, want %+v", got, want)
	}
}

// Whatever is read as rules is written so that it reads as the same, and is used or tells
// its faults.
func FuzzRules_Unmarshal_Marshal(f *testing.F) {
	data, err := json.Marshal(everything(f).Rules())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"kinds":[{"name":"a","limit":2,"form":"phone"}],"blocked":[{"like":"*a*"}],"allowPlaceholders":true}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var r, again identity.Rules
		if json.Unmarshal(data, &r) != nil {
			return
		}
		form, err := json.Marshal(r)
		if err != nil {
			return // a moment that JSON does not hold
		}
		if err := json.Unmarshal(form, &again); err != nil {
			t.Fatal(err)
		}
		if other := verify.Must(json.Marshal(again)); !reflect.DeepEqual(form, other) {
			t.Fatalf("%s\n%s", form, other)
		}
		s, err := identity.NewStitcher(r)
		if (s == nil) == (err == nil) {
			t.Fatal(s, err)
		}
		if err == nil {
			_ = s.Add(touch(1, "a 1", "customer 1"))
			verify.Must(readBack(s))
		}
	})
}

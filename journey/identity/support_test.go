package identity_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
	"github.com/google/uuid"
)

var morning = time.Date(2025, 3, 1, 8, 0, 0, 0, time.UTC)

// touch is a touch some minutes after the morning, with identifiers as in "device d".
func touch(minutes int, identifiers ...string) journey.Touch {
	t := journey.Touch{
		ID: uuid.NewSHA1(uuid.Nil, fmt.Append(nil, minutes, identifiers)), Touchpoint: "site",
		At: morning.Add(time.Duration(minutes) * time.Minute),
	}
	for _, text := range identifiers {
		t.Identifiers = append(t.Identifiers, named(text))
	}
	return t
}

// named is an identifier of its kind, a space and its value.
func named(text string) journey.Identifier {
	kind, value, _ := strings.Cut(text, " ")
	return journey.Identifier{Kind: kind, Value: value}
}

func stitcher(t testing.TB, r identity.Rules) *identity.Stitcher {
	t.Helper()
	s, err := identity.NewStitcher(r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func stitched(t testing.TB, r identity.Rules, touches ...journey.Touch) *identity.Stitcher {
	t.Helper()
	s := stitcher(t, r)
	if err := s.AddAll(clientele.All(touches)); err != nil {
		t.Fatal(err)
	}
	return s
}

// groups are the positions of touches by profile, as in "0 1|2", in the order of the first
// of each; "-" stands before touches of nobody.
func groups(s *identity.Stitcher, touches []journey.Touch) string {
	at := make(map[string]int)
	var parts [][]string
	var nobody []string
	for i, t := range touches {
		profile, ok := s.Of(t)
		if !ok {
			nobody = append(nobody, strconv.Itoa(i))
			continue
		}
		k, known := at[profile]
		if !known {
			k = len(parts)
			at[profile] = k
			parts = append(parts, nil)
		}
		parts[k] = append(parts[k], strconv.Itoa(i))
	}
	var texts []string
	for _, part := range parts {
		texts = append(texts, strings.Join(part, " "))
	}
	if nobody != nil {
		texts = append(texts, "- "+strings.Join(nobody, " "))
	}
	return strings.Join(texts, "|")
}

// form is the binary form.
func form(t testing.TB, s *identity.Stitcher) string {
	t.Helper()
	return string(verify.Must(s.MarshalBinary()))
}

// readBack is what is read of the binary form.
func readBack(s *identity.Stitcher) (back *identity.Stitcher, err error) {
	form, err := s.MarshalBinary()
	if err != nil {
		return nil, err
	}
	back = new(identity.Stitcher)
	return back, back.UnmarshalBinary(form)
}

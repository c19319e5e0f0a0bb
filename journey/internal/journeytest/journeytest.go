// Package journeytest has the touches that tests of several packages read.
package journeytest

import (
	"encoding/csv"
	"strconv"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
)

// Omnichannel reads the events of 400 invented people over all channels, with the
// identifiers that they left, and who really caused each. It skips the test where the
// reference folder is not named.
func Omnichannel(t testing.TB) (touches []journey.Touch, people []string) {
	t.Helper()
	events, truth := rows(t, "events.csv"), rows(t, "truth.csv")
	for i, row := range events {
		if row[0] != truth[i][0] {
			t.Fatal(row, truth[i])
		}
		e := journey.Touch{
			ID: uuid.NewSHA1(uuid.Nil, []byte(row[0])), At: verify.Must(time.Parse(time.RFC3339, row[1])),
			Seq: verify.Must(strconv.ParseInt(row[0], 10, 64)), Touchpoint: row[2], Channel: row[3],
		}
		for k, kind := range []string{"device", "phone", "email", "customer"} {
			if value := row[4+k]; value != "" {
				e.Identifiers = append(e.Identifiers, journey.Identifier{Kind: kind, Value: value})
			}
		}
		touches, people = append(touches, e), append(people, truth[i][1])
	}
	return touches, people
}

// Timelines are the events of [Omnichannel] by the people who really caused them.
func Timelines(t testing.TB) *journey.Timelines {
	t.Helper()
	touches, people := Omnichannel(t)
	person := make(map[uuid.UUID]string)
	for i, touch := range touches {
		person[touch.ID] = people[i]
	}
	return verify.Must(journey.NewTimelines(clientele.All(touches), func(t journey.Touch) (string, bool) { return person[t.ID], true }))
}

func rows(t testing.TB, file string) [][]string {
	t.Helper()
	return verify.Must(csv.NewReader(testdata.OpenReference(t, "data", "omnichannel-events", file)).ReadAll())[1:]
}

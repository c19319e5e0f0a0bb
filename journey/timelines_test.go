package journey_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
	"pgregory.net/rapid"
)

func TestTimelinesLeaveNothingOutInSilence(t *testing.T) {
	id := uuid.MustParse("01000000-0000-0000-0000-000000000000")
	touches := []journey.Touch{
		{ID: id, Touchpoint: "b", At: at(2, 9), Identifiers: customer("2")},
		{ID: id, Touchpoint: "a", At: at(1, 9), Identifiers: customer("2")}, // the same touch, told with another hour
		{ID: id, Touchpoint: "a", At: at(1, 9), Identifiers: customer("1")},
		{Touchpoint: "c", At: at(3, 9), Identifiers: customer("1")},
		{Touchpoint: "c", At: at(3, 9), Identifiers: customer("1")}, // no ID: another touch, in a tie
		{Touchpoint: "c", At: at(3, 9), Identifiers: customer("")},
		{Touchpoint: "c", At: at(3, 9)},
	}
	timelines := verify.Must(journey.NewTimelines(clientele.All(touches), journey.ByIdentifier("customer")))
	if timelines.Touches != 4 || timelines.Again != 1 || timelines.Ties != 1 || len(timelines.Unidentified) != 2 || timelines.Len() != 2 {
		t.Errorf("%+v", timelines)
	}
	if want := []error{journey.TieWarning{1}, journey.UnidentifiedWarning{2, 7}}; !slices.Equal(timelines.Warnings, want) {
		t.Errorf("warnings are %v, want %v", timelines.Warnings, want)
	}
	if two, ok := timelines.Of("2"); !ok || len(two.Touches) != 1 || two.Touches[0].Touchpoint != "a" {
		t.Errorf("the earlier of two touches with one ID stays: %v", two)
	}
	if _, ok := timelines.Of("3"); ok {
		t.Error("nobody has the number 3")
	}
	if (*journey.Timelines)(nil).Len() != 0 {
		t.Error("nil has people")
	}
}

func TestTimelinesRefuse(t *testing.T) {
	broken := errors.New("the line went dead")
	touches, name := []journey.Touch{order(), {}}, journey.ByIdentifier("customer")
	_, err := journey.NewTimelines(nil, nil)
	verify.ConfigError(t, err, "journey.NewTimelines", "src", "profile")
	_, err = journey.NewTimelines(clientele.All(touches), name)
	verify.InputError(t, err, "journey.NewTimelines", 1, "Touchpoint", clientele.ErrMissing)
	_, err = journey.NewTimelines(clientele.All[journey.Touch](nil), name)
	verify.InputError(t, err, "journey.NewTimelines", -1, "touches", clientele.ErrEmpty)
	_, err = journey.NewTimelines(clientele.Read(func() (journey.Touch, error) { return journey.Touch{}, broken }), name)
	verify.InputError(t, err, "journey.NewTimelines", 0, "", broken)
}

// drawTouches draws touches of a few people, each with a number of its own.
func drawTouches(t *rapid.T) []journey.Touch {
	touches := make([]journey.Touch, rapid.IntRange(1, 40).Draw(t, "touches"))
	for i := range touches {
		touches[i] = journey.Touch{
			Touchpoint: rapid.SampledFrom([]string{"site", "chat", "order", "elsewhere"}).Draw(t, "touchpoint"),
			At:         at(rapid.IntRange(1, 5).Draw(t, "day"), 9), Seq: int64(i),
			By: journey.Party(rapid.IntRange(0, 2).Draw(t, "party")),
		}
		if id := rapid.IntRange(0, 60).Draw(t, "id"); id > 0 {
			touches[i].ID = uuid.UUID{byte(id)}
		}
		if who := rapid.IntRange(0, 5).Draw(t, "customer"); who > 0 {
			touches[i].Identifiers = customer(string(rune('0' + who)))
		}
	}
	return touches
}

// all are the timelines in a slice.
func all(timelines *journey.Timelines) (all []journey.Timeline) {
	for timeline := range timelines.All() {
		all = append(all, timeline)
	}
	return all
}

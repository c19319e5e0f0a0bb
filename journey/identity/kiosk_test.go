package identity_test

import (
	"fmt"
	"testing"

	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
)

// A device of thousands of people is handed over from one to the next; asking after each
// touch gives what asking once in the end gives, and does not begin anew each time.
func TestDeviceOfThousands(t *testing.T) {
	const people = 2000
	var touches []journey.Touch
	for i := range people {
		touches = append(touches, touch(2*i, "device kiosk", fmt.Sprint("customer ", i+1)), touch(2*i+1, "device kiosk"))
	}
	asked := stitcher(t, identity.Rules{})
	for _, next := range touches {
		if err := asked.Add(next); err != nil {
			t.Fatal(err)
		}
		if _, ok := asked.Of(next); !ok {
			t.Fatalf("%v is of nobody", next)
		}
	}
	once := stitched(t, identity.Rules{}, touches...)
	want := identity.Totals{Touches: 2 * people, Profiles: people, Identifiers: people + 1, HandedOver: people - 1}
	if a, b := asked.Totals(), once.Totals(); a != want || b != want {
		t.Errorf("totals are %+v and %+v, want %+v", a, b, want)
	}
	if groups(asked, touches) != groups(once, touches) {
		t.Error("asking in between changes the profiles")
	}
	if n := len(asked.Conflicts()); n != people-1 {
		t.Errorf("%d conflicts", n)
	}
}

package journey_test

import (
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/shopspring/decimal"
)

// order is a touch that is usable.
func order() journey.Touch {
	return journey.Touch{
		Identifiers: customer("7001"), Touchpoint: "order", Channel: "shop", At: at(9, 15), Until: at(9, 16),
		By: journey.Customer, Cost: decimal.New(150, -2), Value: decimal.New(5990, 0),
	}
}

func TestTouchValidate(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(*journey.Touch)
		field  string
		kind   error
	}{
		{"usable", func(*journey.Touch) {}, "", nil},
		{"nobody known", func(o *journey.Touch) { o.Identifiers = nil }, "", nil},
		{"no value of an identifier", func(o *journey.Touch) { o.Identifiers[0].Value = "" }, "", nil},
		{"ends at once", func(o *journey.Touch) { o.Until = o.At }, "", nil},
		{"money given back", func(o *journey.Touch) { o.Value = decimal.New(-1, 0) }, "", nil},
		{"no kind", func(o *journey.Touch) { o.Identifiers[0].Kind = "" }, "Identifiers[0].Kind", clientele.ErrMissing},
		{"no touchpoint", func(o *journey.Touch) { o.Touchpoint = "" }, "Touchpoint", clientele.ErrMissing},
		{"no moment", func(o *journey.Touch) { o.At = time.Time{} }, "At", clientele.ErrZeroTime},
		{"ancient", func(o *journey.Touch) { o.At = time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC) }, "At", clientele.ErrTimeRange},
		{"ends before it begins", func(o *journey.Touch) { o.Until = o.At.Add(-1) }, "Until", clientele.ErrRange},
		{"ends in the far future", func(o *journey.Touch) { o.Until = time.Date(2300, 1, 1, 0, 0, 0, 0, time.UTC) }, "Until", clientele.ErrTimeRange},
		{"third party", func(o *journey.Touch) { o.By = 3 }, "By", clientele.ErrUnknown},
		{"negative cost", func(o *journey.Touch) { o.Cost = decimal.New(-1, 0) }, "Cost", clientele.ErrNegative},
		{"tiny cost", func(o *journey.Touch) { o.Cost = decimal.New(1, -101) }, "Cost", clientele.ErrAmountRange},
		{"huge money", func(o *journey.Touch) { o.Value = decimal.New(1, 101) }, "Value", clientele.ErrAmountRange},
	} {
		t.Run(row.name, func(t *testing.T) {
			o := order()
			row.change(&o)
			err := o.Validate()
			if row.kind == nil {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			verify.InputError(t, err, "", -1, row.field, row.kind)
		})
	}
}

func TestTouchEnds(t *testing.T) {
	o := order()
	if got := o.End(); !got.Equal(at(9, 16)) {
		t.Error(got)
	}
	o.Until = time.Time{}
	if got := o.End(); !got.Equal(o.At) {
		t.Error(got)
	}
}

func TestSort(t *testing.T) {
	touches := []journey.Touch{
		{Touchpoint: "d", At: at(2, 9)},
		{Touchpoint: "c", At: at(1, 9), Seq: 3},
		{Touchpoint: "a", At: at(1, 9), Seq: 1},
		{Touchpoint: "e", At: at(2, 9)},
		{Touchpoint: "b", At: at(1, 9), Seq: 2},
	}
	if ties := journey.Sort(touches); ties != 1 {
		t.Errorf("%d ties, want 1: d and e", ties)
	}
	if got := namesOf(touches); !slices.Equal(got, []string{"a", "b", "c", "d", "e"}) {
		t.Error(got)
	}
	if journey.Sort(nil) != 0 {
		t.Error("nothing has ties")
	}
}

// namesOf are the touchpoints of touches.
func namesOf(touches []journey.Touch) (names []string) {
	for _, t := range touches {
		names = append(names, t.Touchpoint)
	}
	return names
}

func TestTimelineValidate(t *testing.T) {
	first, second := order(), order()
	second.At, second.Until = at(10, 9), time.Time{}
	bad := order()
	bad.Touchpoint = ""
	verify.InputError(t, journey.Timeline{}.Validate(), "", -1, "Profile", clientele.ErrMissing)
	verify.InputError(t, journey.Timeline{Profile: "7001", Touches: []journey.Touch{second, first}}.Validate(), "", -1, "Touches[1].At", clientele.ErrRange)
	verify.InputError(t, journey.Timeline{Profile: "7001", Touches: []journey.Touch{first, bad}}.Validate(), "", -1, "Touches[1].Touchpoint", clientele.ErrMissing)
	if err := (journey.Timeline{Profile: "7001", Touches: []journey.Touch{first, first, second}}).Validate(); err != nil {
		t.Error(err)
	}
}

package fault_test

import (
	"errors"
	"io"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/verify"
)

func TestOf(t *testing.T) {
	in, ok := errors.AsType[*clientele.InputError](fault.Of("shop.Sell", "goods", nil, clientele.ErrMissing))
	if !ok || in.Op != "shop.Sell" || in.Field != "goods" || in.Index != -1 || !errors.Is(in, clientele.ErrMissing) {
		t.Error(in)
	}
}

// The error that is renamed belongs to somebody else, and stays as it is.
func TestRenamed(t *testing.T) {
	in := &clientele.InputError{Op: "before", Index: 3, Field: "At", Err: clientele.ErrZeroTime}
	named, ok := errors.AsType[*clientele.InputError](fault.Renamed("after", in))
	if !ok || named.Op != "after" || named.Index != 3 || named.Field != "At" || in.Op != "before" {
		t.Error(named, in)
	}
	if err := fault.Renamed("after", io.EOF); err != io.EOF {
		t.Error(err)
	}
	if err := fault.Renamed("after", nil); err != nil {
		t.Error(err)
	}
}

func TestAddPart(t *testing.T) {
	_, err := clientele.Calendar{Unit: 9, Zone: "Mars/Olympus"}.Open()
	faults := clientele.ConfigError{Op: "shop.New"}
	fault.AddPart(&faults, "Calendar.", err)
	fault.AddPart(&faults, "Calendar.", nil)
	all, ok := errors.AsType[*clientele.ConfigError](faults.Err())
	if !ok || len(all.Faults) != 2 {
		t.Fatal(faults.Err())
	}
	for i, field := range []string{"Calendar.Unit", "Calendar.Zone"} {
		if in, ok := errors.AsType[*clientele.InputError](all.Faults[i]); !ok || in.Field != field || in.Op != "shop.New" {
			t.Errorf("%v, want %s", all.Faults[i], field)
		}
	}
}

func TestCheckedNumbersTheFirstFault(t *testing.T) {
	odd := func(n int) error {
		if n%2 == 0 {
			return nil
		}
		return &clientele.InputError{Index: -1, Field: "n", Value: n, Err: clientele.ErrRange}
	}
	var seen []int
	var failed error
	for n, err := range fault.Checked("test", clientele.All([]int{0, 2, 5, 4, 7}), odd) {
		if err != nil {
			failed = err
			continue
		}
		seen = append(seen, n)
	}
	in, ok := errors.AsType[*clientele.InputError](failed)
	if len(seen) != 2 || !ok || in.Op != "test" || in.Index != 2 || in.Field != "n" || in.Value != 5 {
		t.Errorf("saw %v, then %v", seen, failed)
	}
}

func TestDiffersAndNoJSON(t *testing.T) {
	for _, c := range []struct {
		err  error
		kind error
		text string
	}{
		{fault.Differs("shop.Merge", "Window", 30, 90), clientele.ErrMismatch, "shop.Merge: Config.Window 90: configurations differ: want 30, as in the one it is added to"},
		{fault.Differs("shop.Merge", "Books[2]", nil, "b"), clientele.ErrMismatch, `shop.Merge: Config.Books[2] "b": configurations differ: want none, as in the one it is added to`},
		{fault.Differs("shop.Merge", "Zone", "", "Asia/Tokyo"), clientele.ErrMismatch, `shop.Merge: Config.Zone "Asia/Tokyo": configurations differ: want "", as in the one it is added to`},
		{fault.NoJSON("shop.MarshalJSON", "MarshalBinary to store it"), clientele.ErrEncoding, "shop.MarshalJSON: no JSON form: want MarshalBinary to store it"},
	} {
		if c.err.Error() != c.text || !errors.Is(c.err, c.kind) {
			t.Errorf("%v, want %s", c.err, c.text)
		}
	}
}

func TestAddValue(t *testing.T) {
	faults := clientele.ConfigError{Op: "shop.New"}
	fault.AddValue(&faults, "Adjust", clientele.Holm.Validate())
	if err := faults.Err(); err != nil {
		t.Error(err)
	}
	fault.AddValue(&faults, "Adjust", clientele.Adjustment(9).Validate())
	all, ok := errors.AsType[*clientele.ConfigError](faults.Err())
	if !ok || len(all.Faults) != 1 || !errors.Is(all, clientele.ErrUnknown) {
		t.Fatal(faults.Err())
	}
	if in, ok := errors.AsType[*clientele.InputError](all); !ok || in.Field != "Adjust" || in.Value != uint8(9) || in.Op != "shop.New" {
		t.Error(in)
	}
}

func TestAddNames(t *testing.T) {
	faults := clientele.ConfigError{Op: "shop.New"}
	fault.AddNames(&faults, "Shops", []string{"a", "", "b", "a"})
	all, ok := errors.AsType[*clientele.ConfigError](faults.Err())
	if !ok || len(all.Faults) != 2 {
		t.Fatal(faults.Err())
	}
	for i, field := range []string{"Shops[1]", "Shops[3]"} {
		if in, ok := errors.AsType[*clientele.InputError](all.Faults[i]); !ok || in.Field != field {
			t.Errorf("%v, want %s", all.Faults[i], field)
		}
	}
}

func TestAddDays(t *testing.T) {
	faults := clientele.ConfigError{Op: "shop.New"}
	if got := fault.AddDays(&faults, "Within", 0, 30); got != 30 {
		t.Error(got)
	}
	if got := fault.AddDays(&faults, "Within", 7, 30); got != 7 || faults.Err() != nil {
		t.Error(got, faults.Err())
	}
	fault.AddDays(&faults, "Within", -1, 30)
	fault.AddDays(&faults, "Quiet", 1e6, 30)
	verify.ConfigError(t, faults.Err(), "shop.New", "Within", "Quiet")
}

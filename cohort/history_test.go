package cohort_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"pgregory.net/rapid"
)

// Invariant: an activity put together from histories is the one that was fed.
func TestHistories(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := drawActivity(rt)
		histories := make(map[string]*cohort.History)
		var whole cohort.Activity[string]
		for i, p := range all {
			if err := whole.Add(p); err != nil {
				rt.Fatal(err)
			}
			h := histories[p.Customer]
			if h == nil {
				h = cohort.NewHistory()
				histories[p.Customer] = h
			}
			one := new(cohort.History)
			if err := one.Add(p.At, p.Amount, p.Group); err != nil {
				rt.Fatal(err)
			}
			if i%2 == 0 {
				form, err := one.MarshalBinary()
				if err != nil {
					rt.Fatal(err)
				}
				one.Reset()
				if err := one.UnmarshalBinary(form); err != nil {
					rt.Fatal(err)
				}
			}
			if err := h.Merge(one.Clone()); err != nil {
				rt.Fatal(err)
			}
		}
		var put cohort.Activity[string]
		for _, customer := range rapid.Permutation(all).Draw(rt, "order") {
			if h := histories[customer.Customer]; h != nil {
				if err := put.AddHistory(customer.Customer, h); err != nil {
					rt.Fatal(err)
				}
				delete(histories, customer.Customer)
			}
		}
		if !bytes.Equal(formOf(t, &put), formOf(t, &whole)) {
			rt.Fatal("other facts")
		}
	})
}

func TestHistoryRefuses(t *testing.T) {
	var h cohort.History
	if in, ok := errors.AsType[*clientele.InputError](h.Add(time.Time{}, money("1"), "")); !ok || in.Op != "cohort.History.Add" {
		t.Error(in)
	}
	if err := h.Enrol(date(2025, 1, 1)); err != nil {
		t.Fatal(err)
	}
	var late cohort.History
	if err := late.Enrol(date(2025, 1, 2)); err != nil {
		t.Fatal(err)
	}
	for op, err := range map[string]error{"cohort.History.Enrol": h.Enrol(date(2025, 1, 2)), "cohort.History.Merge": h.Merge(&late)} {
		if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Op != op || in.Field != "at" || !errors.Is(err, clientele.ErrMismatch) {
			t.Errorf("%s: %v", op, err)
		}
	}
	if err := h.Merge(nil); !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
	var a cohort.Activity[string]
	if err := a.Enrol("Ada", date(2025, 1, 2)); err != nil {
		t.Fatal(err)
	}
	if err := a.AddHistory("Ada", &h); !errors.Is(err, clientele.ErrMismatch) {
		t.Error(err)
	}
	if err := a.AddHistory("Ada", nil); !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
	form, err := h.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	for i := range form {
		if err := h.UnmarshalBinary(form[:i]); !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("the first %d bytes: %v", i, err)
		}
	}
}

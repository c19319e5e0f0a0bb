package cohort_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

func formOf[K clientele.ID](t testing.TB, a *cohort.Activity[K]) []byte {
	t.Helper()
	form, err := a.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return form
}

// A form that is cut or that no activity has is refused and changes nothing.
func TestActivityRefusesForms(t *testing.T) {
	a := activityOf(t, spring())
	form := formOf(t, a)
	for i := range form {
		if err := a.UnmarshalBinary(form[:i]); !errors.Is(err, clientele.ErrEncoding) || a.Len() != len(spring()) {
			t.Fatalf("the first %d bytes: %v", i, err)
		}
	}
	// One purchase of 1 at the moment 0 by customer 1, without a label.
	const (
		head  = "cohA\x01" + "\x01\x00"
		first = "\x02" + "\x00\x01" + "\x00" + "\x02\x00\x01" + "\x00"
	)
	var got cohort.Activity[int64]
	if err := got.UnmarshalBinary([]byte(head + "\x01" + first)); err != nil || got.Len() != 1 {
		t.Fatal(err)
	}
	for name, form := range map[string]string{
		"another version":     "cohA\x02" + head[5:] + "\x01" + first,
		"bytes behind":        head + "\x01" + first + "\x00",
		"a label not in use":  "cohA\x01\x02\x00\x01a" + "\x01" + first,
		"labels out of order": "cohA\x01\x02\x01a\x00" + "\x01" + first,
		"the same customer":   head + "\x02" + first + first,
		"nothing of him":      head + "\x01" + "\x02\x00\x00",
		"no such label":       head + "\x01" + "\x02\x00\x01\x00\x02\x00\x01\x01",
		"out of order":        head + "\x01" + "\x02\x00\x02\x00\x02\x00\x02\x00\x00\x02\x00\x01\x00",
		"many and none":       head + "\xff\xff\xff\xff\x0f",
	} {
		if err := got.UnmarshalBinary([]byte(form)); !errors.Is(err, clientele.ErrEncoding) || got.Len() != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An empty activity has a form too.
func TestActivityEmptyForm(t *testing.T) {
	var a, b cohort.Activity[string]
	if err := b.UnmarshalBinary(formOf(t, &a)); err != nil || b.Len() != 0 {
		t.Error(err)
	}
	var h, g cohort.History
	form, err := h.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if err := g.UnmarshalBinary(form); err != nil {
		t.Error(err)
	}
}

// Whatever decodes is written as it was read.
func FuzzActivity_Decode_Encode(f *testing.F) {
	f.Add(formOf(f, activityOf(f, spring())))
	f.Add([]byte("cohA\x01\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var a cohort.Activity[string]
		if a.UnmarshalBinary(data) == nil && !bytes.Equal(formOf(t, &a), data) {
			t.Fatalf("% x", data)
		}
	})
}

// Whatever decodes is written as it was read.
func FuzzHistory_Decode_Encode(f *testing.F) {
	var h cohort.History
	for _, p := range spring()[:4] {
		if err := h.Add(p.At, p.Amount, p.Group); err != nil {
			f.Fatal(err)
		}
	}
	form, err := h.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(form)
	f.Fuzz(func(t *testing.T, data []byte) {
		var h cohort.History
		if h.UnmarshalBinary(data) != nil {
			return
		}
		if form, err := h.MarshalBinary(); err != nil || !bytes.Equal(form, data) {
			t.Fatalf("% x: %v", data, err)
		}
	})
}

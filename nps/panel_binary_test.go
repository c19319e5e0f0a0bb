package nps_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
)

// A form that is cut or that no panel has is refused and changes nothing.
func TestPanelRefusesForms(t *testing.T) {
	p := panelOf(t, nps.PanelConfig{Calendar: monthly}, spring())
	form := panelForm(t, p)
	for i := range form {
		if err := p.UnmarshalBinary(form[:i]); !errors.Is(err, clientele.ErrEncoding) || p.N() != 5 {
			t.Fatalf("the first %d bytes: %v", i, err)
		}
	}
	// One answer of 1 on a scale of 1 and 2, in the group "a", on 1970-01-01 in UTC.
	const (
		head   = "npsP\x01" + "\x02\x04\x02\x04" + "\x00\x00\x00"
		period = "\x01\x00"
		group  = "\x01a" + "\x01" + "\x00" + period
	)
	var got nps.Panel
	if err := got.UnmarshalBinary([]byte(head + "\x01" + group)); err != nil || got.N() != 1 || got.Total().Count(1) != 1 {
		t.Fatal(err, got.N())
	}
	for name, form := range map[string]string{
		"another version":      "npsP\x02" + head[5:] + "\x01" + group,
		"bytes behind":         head + "\x01" + group + "\x00",
		"no such scale":        "npsP\x01" + "\x04\x02\x02\x04" + "\x00\x00\x00" + "\x00",
		"a scale of nothing":   "npsP\x01" + "\x00\x00\x00\x00" + "\x00\x00\x00" + "\x00",
		"no such unit":         "npsP\x01" + "\x02\x04\x02\x04" + "\x05\x00\x00" + "\x00",
		"no such zone":         "npsP\x01" + "\x02\x04\x02\x04" + "\x00\x01?\x00" + "\x00",
		"no such weekday":      "npsP\x01" + "\x02\x04\x02\x04" + "\x00\x00\x07" + "\x00",
		"the same group":       head + "\x02" + group + group,
		"a group of nothing":   head + "\x01" + "\x01a\x00" + "\x00\x00\x00",
		"the same period":      head + "\x01" + "\x01a\x02" + "\x00" + period + "\x00" + period,
		"a period of nothing":  head + "\x01" + "\x01a\x01" + "\x00" + "\x00\x00",
		"too many answers":     head + "\x01" + "\x01a\x01" + "\x00" + "\x80\x80\x80\x80\x80\x80\x80\x10" + "\x01",
		"long ago":             head + "\x01" + "\x01a\x01" + "\xff\xff\x1f" + period,
		"many groups and none": head + "\xff\xff\xff\xff\x0f",
	} {
		if err := got.UnmarshalBinary([]byte(form)); !errors.Is(err, clientele.ErrEncoding) || got.N() != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever decodes is written as it was read.
func FuzzPanel_Decode_Encode(f *testing.F) {
	f.Add(panelForm(f, panelOf(f, nps.PanelConfig{Calendar: monthly}, spring())))
	f.Add(panelForm(f, panelOf(f, nps.PanelConfig{Scale: nps.CSATScale()}, nil)))
	f.Fuzz(func(t *testing.T, data []byte) {
		var p nps.Panel
		if p.UnmarshalBinary(data) == nil && !bytes.Equal(panelForm(t, &p), data) {
			t.Fatalf("% x", data)
		}
	})
}

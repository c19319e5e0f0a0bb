package nps_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// Invariant: JSON holds all of a panel and of its series, in whatever order it counted.
func TestPanelJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := verify.Must(nps.NewPanel(nps.PanelConfig{Calendar: monthly}))
		for _, a := range drawAnswers(t) {
			if err := p.Add(a); err != nil {
				t.Fatal(err)
			}
		}
		data := verify.Must(json.Marshal(p))
		var read nps.Panel
		if err := json.Unmarshal(data, &read); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(verify.Must(read.MarshalBinary()), verify.Must(p.MarshalBinary())) || read.Config() != p.Config() {
			t.Fatalf("%s", data)
		}
		if p.N() == 0 {
			return
		}
		s := verify.Must(p.Series())
		data = verify.Must(json.Marshal(s))
		var series nps.Series
		if err := json.Unmarshal(data, &series); err != nil || !bytes.Equal(verify.Must(json.Marshal(series)), data) || series.Total() != s.Total() {
			t.Fatalf("%v: %s", err, data)
		}
	})
}

func TestPanelJSONIsReadable(t *testing.T) {
	p := panelOf(t, nps.PanelConfig{Scale: nps.Scale{Min: 1, Max: 3, Detractor: 1, Promoter: 3}, Calendar: monthly}, []nps.Answer{
		{At: noonOf(2024, 3, 1), Group: "web", Value: 3},
		{At: noonOf(2024, 1, 1), Group: "web", Value: 1},
	})
	const periods = `"periods":[{"period":648,"label":"2024-01","counts":[1,0,0]},{"period":650,"label":"2024-03","counts":[0,0,1]}]`
	for name, c := range map[string]struct {
		value any
		want  string
	}{
		"panel":        {p, `"groups":[{"name":"web",` + periods + `}]}`},
		"series":       {verify.Must(p.Series()), `,` + periods + `}`},
		"empty panel":  {nps.Panel{}, `"groups":[]}`},
		"empty series": {nps.Series{}, `"periods":[]}`},
	} {
		if got := string(verify.Must(json.Marshal(c.value))); !strings.HasSuffix(got, c.want) || !strings.HasPrefix(got, `{"scale":{"min":`) {
			t.Errorf("%s: %s, want …%s", name, got, c.want)
		}
	}
	var empty nps.Series
	if err := json.Unmarshal(verify.Must(json.Marshal(nps.Series{})), &empty); err != nil || empty.Total().N() != 0 {
		t.Error(err)
	}
}

// What MarshalJSON does not write is refused, and leaves the receiver as it was.
func TestBadPanelJSON(t *testing.T) {
	const head, tail = `{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},"calendar":{"unit":"month"},"groups":[`, `]}`
	const january = `{"period":648,"label":"2024-01","counts":[1,0]}`
	for name, c := range map[string]struct{ groups, field string }{
		"unknown key":         {`{"nam":"a","periods":[]}`, "groups[0].nam"},
		"no periods":          {`{"name":"a","periods":[]}`, "groups[0].periods"},
		"a group twice":       {`{"name":"a","periods":[` + january + `]},{"name":"a","periods":[` + january + `]}`, "groups[1].name"},
		"a period twice":      {`{"name":"a","periods":[` + january + `,` + january + `]}`, "groups[0].periods[1].period"},
		"another label":       {`{"name":"a","periods":[{"period":648,"label":"2024-02","counts":[1,0]}]}`, "groups[0].periods[0].label"},
		"a period of no year": {`{"name":"a","periods":[{"period":99999,"label":"","counts":[1,0]}]}`, "groups[0].periods[0].period"},
		"few counts":          {`{"name":"a","periods":[{"period":648,"label":"2024-01","counts":[1]}]}`, "groups[0].periods[0].counts"},
		"no answers":          {`{"name":"a","periods":[{"period":648,"label":"2024-01","counts":[0,0]}]}`, "groups[0].periods[0].counts"},
		"beyond 2^53":         {`{"name":"a","periods":[{"period":648,"label":"2024-01","counts":[9007199254740992,1]}]}`, "groups[0].periods[0].counts[1]"},
		"beyond 2^53 in all":  {`{"name":"a","periods":[{"period":648,"label":"2024-01","counts":[9007199254740992,0]},{"period":649,"label":"2024-02","counts":[1,0]}]}`, "groups[0].periods[1].counts"},
	} {
		p := panelOf(t, nps.PanelConfig{Calendar: monthly}, spring())
		n := p.N()
		err := p.UnmarshalJSON([]byte(head + c.groups + tail))
		if !errors.Is(err, clientele.ErrEncoding) || !strings.Contains(err.Error(), c.field) || p.N() != n {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, text := range map[string]string{
		"null":  `null`,
		"keys":  `{}`,
		"scale": `{"scale":{"min":5,"max":1,"detractor":0,"promoter":1},"calendar":{},"groups":[]}`,
		"zone":  `{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},"calendar":{"zone":"Mars/Olympus"},"groups":[]}`,
	} {
		if err := new(nps.Panel).UnmarshalJSON([]byte(text)); !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%s: %v", name, err)
		}
		text = strings.Replace(text, "groups", "periods", 1)
		if err := new(nps.Series).UnmarshalJSON([]byte(text)); !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%s of a series: %v", name, err)
		}
	}
}

func FuzzPanel_UnmarshalJSON(f *testing.F) {
	var p nps.Panel
	if err := p.Add(nps.Answer{At: noonOf(2024, 1, 1), Group: "web", Value: 9}); err != nil {
		f.Fatal(err)
	}
	f.Add(verify.Must(json.Marshal(p)))
	f.Add([]byte(`{"scale":{},"calendar":{"unit":"week","weekStart":1},"groups":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var read, again nps.Panel
		if err := read.UnmarshalJSON(data); err != nil {
			if !errors.Is(err, clientele.ErrEncoding) || read.N() != 0 {
				t.Fatal(err)
			}
			return
		}
		if err := again.UnmarshalJSON(verify.Must(json.Marshal(read))); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(verify.Must(again.MarshalBinary()), verify.Must(read.MarshalBinary())) {
			t.Fatalf("%s", data)
		}
	})
}

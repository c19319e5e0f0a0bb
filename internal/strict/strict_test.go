package strict_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// shade is an enumeration that tells its names.
type shade uint8

func (s shade) MarshalText() ([]byte, error) { return []byte([]string{"light", "dark"}[s]), nil }

func (s *shade) UnmarshalText(text []byte) error {
	for i, name := range []string{"light", "dark"} {
		if name == string(text) {
			*s = shade(i)
			return nil
		}
	}
	return &clientele.InputError{Op: "shade", Index: -1, Field: "Shade", Value: string(text), Err: rule.OneOf("light", "dark")}
}

type base struct {
	Name  string `json:"name,omitempty"`
	Level *int8  `json:"level,omitempty"`
	level int
}

// shape has all that a configuration may have.
type shape struct {
	base
	On     bool                 `json:"on"`
	Count  uint16               `json:"count"`
	Share  float64              `json:"share"`
	Small  float32              `json:"small"`
	Data   []byte               `json:"data"`
	Pair   [2]int               `json:"pair"`
	Rules  []shape              `json:"rules,omitempty"`
	By     map[string]int       `json:"by,omitempty"`
	Days   map[int8][]string    `json:"days,omitempty"`
	Shades map[shade]bool       `json:"shades,omitempty"`
	Shade  shade                `json:"shade"`
	Any    any                  `json:"any,omitempty"`
	Raw    json.RawMessage      `json:"raw,omitempty"`
	At     time.Time            `json:"at,omitzero"`
	Price  decimal.Decimal      `json:"price,omitzero"`
	ID     uuid.UUID            `json:"id,omitzero"`
	When   clientele.Calendar   `json:"when,omitzero"`
	Deals  []clientele.DealRule `json:"deals,omitempty"`
	Hidden int                  `json:"-"`
	Plain  int
}

func (s *shape) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("strict.shape", data, s)
}

const whole = `{"name":"a","level":-3,"on":true,"count":7,"share":0.25,"small":1e3,"data":"aGk=","pair":[1,2],
	"rules":[{"name":"b","by":{"x y":1}},{"pair":[3,4]}],"by":{"":2},"days":{"-1":["m"]},"shades":{"dark":true},"shade":"dark",
	"any":{"k":[1,null]},"raw":[1, 2],"at":"2025-01-31T09:30:00Z","price":"12.50","id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8",
	"when":{"unit":"week","weekStart":"monday"},"deals":[{"window":14}],"Plain":5}`

// plainShape is read by encoding/json alone.
type plainShape shape

func TestIntoReadsWhatPackageJSONReads(t *testing.T) {
	var got shape
	if err := got.UnmarshalJSON([]byte(whole)); err != nil {
		t.Fatal(err)
	}
	var want plainShape
	if err := json.Unmarshal([]byte(whole), &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(plainShape(got), want) {
		t.Errorf("read %+v, want %+v", got, want)
	}
}

// refusals are documents with the path that their fault names.
var refusals = []struct {
	name, data, field string
	value             any
	kind              error
}{
	{"another form of a decimal", `{"price":"12,50"}`, "price", "12,50", nil},
	{"another form of a time", `{"at":"yesterday"}`, "at", "yesterday", nil},
	{"another form of a UUID", `{"id":"7"}`, "id", "7", nil},
	{"Base64 that is none", `{"data":"?"}`, "data", nil, nil},
	{"cut short", `{"on":`, "", nil, nil},
	{"empty", ``, "", nil, nil},
	{"fraction for a whole number", `{"rules":[{},{"count":1.5}]}`, "rules[1].count", json.Number("1.5"), nil},
	{"key given twice", `{"rules":[{"on":true,"on":true}]}`, "rules[0].on", nil, nil},
	{"key given twice, once escaped", `{"on":true,"\u006fn":true}`, "on", nil, nil},
	{"key given twice in anything", `{"any":[{"k":1,"k":1}]}`, "any[0].k", nil, nil},
	{"key given twice in a map", `{"by":{"x y":1,"x y":1}}`, `by["x y"]`, nil, nil},
	{"key given twice in another spelling", `{"days":{"1":[],"01":[]}}`, "days.01", nil, nil},
	{"key in another case", `{"Name":"a"}`, "Name", nil, nil},
	{"key in another case below", `{"deals":[{"Window":1}]}`, "deals[0].Window", nil, nil},
	{"key of another type", `{"days":{"mon":[]}}`, "days.mon", nil, nil},
	{"key that is no name", `{"shades":{"grey":true}}`, "shades.grey", nil, rule.Unknown},
	{"list for a number", `{"share":[1]}`, "share", nil, nil},
	{"list for an object", `[]`, "", nil, nil},
	{"name that is unknown", `{"rules":[{"shade":"grey"}]}`, "rules[0].shade", "grey", rule.Unknown},
	{"name that is unknown, of a part of a part", `{"when":{"unit":"eon"}}`, "when.unit", "eon", rule.Unknown},
	{"nested too deeply", `{"any":` + strings.Repeat("[", 70) + strings.Repeat("]", 70) + `}`, "any" + strings.Repeat("[0]", 63), nil, nil},
	{"null in a list", `{"pair":[1,null]}`, "pair[1]", nil, nil},
	{"null in a map", `{"by":{"x":null}}`, "by.x", nil, nil},
	{"number for a name", `{"shade":1}`, "shade", json.Number("1"), nil},
	{"number for a time", `{"at":1}`, "at", json.Number("1"), nil},
	{"number for text", `{"rules":[{"name":12}]}`, "rules[0].name", json.Number("12"), nil},
	{"number of elements", `{"pair":[1,2,3]}`, "pair", nil, nil},
	{"number that is too large", `{"share":1e999}`, "share", json.Number("1e999"), nil},
	{"number that is too small", `{"level":-129}`, "level", json.Number("-129"), nil},
	{"number that is negative", `{"count":-1}`, "count", json.Number("-1"), nil},
	{"object for a list", `{"rules":{}}`, "rules", nil, nil},
	{"text for a list", `{"rules":"x"}`, "rules", "x", nil},
	{"text for a number", `{"rules":[{"pair":["x",1]}]}`, "rules[0].pair[0]", "x", nil},
	{"text for an object", `{"by":"x"}`, "by", "x", nil},
	{"text for true or false", `{"on":"true"}`, "on", "true", nil},
	{"text that is not UTF-8", "{\"name\":\"\xff\"}", "", nil, nil},
	{"true for text", `{"name":true}`, "name", true, nil},
	{"two values", "{\"on\":true}\n {}", "", nil, nil},
	{"unknown key", `{"kep":1}`, "kep", nil, nil},
	{"unknown key below", `{"rules":[{"by":{}},{"rules":[{"a.b":1}]}]}`, `rules[1].rules[0]["a.b"]`, nil, nil},
}

func TestIntoRefuses(t *testing.T) {
	messages := make(map[string]error)
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			got := shape{Plain: 3, Hidden: 4, base: base{Name: "before", level: 2}}
			err := got.UnmarshalJSON([]byte(c.data))
			messages[c.name] = err
			in, ok := err.(*clientele.InputError)
			if !ok || in.Op != "strict.shape" || in.Index != -1 || in.Field != c.field || in.Value != c.value {
				t.Fatalf("error is %#v, want field %q, value %v", err, c.field, c.value)
			}
			if !errors.Is(err, clientele.ErrEncoding) || c.kind != nil && !errors.Is(err, c.kind) {
				t.Errorf("error is of another kind: %v", err)
			}
			if !reflect.DeepEqual(got, shape{Plain: 3, Hidden: 4, base: base{Name: "before", level: 2}}) {
				t.Errorf("a fault changed the value to %+v", got)
			}
		})
	}
	verify.Messages(t, "messages.txt", messages)
}

func TestIntoKeepsWhatIsAbsent(t *testing.T) {
	level := int8(5)
	was := shape{base: base{Name: "before", Level: &level}, Share: 0.5, Hidden: 4, Rules: []shape{{Plain: 1}}, By: map[string]int{"x": 1}}
	for _, c := range []struct {
		name, data string
		change     func(*shape)
	}{
		{"null", ` null `, func(*shape) {}},
		{"no keys", `{}`, func(*shape) {}},
		{"null of numbers and names", `{"share":null,"shade":null,"at":null,"when":null,"price":null}`, func(*shape) {}},
		{"null of what can be nil", `{"level":null,"rules":null,"by":null}`, func(s *shape) { s.Level, s.Rules, s.By = nil, nil, nil }},
		{"lists and maps are made anew", `{"rules":[{}],"by":{"y":2}}`, func(s *shape) { s.Rules, s.By = []shape{{}}, map[string]int{"y": 2} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, want := was, was
			c.change(&want)
			if err := got.UnmarshalJSON([]byte(c.data)); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("read %+v, %v, want %+v", got, err, want)
			}
		})
	}
	got := was
	if err := got.UnmarshalJSON([]byte(`{"level":6}`)); err != nil || *got.Level != 6 || level != 5 {
		t.Errorf("level is %v, that of the value before %d, %v", got.Level, level, err)
	}
}

// Embedding promotes an UnmarshalJSON; Into does not call it.
func TestIntoReadsWhatIsEmbedded(t *testing.T) {
	type pointed struct {
		On bool `json:"on"`
	}
	type Inner struct {
		clientele.DealRule
		A int `json:"a"`
		B int `json:"b"`
	}
	type outer struct {
		Inner
		*pointed        // of a type that encoding/json cannot make
		B        string `json:"b"`
	}
	var got outer
	if err := strict.Into[clientele.InputError]("outer", []byte(`{"window":3,"a":1,"b":"x"}`), &got); err != nil {
		t.Fatal(err)
	}
	if got.Window != 3 || got.A != 1 || got.B != "x" || got.Inner.B != 0 {
		t.Errorf("read %+v", got)
	}
	if err := strict.Into[clientele.InputError]("outer", []byte(`{"on":true}`), &got); err == nil {
		t.Error("a key of a struct that cannot be made was read")
	}
}

func TestIntoReadsAMap(t *testing.T) {
	by := map[string]clientele.DealRule{"z": {}}
	data := []byte(` {"x":{"window":1},"y":{"window":2}} `)
	if err := strict.Into[clientele.InputError]("map", data, &by); err != nil || len(by) != 2 || by["x"].Window != 1 || by["y"].Window != 2 {
		t.Errorf("read %+v, %v", by, err)
	}
	err := strict.Into[clientele.InputError]("map", []byte(`{"x":{},"y":{"windw":1}}`), &by)
	verify.InputError(t, err, "map", -1, "y.windw", clientele.ErrEncoding)
	if by["x"].Window != 1 {
		t.Errorf("a fault changed the map to %+v", by)
	}
}

// A decoder that takes more than linear time does not come to the end of these.
func TestIntoTakesLinearTime(t *testing.T) {
	const n = 1 << 15
	for name, data := range map[string]string{
		"keys":           `{"by":{` + strings.Repeat(`"x":1,`, n) + `"y":1}}`,
		"distinct keys":  `{"by":{` + strings.Join(numbers(n), `:1,`) + `:1}}`,
		"elements":       `{"rules":[` + strings.Repeat(`{"pair":[1,2]},`, n) + `{}]}`,
		"long key":       `{"rules":[{"` + strings.Repeat("k", 8*n) + `":1}]}`,
		"long text":      `{"rules":[{"on":"` + strings.Repeat("k", 8*n) + `"}]}`,
		"nested":         `{"any":` + strings.Repeat("[", n),
		"nested in part": strings.Repeat(`{"rules":[`, 30) + strings.Repeat(`{},`, n) + `{}` + strings.Repeat(`]}`, 30),
	} {
		var s shape
		err := s.UnmarshalJSON([]byte(data))
		if err != nil && len(err.Error()) > 1000 {
			t.Errorf("%s: a message of %d bytes", name, len(err.Error()))
		}
	}
}

func numbers(n int) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = `"` + decimal.NewFromInt(int64(i)).String() + `"`
	}
	return texts
}

package strict_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
	"pgregory.net/rapid"
)

// FuzzJSON decodes any bytes. What is read is what encoding/json reads; what is not is a
// fault of the encoding and changes nothing.
func FuzzJSON(f *testing.F) {
	f.Add([]byte(whole))
	for _, c := range refusals {
		f.Add([]byte(c.data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		was := shape{Plain: 1, base: base{Name: "before"}}
		got, want := was, plainShape(was)
		err := strict.Into[clientele.InputError]("fuzz", data, &got)
		if err != nil {
			if in, ok := err.(*clientele.InputError); !ok || in.Op != "fuzz" || !errors.Is(err, clientele.ErrEncoding) || err.Error() == "" {
				t.Fatalf("%q: error is %#v", data, err)
			}
			if !reflect.DeepEqual(got, was) {
				t.Fatalf("%q: a fault changed the value to %+v", data, got)
			}
			return
		}
		if err := json.Unmarshal(data, &want); err != nil || !reflect.DeepEqual(plainShape(got), want) {
			t.Fatalf("%q: read %+v, encoding/json reads %+v, %v", data, got, want, err)
		}
	})
}

// Invariant: what encoding/json writes is read back, and with a key too many it is
// refused under the path of that key.
func TestIntoReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawShape(t, 3)
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got shape
		if err := got.UnmarshalJSON(data); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		if again, err := json.Marshal(got); err != nil || string(again) != string(data) {
			t.Fatalf("%s was read as %s, %v", data, again, err)
		}
		path, spoiled := spoil(data, rapid.IntRange(0, 1<<20).Draw(t, "key"))
		err = got.UnmarshalJSON(spoiled)
		if in, ok := err.(*clientele.InputError); !ok || in.Field != path || in.Reason() != "unknown key" {
			t.Fatalf("%s: %v, want an unknown key at %s", spoiled, err, path)
		}
	})
}

func drawShape(t *rapid.T, depth int) shape {
	s := shape{
		base: base{Name: rapid.String().Draw(t, "name")}, On: rapid.Bool().Draw(t, "on"), Count: rapid.Uint16().Draw(t, "count"),
		Share: rapid.Float64().Draw(t, "share"), Pair: [2]int{rapid.Int().Draw(t, "first"), rapid.Int().Draw(t, "second")},
		By: rapid.MapOf(rapid.String(), rapid.Int()).Draw(t, "by"), Raw: json.RawMessage("null"),
	}
	for depth > 0 && rapid.Bool().Draw(t, "deeper") {
		s.Rules = append(s.Rules, drawShape(t, depth-1))
		depth--
	}
	return s
}

// spoil adds an unknown key to one of the shapes in a document, and returns its path.
func spoil(data []byte, which int) (path string, spoiled []byte) {
	var all map[string]json.RawMessage
	_ = json.Unmarshal(data, &all)
	var rules []json.RawMessage
	_ = json.Unmarshal(all["rules"], &rules)
	path = "zzz"
	if n := len(rules) + 1; which%n != 0 {
		path, rules[which%n-1] = spoil(rules[which%n-1], which/n)
		path = "rules[" + string('0'+rune(which%n-1)) + "]." + path
		all["rules"], _ = json.Marshal(rules)
	} else {
		all["zzz"] = json.RawMessage("1")
	}
	spoiled, _ = json.Marshal(all)
	return path, spoiled
}

package strict

import (
	"reflect"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/rule"
)

// fields are the keys of a struct.
type fields struct {
	names []string         // as encoding/json writes the fields
	index map[string][]int // as of reflect.Value.FieldByIndex
}

// candidate is a field that may be what a key stands for.
type candidate struct {
	name   string
	tagged bool
	index  []int
}

// fieldsOf returns the keys of a struct by the rules of encoding/json: of fields of one
// name the shallowest counts, then one that has its name from a tag; where several are
// left, none does.
func fieldsOf(t reflect.Type) fields {
	known := fields{index: make(map[string][]int)}
	visited := make(map[reflect.Type]bool)
	level := []embedded{{t, nil}}
	for len(level) > 0 {
		var here []candidate
		var below []embedded
		for _, e := range level {
			if !visited[e.Type] {
				here, below = e.candidates(here, below)
			}
		}
		for _, e := range level {
			visited[e.Type] = true
		}
		known.add(here)
		level = below
	}
	slices.SortFunc(known.names, func(a, b string) int { return slices.Compare(known.index[a], known.index[b]) })
	return known
}

// embedded is a struct in a struct, whose fields belong to it too.
type embedded struct {
	reflect.Type
	index []int
}

// candidates adds the fields of a struct, and the structs that are embedded in it.
func (e embedded) candidates(here []candidate, below []embedded) ([]candidate, []embedded) {
	for i := range e.NumField() {
		f := e.Field(i)
		t := f.Type
		if f.Anonymous && t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		isStruct := f.Anonymous && t.Kind() == reflect.Struct && (f.IsExported() || t == f.Type)
		tag := f.Tag.Get("json")
		if tag == "-" || !f.IsExported() && !isStruct {
			continue
		}
		name, _, _ := strings.Cut(tag, ",")
		index := append(slices.Clip(slices.Clone(e.index)), i)
		switch {
		case name != "":
			here = append(here, candidate{name, true, index})
		case isStruct:
			below = append(below, embedded{t, index})
		default:
			here = append(here, candidate{f.Name, false, index})
		}
	}
	return here, below
}

// add decides between the candidates of one depth, which is below all before.
func (k *fields) add(here []candidate) {
	byName := make(map[string][]candidate)
	for _, c := range here {
		byName[c.name] = append(byName[c.name], c)
	}
	for _, c := range here {
		if _, taken := k.index[c.name]; taken {
			continue
		}
		same := byName[c.name]
		if tagged := slices.DeleteFunc(slices.Clone(same), func(c candidate) bool { return !c.tagged }); len(tagged) > 0 {
			same = tagged
		}
		if len(same) > 1 {
			k.index[c.name] = nil // also those deeper down are hidden
			continue
		}
		k.index[c.name] = same[0].index
		k.names = append(k.names, c.name)
	}
}

// unknown is the fault of a key that no field has.
func (k *fields) unknown(key string) *Fault {
	for _, name := range k.names {
		if strings.EqualFold(name, key) {
			return broken("key in another case", "%s", name)
		}
	}
	if len(k.names) == 0 {
		return broken("unknown key", "no keys")
	}
	return broken("unknown key", "%s", rule.List(k.names))
}

// field returns a field of a struct. A struct that is embedded as a pointer becomes one
// of its own.
func field(v reflect.Value, index []int) reflect.Value {
	for i, n := range index {
		if i > 0 && v.Kind() == reflect.Pointer {
			own := copyOf(v)
			v.Set(own)
			v = own.Elem()
		}
		v = v.Field(n)
	}
	return v
}

// copyOf points to a copy of what a pointer points to, the zero value for nil.
func copyOf(pointer reflect.Value) reflect.Value {
	own := reflect.New(pointer.Type().Elem())
	if !pointer.IsNil() {
		own.Elem().Set(pointer.Elem())
	}
	return own
}

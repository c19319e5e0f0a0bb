package strict

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// decoder reads a document into values of Go.
type decoder struct {
	reader
	split func(error) (*Fault, bool)
	known map[reflect.Type]fields
}

// value reads the value that comes next, by the methods of its type if it has such.
func (d *decoder) value(v reflect.Value) *Fault {
	isNull := d.peek() == 'n'
	switch u := v.Addr().Interface().(type) {
	case json.Unmarshaler:
		raw, fault := d.skip()
		if fault != nil {
			return fault
		}
		if _, amount := u.(*decimal.Decimal); amount && len(raw) > rule.MaxAmountText {
			return &Fault{Value: string(raw), Err: rule.ErrLongAmount}
		}
		return d.refused(v.Type(), raw, u.UnmarshalJSON(raw))
	case encoding.TextUnmarshaler:
		if isNull {
			break
		}
		raw, fault := d.skip()
		if fault != nil {
			return fault
		}
		if raw[0] != '"' {
			return wrongType(raw, wanted(v.Type()))
		}
		if fault = d.refused(v.Type(), raw, u.UnmarshalText([]byte(unquote(raw)))); fault != nil {
			fault.Field = "" // a word for the type, and no path
		}
		return fault
	}
	return d.plain(v)
}

// refused is what the method of a type returned of a value.
func (d *decoder) refused(t reflect.Type, raw []byte, err error) *Fault {
	if err == nil {
		return nil
	}
	if part, ok := d.split(err); ok {
		part.Err = rule.Also(rule.Encoding, part.Err)
		return part
	}
	value, _ := describe(raw)
	if form := example(t); form != "" {
		err = rule.Because(rule.Encoding, "unreadable", "%s", form)
	}
	return &Fault{Value: value, Err: rule.Also(rule.Encoding, err)}
}

// plain reads the value that comes next by the kind of its type alone. null changes
// nothing but what can be nil.
func (d *decoder) plain(v reflect.Value) *Fault {
	kind := d.peek()
	if kind == 'n' {
		if isNilable(v) {
			v.SetZero()
		}
		return d.pass()
	}
	switch v.Kind() {
	case reflect.Pointer:
		return d.pointer(v)
	case reflect.Interface:
		return d.anything(v)
	case reflect.Struct:
		if kind == '{' {
			return d.structure(v)
		}
	case reflect.Map:
		if kind == '{' {
			return d.mapping(v)
		}
	case reflect.Array:
		if kind == '[' {
			return d.array(v)
		}
	case reflect.Slice:
		if kind == '[' {
			return d.slice(v)
		}
	}
	return d.scalar(v)
}

func isNilable(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Map, reflect.Slice:
		return true
	}
	return false
}

// element reads a value that has no key of its own, so that null would be a guess.
func (d *decoder) element(v reflect.Value) *Fault {
	if d.peek() == 'n' && !isNilable(v) {
		return wrongType([]byte("null"), wanted(v.Type()))
	}
	return d.value(v)
}

// pointer reads into a copy of what v points to.
func (d *decoder) pointer(v reflect.Value) *Fault {
	target := copyOf(v)
	if fault := d.value(target.Elem()); fault != nil {
		return fault
	}
	v.Set(target)
	return nil
}

// anything reads a value as what encoding/json makes of it.
func (d *decoder) anything(v reflect.Value) *Fault {
	raw, fault := d.skip()
	if fault != nil {
		return fault
	}
	var read any
	if err := json.Unmarshal(raw, &read); err != nil || v.NumMethod() > 0 {
		return wrongType(raw, "nothing that this version reads")
	}
	v.Set(reflect.ValueOf(read))
	return nil
}

// structure reads an object into a struct.
func (d *decoder) structure(v reflect.Value) *Fault {
	known, ok := d.known[v.Type()]
	if !ok {
		known = fieldsOf(v.Type())
		d.known[v.Type()] = known
	}
	return d.object(func(key string) *Fault {
		if index := known.index[key]; index != nil {
			return d.value(field(v, index))
		}
		return known.unknown(key)
	})
}

// mapping reads an object into a map of its own.
func (d *decoder) mapping(v reflect.Value) *Fault {
	t := v.Type()
	read := reflect.MakeMap(t)
	fault := d.object(func(text string) *Fault {
		key, element := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
		if fault := d.key(key, text); fault != nil {
			return fault
		}
		if read.MapIndex(key).IsValid() {
			return givenTwice()
		}
		fault := d.element(element)
		read.SetMapIndex(key, element)
		return fault
	})
	v.Set(read)
	return fault
}

// key reads the key of a map.
func (d *decoder) key(key reflect.Value, text string) *Fault {
	if u, ok := key.Addr().Interface().(encoding.TextUnmarshaler); ok {
		fault := d.refused(key.Type(), []byte(strconv.Quote(text)), u.UnmarshalText([]byte(text)))
		if fault != nil {
			fault.Field, fault.Value = "", nil // the path ends with the key
		}
		return fault
	}
	if key.Kind() == reflect.String {
		key.SetString(text)
		return nil
	}
	if !setNumber(key, text) {
		return broken("wrong type", "%s as key", wanted(key.Type()))
	}
	return nil
}

// array reads a list that has exactly the elements of an array.
func (d *decoder) array(v reflect.Value) *Fault {
	n := 0
	fault := d.list(func(i int) *Fault {
		if n++; i >= v.Len() {
			return d.pass()
		}
		return d.element(v.Index(i))
	})
	if fault == nil && n != v.Len() {
		return broken("wrong number of elements", "exactly %d, not %d", v.Len(), n)
	}
	return fault
}

// slice reads a list into a slice of its own.
func (d *decoder) slice(v reflect.Value) *Fault {
	read := reflect.MakeSlice(v.Type(), 0, 0)
	fault := d.list(func(i int) *Fault {
		read = reflect.Append(read, reflect.Zero(v.Type().Elem()))
		return d.element(read.Index(i))
	})
	v.Set(read)
	return fault
}

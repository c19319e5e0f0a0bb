package strict

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
)

// scalar reads a value that is neither an object nor a list.
func (d *decoder) scalar(v reflect.Value) *Fault {
	raw, fault := d.skip()
	switch {
	case fault != nil:
		return fault
	case v.Kind() == reflect.Bool && (raw[0] == 't' || raw[0] == 'f'):
		v.SetBool(raw[0] == 't')
		return nil
	case v.Kind() == reflect.String && raw[0] == '"':
		v.SetString(unquote(raw))
		return nil
	case isNumber(v.Kind()) && (raw[0] == '-' || '0' <= raw[0] && raw[0] <= '9'):
		return number(v, raw)
	case isBytes(v.Type()) && raw[0] == '"':
		var read []byte
		if err := json.Unmarshal(raw, &read); err != nil {
			return broken("wrong type", "%s", wanted(v.Type()))
		}
		v.SetBytes(read)
		return nil
	}
	return wrongType(raw, wanted(v.Type()))
}

// number reads a number into a value of a type for numbers.
func number(v reflect.Value, raw []byte) *Fault {
	if setNumber(v, string(raw)) {
		return nil
	}
	f := broken("out of range", "%s", limits(v.Type()))
	if !v.CanFloat() && bytes.ContainsAny(raw, ".eE") {
		f = broken("wrong type", "%s", wanted(v.Type()))
	}
	f.Value = json.Number(raw)
	return f
}

// setNumber sets a value of a type for numbers, and reports whether it holds the
// number.
func setNumber(v reflect.Value, text string) bool {
	switch {
	case v.CanInt():
		n, err := strconv.ParseInt(text, 10, v.Type().Bits())
		v.SetInt(n)
		return err == nil
	case v.CanUint():
		n, err := strconv.ParseUint(text, 10, v.Type().Bits())
		v.SetUint(n)
		return err == nil
	case v.CanFloat():
		x, err := strconv.ParseFloat(text, v.Type().Bits())
		v.SetFloat(x)
		return err == nil
	}
	return false
}

func isNumber(k reflect.Kind) bool { return reflect.Int <= k && k <= reflect.Float64 }

func isBytes(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8
}

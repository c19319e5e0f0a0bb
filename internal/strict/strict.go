package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"unicode/utf8"
)

// inputError is clientele.InputError.
type inputError interface {
	~struct {
		Op    string
		Index int
		Field string
		Value any
		Err   error
	}
}

// Into decodes data, which must be one JSON value, into *dst, whose own UnmarshalJSON it
// does not call: that method is one line,
//
//	return strict.Into[clientele.InputError]("rfm.Plan.UnmarshalJSON", data, p)
//
// Keys that are absent or null keep their values, and null alone changes nothing, as in
// encoding/json. A fault is an E, which is clientele.InputError, of op and of
// clientele.ErrEncoding, with the path as Field, and leaves *dst as it was. Where a part
// reports a fault of another kind, such as clientele.ErrUnknown, it is of that kind too.
func Into[E inputError, P interface {
	*E
	error
}, T any](op string, data []byte, dst *T) error {
	read := *dst
	d, fault := newDecoder(data, func(err error) (*Fault, bool) {
		in, ok := err.(P)
		if !ok {
			return nil, false
		}
		part := Fault(*in)
		return &part, true
	})
	if fault == nil {
		fault = d.plain(reflect.ValueOf(&read).Elem())
	}
	if fault != nil {
		fault.Op, fault.Index = op, -1
		out := E(*fault)
		return P(&out)
	}
	*dst = read
	return nil
}

// newDecoder stands at the beginning of data, which must be JSON. split takes apart an
// error of a method by which a type reads itself, if it is the library's own.
func newDecoder(data []byte, split func(error) (*Fault, bool)) (*decoder, *Fault) {
	d := &decoder{reader: reader{data: data}, split: split, known: make(map[reflect.Type]fields)}
	return d, check(data)
}

// check refuses what is not JSON.
func check(data []byte) *Fault {
	if !utf8.Valid(data) {
		return broken("not UTF-8", "JSON encoded as UTF-8")
	}
	var whole json.RawMessage
	err := json.Unmarshal(data, &whole)
	if err == nil {
		return nil
	}
	before := data
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok && syntax.Offset > 0 {
		before = data[:min(int(syntax.Offset)-1, len(data))]
	}
	line := 1 + bytes.Count(before, []byte("\n"))
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return broken("not JSON", "one JSON value; at line %d, column %d: %v", line, column, err)
}

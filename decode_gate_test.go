package clientele_test

import (
	"bytes"
	"encoding"
	"encoding/binary"
	"encoding/json"
	"math"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clientele-go/clientele/internal/shop"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey/xes"
)

// Decoders allocate at most so many bytes, and so many for each byte of what they read: an
// element of a list is at least the three bytes of "{},", and becomes a struct of some hundred
// bytes, in a list that grows by being copied.
const (
	decodedBytes  = 256 << 10
	decodedFactor = 1500
)

// decoded is a method by which a type reads itself, or a function that reads a file, with a
// document that it accepts.
type decoded struct {
	name     string // "rfm.Base.UnmarshalBinary"
	document []byte
	read     func(data []byte) error // into a new value
}

// Invariant: what decoders of stored values allocate is bounded by the length of what they
// read, whatever it says: numbers and counts that are huge, lists and texts that are long, what
// is cut off, and what is changed anywhere.
func TestDecodersAreBounded(t *testing.T) {
	for _, d := range decoders(t) {
		t.Run(d.name, func(t *testing.T) {
			for _, hostile := range hostileForms(d.document) {
				used := allocated(func() { _ = d.read(hostile) })
				if most := uint64(decodedBytes + decodedFactor*len(hostile)); used > most {
					t.Fatalf("%d bytes are allocated for %d: %.300q", used, len(hostile), hostile)
				}
			}
		})
	}
}

// allocated is how much memory a call takes, whether or not it keeps it.
func allocated(call func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	call()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// decoders are all that read: the methods of types that read themselves from JSON or a binary
// form, and functions that read files.
func decoders(t *testing.T) (all []decoded) {
	all = []decoded{
		{"xes.NewReader", fewTimelines(t), func(data []byte) error { return last(xes.NewReader(bytes.NewReader(data)).All()) }},
		{"shop.ReadCSV", fewRows(t), func(data []byte) error { return last(shop.ReadCSV(bytes.NewReader(data))) }},
	}
	read := readers(t)
	for _, row := range decodedRows() {
		all = append(all, decodersOf(row, read)...)
	}
	for _, zero := range slices.Concat(zeroValues, storedTypes) {
		kind := reflect.Indirect(reflect.ValueOf(zero)).Type()
		known := func(d decoded) bool { return strings.HasPrefix(d.name, nameOf(kind)+".") }
		if !isOpaque(kind) && !slices.ContainsFunc(all, known) {
			v := reflect.New(kind)
			fillUsual(v.Elem(), 0)
			all = append(all, decodersOf(v.Interface(), read)...)
		}
	}
	return all
}

// decodersOf are the methods by which a value's type reads itself, with what the value writes.
func decodersOf(value any, read []string) (all []decoded) {
	kind := reflect.Indirect(reflect.ValueOf(value)).Type()
	if name := nameOf(kind) + ".UnmarshalBinary"; slices.Contains(read, name) {
		document := verify.Must(value.(encoding.BinaryMarshaler).MarshalBinary())
		all = append(all, decoded{name, document, func(data []byte) error {
			return reflect.New(kind).Interface().(encoding.BinaryUnmarshaler).UnmarshalBinary(data)
		}})
	}
	if name := nameOf(kind) + ".UnmarshalJSON"; slices.Contains(read, name) {
		all = append(all, decoded{name, verify.Must(json.Marshal(value)), func(data []byte) error {
			return reflect.New(kind).Interface().(json.Unmarshaler).UnmarshalJSON(data)
		}})
	}
	return all
}

// Invariant: every exported type that reads itself, and every function that reads a file, is
// held to its bound with a document that it accepts, made by decodedRows where none can be
// made of exported fields.
func TestDecodersAreAll(t *testing.T) {
	tested := make(map[string]bool)
	for _, d := range decoders(t) {
		if tested[d.name] = true; d.read(d.document) != nil {
			t.Errorf("%s refuses %.300q: %v", d.name, d.document, d.read(d.document))
		}
	}
	for _, name := range readers(t) {
		if !tested[name] {
			t.Errorf("%s has no document: add a value to decodedRows", name)
		}
	}
}

// nameOf is the name of a type without what its type parameters are.
func nameOf(kind reflect.Type) string {
	name, _, _ := strings.Cut(kind.String(), "[")
	return name
}

var (
	jsonNumbers = regexp.MustCompile(`-?\d+(\.\d+)?`)
	jsonTexts   = regexp.MustCompile(`"[^"]*"`)
	jsonLists   = regexp.MustCompile(`\[[^\[\]]*\]|\{[^{}]*\}`)
)

// hostileForms are documents that are made of one that is accepted.
func hostileForms(document []byte) (all [][]byte) {
	for i := range min(len(document), mostPlaces) {
		all = append(all, document[:i])
	}
	switch {
	case json.Valid(document):
		return append(all, hostileLists(document, hostileText(all, document))...)
	case utf8.Valid(document): // a file of text, or a short binary form
		all = hostileText(all, document)
	}
	for i := range min(len(document), mostPlaces) {
		for _, count := range []uint64{1<<7 - 1, 1<<28 - 1, math.MaxUint32, math.MaxInt64} {
			written := binary.AppendUvarint(nil, count)
			all = append(all, slices.Concat(document[:i], written, document[i+1:]), slices.Concat(document[:i], written))
		}
	}
	return all
}

// hostileText adds documents with other numbers and texts, which are huge or long.
func hostileText(all [][]byte, document []byte) [][]byte {
	long := strings.Repeat("7", 10_000)
	all = replaced(all, document, jsonNumbers, "1000000000", "2147483647", "9007199254740992", "9223372036854775807", "18446744073709551615", "1e300", "1e999999999", long)
	return replaced(all, document, jsonTexts, `"1e999999999"`, `"1e-999999999"`, `"`+long+`"`, `"1e`+long+`"`, `{}`, strings.Repeat("<", 5000))
}

// hostileLists adds documents with other lists and objects, which are long or deep.
func hostileLists(document []byte, all [][]byte) [][]byte {
	for _, at := range places(document, jsonLists) {
		begin, inner, end := document[:at[1]-1], document[at[0]+1:at[1]-1], document[at[1]-1:]
		all = append(all, slices.Concat(begin, bytes.Repeat(append([]byte(","), inner...), 1000), end))
	}
	return replaced(all, document, jsonLists, "["+strings.Repeat("{},", 3000)+"{}]", "["+strings.Repeat("[],", 3000)+"[]]", "["+strings.Repeat("0,", 5000)+"0]", strings.Repeat("[", 5000)+strings.Repeat("]", 5000))
}

// replaced adds documents with texts in place of what is found.
func replaced(all [][]byte, document []byte, find *regexp.Regexp, with ...string) [][]byte {
	for _, at := range places(document, find) {
		for _, text := range with {
			all = append(all, slices.Concat(document[:at[0]], []byte(text), document[at[1]:]))
		}
	}
	return all
}

// mostPlaces is how many places of a document are changed, from its beginning.
const mostPlaces = 80

// places are where something is found.
func places(document []byte, find *regexp.Regexp) [][]int {
	return find.FindAllIndex(document, mostPlaces)
}

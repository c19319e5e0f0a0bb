// Package sheet writes CSV: lines of texts, numbers in full and ids as people read them.
package sheet

import (
	"encoding"
	"encoding/csv"
	"encoding/hex"
	"io"
	"iter"
	"reflect"
	"strconv"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Write writes lines up to the first error of w, which comes back as it is. It is RFC 4180
// with lines that end in LF. Texts are not changed, also where a spreadsheet would take them
// for formulas: whoever reads the lines gets what was written, and whoever shows the lines to
// people passes a clientele.Spreadsheet.
func Write(op string, w io.Writer, lines iter.Seq[[]string]) error {
	if w == nil {
		return fault.Of(op, "w", nil, ErrNoWriter)
	}
	out := csv.NewWriter(w)
	for line := range lines {
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// ErrNoWriter is the fault of a missing writer.
var ErrNoWriter = rule.Want(clientele.ErrMissing, "a writer, such as a file or an http.ResponseWriter")

// Number writes a number so that it reads back as itself.
func Number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// ID writes an id as JSON does, but for the quotes; bytes without a text are in hex.
func ID[K clientele.ID](id K) string {
	if text, ok := any(id).(encoding.TextMarshaler); ok {
		if data, err := text.MarshalText(); err == nil {
			return string(data)
		}
	}
	switch v := reflect.ValueOf(id); v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Array:
		bytes := make([]byte, v.Len())
		reflect.Copy(reflect.ValueOf(bytes), v)
		return hex.EncodeToString(bytes)
	case reflect.Uint32, reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10)
	default:
		return strconv.FormatInt(v.Int(), 10)
	}
}

package rule

import (
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Longest texts in a message, in bytes: a file's whole content may stand in a field.
const (
	maxValue = 100 // of a value that was refused
	maxArg   = 200 // of a value that is allowed, or in a remedy
	maxCause = 500 // of an error that is not the library's
)

// Text writes a value that was refused for a message: text quoted, a time as in RFC 3339,
// an amount that was refused for its exponent by coefficient and exponent, since all its
// digits might be gigabytes. It is "" for nil and for the zero time, and cut where it is
// long.
func Text(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return cut(v, maxValue, strconv.Quote)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.Format(time.RFC3339Nano)
	case decimal.Decimal:
		return amountText(v, maxValue)
	}
	return Shortened(fmt.Sprint(value))
}

// Shortened writes a text, or its first 100 bytes, cut between characters, and its length.
func Shortened(s string) string { return cut(s, maxValue, plainText) }

// Cause is the text of an error. One that is not the library's, whose length is anything,
// is cut where it is long.
func Cause(err error) string {
	text := fmt.Sprint(err)
	if _, ours := errors.AsType[*Broken](err); ours || errors.Is(err, Config) {
		return text
	}
	return cut(text, maxCause, plainText)
}

func plainText(s string) string { return s }

func cut(s string, most int, write func(string) string) string {
	if len(s) <= most {
		return write(s)
	}
	end := most
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return fmt.Sprintf("%s... (%d bytes)", write(s[:end]), len(s))
}

func amountText(d decimal.Decimal, most int) string {
	if !InAmount(d) {
		return fmt.Sprintf("%se%d", cut(d.Coefficient().String(), most, plainText), d.Exponent())
	}
	return cut(d.String(), most, plainText)
}

// shown are the arguments of a message: times as in RFC 3339, like the values of errors, and
// long texts cut. Numbers stay as they are, for verbs such as %d.
func shown(args []any) []any {
	all := make([]any, len(args))
	for i, arg := range args {
		all[i] = arg
		switch v := arg.(type) {
		case bool, int, int32, int64, uint8, uint64, float64:
		case time.Time:
			all[i] = v.Format(time.RFC3339Nano)
		case decimal.Decimal:
			all[i] = amountText(v, maxArg)
		default:
			if text := fmt.Sprint(arg); len(text) > maxArg {
				all[i] = cut(text, maxArg, plainText)
			}
		}
	}
	return all
}

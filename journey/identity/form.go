package identity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clientele-go/clientele/internal/enum"
)

// Form is a way in which the values of a kind of identifier are written, so that several
// spellings of one value are one. What a form cannot read stays as it is, but for space
// around it: a form never refuses.
type Form uint8

const (
	Exact  Form = iota // as it is, every byte
	Folded             // lower case, without space around it
	Email              // lower case, without space around it and "mailto:"; dots and tags of the account stay, since they differ for most providers
	Phone              // digits, with + in front of an international number: no space, hyphens, dots, slashes and brackets, 00 in front is +, and a (0) within an international number goes
)

var formNames = [...]string{Exact: "exact", Folded: "folded", Email: "email", Phone: "phone"}

// String returns the name, as in "phone", and "Form(9)" for a value without a name.
func (f Form) String() string { return enum.String(formNames[:], f) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (f Form) MarshalText() ([]byte, error) { return enum.Marshal(formNames[:], f) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (f *Form) UnmarshalText(text []byte) error { return enum.Unmarshal(formNames[:], f, text) }

// Normal returns a value as the form writes it, as "+4930123456" for a telephone number
// that somebody typed as "0049 (30) 123-456". Writing it again changes nothing. Numbers
// without a country stay without: the form does not know where they are dialled.
func (f Form) Normal(value string) string {
	switch f {
	case Folded:
		return folded(value)
	case Email:
		return email(value)
	case Phone:
		var digits [32]byte
		if number := appendPhone(digits[:0], value); number != nil {
			return string(number)
		}
		return strings.TrimSpace(value)
	}
	return value
}

// append appends the normal value. Values that are normal already, as most are, are seen
// to be so without a copy.
func (f Form) append(dst []byte, value string) []byte {
	if f == Exact || f.isPlain(value) {
		return append(dst, value...)
	}
	return append(dst, f.Normal(value)...)
}

// isPlain reports whether a value is surely normal: a number of digits, or letters of a
// to z, digits and marks. Others may be normal too.
func (f Form) isPlain(value string) bool {
	if f == Phone {
		number, international := strings.CutPrefix(value, "+")
		return number != "" && (international || number[0] != '0') && areWithin(number, '0', '9')
	}
	return !strings.HasPrefix(value, "mailto:") && areWithin(value, '!', 'z') && strings.IndexFunc(value, isCapital) < 0
}

func areWithin(value string, lo, hi byte) bool {
	for i := range len(value) {
		if value[i] < lo || value[i] > hi {
			return false
		}
	}
	return true
}

func isCapital(r rune) bool { return 'A' <= r && r <= 'Z' }

// folded is lower case. Text that is no UTF-8 stays as it is: two such texts are to differ
// afterwards too.
func folded(value string) string {
	value = strings.TrimSpace(value)
	if !utf8.ValidString(value) {
		return value
	}
	return strings.ToLower(value)
}

func email(value string) string {
	value = folded(value)
	for {
		account, found := strings.CutPrefix(value, "mailto:")
		if !found {
			return value
		}
		value = strings.TrimSpace(account)
	}
}

// appendPhone appends a telephone number; nil if the value is none.
func appendPhone(dst []byte, value string) []byte {
	number, international := strings.CutPrefix(strings.TrimSpace(value), "+")
	dst = append(dst, '+')
	first, trunk := len(dst), 0
	for i, r := range number {
		switch {
		case '0' <= r && r <= '9':
			if i > 0 && trunk == 0 && strings.HasPrefix(number[i-1:], "(0)") {
				trunk = len(dst)
			}
			dst = append(dst, byte(r))
		case !strings.ContainsRune(phoneMarks, r):
			return nil
		}
	}
	if !international && len(dst) > first+2 && dst[first] == '0' && dst[first+1] == '0' {
		dst, trunk, international = slices.Delete(dst, first, first+2), trunk-2, true
	}
	if international && trunk > first {
		dst = slices.Delete(dst, trunk, trunk+1)
	}
	if len(dst) == first {
		return nil
	}
	if !international {
		dst = slices.Delete(dst, first-1, first)
	}
	return dst
}

const phoneMarks = " \t-./()\u00a0\u2009\u202f\u2010\u2011\u2012\u2013"

package identity

import (
	"slices"
	"strings"
)

// IsPlaceholder reports whether a value stands where nobody knew one, so that all who have
// it are different people. A profile of thousands of people is nearly always one of these.
// Case and space around the value do not matter:
//
//   - nothing, and words such as null, undefined, anonymous, unknown, none, n/a, guest, test;
//   - zeros alone, whatever marks stand between: 0, 000-0000, the UUID of zeros;
//   - a telephone number of zeros after the country, as +7 000 000 00 00;
//   - an e-mail address whose account is such a word, as test@… and noreply@…;
//   - marks alone, as - or ???, and text that was made unreadable, as +49***123.
//
// Rules.Blocked adds values of your own.
func IsPlaceholder(value string) bool {
	value = folded(value)
	if account, domain, found := strings.Cut(value, "@"); found {
		return isPlaceholderWord(account) || domain == ""
	}
	return isPlaceholderWord(value) || isZeroPhone(value)
}

// placeholderWords are in ascending order, without the brackets around them.
var placeholderWords = []string{
	"anon", "anonymous", "default", "do-not-reply", "donotreply", "dummy", "empty", "false", "guest",
	"missing", "n.a.", "n/a", "na", "nan", "nil", "no", "no-email", "no-reply", "no_email", "nobody", "noemail", "nomail", "none",
	"noreply", "not available", "not provided", "not set", "null", "object object", "tba", "tbd", "test", "true",
	"undef", "undefined", "unidentified", "unknown",
}

// isPlaceholderWord reports whether text is a word of the list, zeros or marks alone, or
// was made unreadable.
func isPlaceholderWord(text string) bool {
	text = strings.Trim(text, "<>()[]{}\"'` ")
	if strings.Contains(text, "**") || strings.Trim(text, marks+"0") == "" {
		return true
	}
	_, found := slices.BinarySearch(placeholderWords, text)
	return found
}

// marks are what is no part of a value, but stands between its parts.
const marks = " -+./:?*_#,()"

// isZeroPhone reports whether text is an international number of zeros after the country,
// whose code has one digit if it begins with 1 or 7 and up to three otherwise.
func isZeroPhone(text string) bool {
	const fewestZeros = 7
	number, international := strings.CutPrefix(Phone.Normal(text), "+")
	if !international || number == "" {
		return false
	}
	country := 3
	if number[0] == '1' || number[0] == '7' {
		country = 1
	}
	line := strings.TrimLeft(number, "0123456789")
	zeros := len(number) - len(strings.TrimRight(number, "0"))
	return line == "" && zeros >= fewestZeros && len(number)-zeros <= country
}

package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// count prints a number of things with its thousands apart: 12,345.
func count(n int) string { return grouped(strconv.Itoa(n)) }

// counts prints several.
func counts(all []int) string {
	var words []string
	for _, n := range all {
		words = append(words, count(n))
	}
	return strings.Join(words, " / ")
}

// grouped sets the thousands of a number apart.
func grouped(digits string) string {
	sign, whole := "", digits
	if rest, negative := strings.CutPrefix(whole, "-"); negative {
		sign, whole = "−", rest
	}
	whole, fraction, hasFraction := strings.Cut(whole, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if hasFraction {
		whole += "." + fraction
	}
	return sign + whole
}

// money prints an amount in whole units, a half rounded to even.
func money(d decimal.Decimal) string { return grouped(d.StringFixedBank(0)) }

// whole prints a number without decimals.
func whole(v float64) string { return grouped(strconv.FormatFloat(v, 'f', 0, 64)) }

// between prints the interval of an estimate in whole numbers.
func between(e clientele.Estimate) string { return whole(e.Lo) + "–" + whole(e.Hi) }

// short prints a value with as many decimals as it needs, two at most.
func short(v float64) string {
	v = math.Round(v*100)/100 + 0 // + 0 takes the sign off a zero
	return grouped(strconv.FormatFloat(v, 'f', -1, 64))
}

// percent prints a share as a percentage, without the sign.
func percent(share float64) string { return strconv.FormatFloat(100*share, 'f', 1, 64) }

// brief is a text for a message, cut where it is long.
func brief(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	end := most
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}

// listed quotes the first of some names for a message.
func listed(names []string) string {
	const most = 10
	var quoted []string
	for _, name := range head(names, most) {
		quoted = append(quoted, strconv.Quote(brief(name)))
	}
	if more := len(names) - most; more > 0 {
		quoted = append(quoted, fmt.Sprintf("and %s more", count(more)))
	}
	return "[" + strings.Join(quoted, " ") + "]"
}

func longDate(t time.Time) string  { return t.Format("2 January 2006") }
func shortDate(t time.Time) string { return t.Format("2 Jan") }

// plural is "1 customer" or "2 customers".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return count(n) + " " + noun + "s"
}

package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func TestNumbers(t *testing.T) {
	amount := decimal.RequireFromString
	for _, test := range []struct{ name, got, want string }{
		{"count", count(0), "0"},
		{"count below a thousand", count(999), "999"},
		{"count", count(1000), "1,000"},
		{"count", count(1234567), "1,234,567"},
		{"negative count", count(-123456), "−123,456"},
		{"counts", counts([]int{1205, 0, 7}), "1,205 / 0 / 7"},
		{"money, half to even", money(amount("1234.5")), "1,234"},
		{"money, half to even", money(amount("1235.5")), "1,236"},
		{"money that rounds to nothing", money(amount("-0.4")), "0"},
		{"refund", money(amount("-1000")), "−1,000"},
		{"value", short(1234.5678), "1,234.57"},
		{"whole value", short(40), "40"},
		{"value that rounds to nothing", short(-0.001), "0"},
		{"share", percent(0.12345), "12.3"},
		{"one", plural(1, "customer"), "1 customer"},
		{"several", plural(1200, "customer"), "1,200 customers"},
		{"sentence", sentence("so be it"), "So be it."},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.name, test.got, test.want)
		}
	}
}

func TestWriteTable(t *testing.T) {
	var b strings.Builder
	writeTable(&b, "lr", [][]string{{"a title that is wider"}, {"naïve", "1"}, {"b\n\x1b[1m", "1,000"}, {"c", ""}})
	want := "a title that is wider\nnaïve       1\nb\ufffd\ufffd[1m  1,000\nc\n"
	if b.String() != want {
		t.Errorf("table is\n%s\nwant\n%s", &b, want)
	}
}

// Wrapping keeps all words in order, and lines within the width where words allow.
func TestWriteWrappedProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zäé]{1,90}`), 1, 60).Draw(t, "words")
		mark := rapid.SampledFrom([]string{"", "* "}).Draw(t, "mark")
		var b strings.Builder
		writeWrapped(&b, mark, strings.Join(words, " "))
		text, marked := strings.CutPrefix(b.String(), mark)
		if got := strings.Fields(text); !marked || strings.Join(got, " ") != strings.Join(words, " ") {
			t.Fatalf("wrapped to %q", &b)
		}
		for line := range strings.Lines(b.String()) {
			if len(strings.Fields(strings.TrimPrefix(line, mark))) > 1 && utf8.RuneCountInString(line)-1 > width {
				t.Fatalf("line of %d characters: %s", utf8.RuneCountInString(line)-1, line)
			}
		}
	})
}

package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/shopspring/decimal"
)

var update = flag.Bool("update", false, "write the golden files")

// orders are the flags that read the small file of testdata.
var orders = []string{
	"-csv", "testdata/orders.csv", "-customer", "client", "-date", "paid on", "-amount", "Total",
	"-r", "20-60", "-f", "2-5", "-m", "50-200",
}

// output runs the command and returns what it prints.
func output(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if err := run(args, strings.NewReader(""), &stdout, &stderr); err != nil {
		t.Fatal(err)
	}
	if stderr.Len() > 0 {
		t.Errorf("standard error has %q", &stderr)
	}
	return stdout.String()
}

// earlier are the outputs of earlier calls of printed.
var earlier sync.Map

// printed is output, without a run where the same was printed before.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	key := strings.Join(args, "\x00")
	if text, ok := earlier.Load(key); ok {
		return text.(string)
	}
	text := output(t, args...)
	earlier.Store(key, text)
	return text
}

// The picture of the README is the one that the command draws.
func TestPicture(t *testing.T) {
	for file, args := range map[string][]string{"../../../docs/base.svg": nil, "orders.svg": orders, "orders-grid.svg": append([]string{"-grid"}, orders[:8]...)} {
		path := filepath.Join(t.TempDir(), "base.svg")
		output(t, append([]string{"-svg", path}, args...)...)
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, file, string(got))
		if err := xml.Unmarshal(got, new(struct{})); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] {
			t.Fatalf("%s:%d:\n got %s\nwant %s\n(-update writes the file)", path, i+1, gotLines[i], wantLines[i])
		}
	}
	t.Fatalf("%s has %d lines, want %d (-update writes the file)", path, len(gotLines), len(wantLines))
}

func TestGolden(t *testing.T) {
	for _, test := range []struct {
		file string
		args []string
	}{
		{"shop.txt", nil},
		{"shop-grid.txt", []string{"-grid", "-top", "5"}},
		{"orders.txt", orders},
		{"orders.json", append([]string{"-json"}, orders...)},
		{"orders-window.txt", append([]string{"-window", "180", "-asof", "2026-03-01", "-tz", "America/New_York"}, orders...)},
	} {
		t.Run(test.file, func(t *testing.T) { golden(t, test.file, printed(t, test.args...)) })
	}
}

func TestPage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.html")
	text := output(t, append([]string{"-html", path}, orders...)...)
	if text != printed(t, orders...) {
		t.Error("-html changes the text")
	}
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "orders.html", string(page))
}

func TestPageNeedsNothingElse(t *testing.T) {
	for _, args := range [][]string{nil, {"-grid"}, orders} {
		path := filepath.Join(t.TempDir(), "page.html")
		output(t, append([]string{"-html", path}, args...)...)
		page, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, foreign := range []string{"<script", "<link", "http:", "https:", "url(", "@import", "src=", "ZgotmplZ"} {
			if bytes.Contains(page, []byte(foreign)) {
				t.Errorf("the page of %v has %s", args, foreign)
			}
		}
	}
}

func TestPageEscapesNames(t *testing.T) {
	file := filepath.Join(t.TempDir(), "names.csv")
	content := "client,date,amount,channel\n<script>alert(1)</script>,2026-01-02,5,<b>\nB,2025-01-02,5,web\n"
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "page.html")
	output(t, "-csv", file, "-html", path)
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(page, []byte("<script")) || bytes.Contains(page, []byte("<b><")) {
		t.Error("a name of the file is HTML of the page")
	}
	if !bytes.Contains(page, []byte("&lt;script&gt;")) {
		t.Error("the customer is missing")
	}
}

func TestSameInputGivesSameBytes(t *testing.T) {
	for _, args := range [][]string{{}, {"-json"}, {"-grid", "-json"}} {
		if one, other := printed(t, args...), output(t, args...); one != other {
			t.Errorf("two runs with %v differ", args)
		}
	}
}

func TestTextFitsTheTerminal(t *testing.T) {
	for _, args := range [][]string{{"-top", "100"}, orders} {
		for line := range strings.Lines(printed(t, args...)) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > width {
				t.Errorf("line of %d characters with %v: %s", n, args, line)
			}
		}
	}
}

// document is what the tests read of the JSON.
type document struct {
	AsOf   time.Time
	Report struct {
		Total    part
		Segments []part
		Cells    []part
	}
	Moves struct {
		Since     time.Time
		Count     map[string]int
		Segments  []string
		Matrix    [][]int
		Customers []struct {
			Customer, Direction string
			Why                 []string
		}
	}
	Falling []struct {
		Customer string
		Falls    time.Time
	}
}

type part struct {
	Name                string
	Customers           int
	Revenue             decimal.Decimal
	Share, RevenueShare float64
}

// decoded runs the command with -json.
func decoded(t *testing.T, args ...string) document {
	t.Helper()
	var d document
	if err := json.Unmarshal([]byte(printed(t, append([]string{"-json"}, args...)...)), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDocumentAddsUp(t *testing.T) {
	for _, args := range [][]string{nil, {"-grid"}, {"-window", "90"}, orders} {
		d := decoded(t, args...)
		for name, parts := range map[string][]part{"segments": d.Report.Segments, "cells": d.Report.Cells} {
			var sum part
			for _, p := range parts {
				sum.Customers += p.Customers
				sum.Revenue = sum.Revenue.Add(p.Revenue)
				sum.Share += p.Share
				sum.RevenueShare += p.RevenueShare
			}
			if sum.Customers != d.Report.Total.Customers || !sum.Revenue.Equal(d.Report.Total.Revenue) {
				t.Errorf("%v: %s have %d customers and revenue %v, all have %d and %v",
					args, name, sum.Customers, sum.Revenue, d.Report.Total.Customers, d.Report.Total.Revenue)
			}
			if math.Abs(sum.Share-1) > 1e-12 || math.Abs(sum.RevenueShare-1) > 1e-12 {
				t.Errorf("%v: shares of %s sum to %v and %v", args, name, sum.Share, sum.RevenueShare)
			}
		}
		for j, p := range d.Report.Segments {
			now := 0
			for _, row := range d.Moves.Matrix {
				now += row[j]
			}
			if now != p.Customers || d.Moves.Segments[j] != p.Name {
				t.Errorf("%v: %d customers move to %s, which has %d", args, now, d.Moves.Segments[j], p.Customers)
			}
		}
		moved := 0
		for direction, n := range d.Moves.Count {
			if direction != "stayed" {
				moved += n
			}
		}
		if moved != len(d.Moves.Customers) {
			t.Errorf("%v: %d moves are counted, %d listed", args, moved, len(d.Moves.Customers))
		}
	}
}

// The 1/10 sample of a music shop's buyers of 1997, see Fader and Hardie, "Forecasting
// repeat sales at CDNOW" (Interfaces 31, 2001): 2,357 customers.
func TestRealData(t *testing.T) {
	file := testdata.Reference(t, "data", "cdnow-sample-elog.csv")
	d := decoded(t, "-csv", file, "-customer", "sample_id", "-date", "date", "-amount", "dollars")
	if n := d.Report.Total.Customers; n != 2357 {
		t.Errorf("%d customers", n)
	}
	if got := d.Report.Total.Revenue; !got.Equal(decimal.RequireFromString("244091.94")) { // the sum of the column
		t.Errorf("revenue %v", got)
	}
	if want := time.Date(1998, time.July, 1, 0, 0, 0, -1, time.UTC); !d.AsOf.Equal(want) {
		t.Errorf("as of %v, want %v", d.AsOf, want)
	}
}

func TestEveryMoveHasAReason(t *testing.T) {
	for _, m := range decoded(t).Moves.Customers {
		if len(m.Why) == 0 {
			t.Errorf("customer %s %s for no reason", m.Customer, m.Direction)
		}
	}
}

func TestFallsAreWithinTheWeek(t *testing.T) {
	d := decoded(t)
	if len(d.Falling) == 0 {
		t.Fatal("nobody falls")
	}
	for _, f := range d.Falling {
		if !f.Falls.After(d.AsOf) || f.Falls.After(d.AsOf.AddDate(0, 0, lookAhead)) {
			t.Errorf("customer %s falls on %v, seen from %v", f.Customer, f.Falls, d.AsOf)
		}
		if hour, minute, second := f.Falls.Clock(); hour+minute+second != 0 {
			t.Errorf("customer %s falls at %v, not with a day's beginning", f.Customer, f.Falls)
		}
	}
}

func TestDateIsTheEndOfTheLastDay(t *testing.T) {
	d := decoded(t, append([]string{"-tz", "America/New_York"}, orders...)...)
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, time.April, 1, 0, 0, 0, -1, newYork); !d.AsOf.Equal(want) {
		t.Errorf("as of %v, want %v", d.AsOf, want)
	}
	if want := time.Date(2026, time.March, 2, 0, 0, 0, -1, newYork); !d.Moves.Since.Equal(want) {
		t.Errorf("moves since %v, want %v", d.Moves.Since, want)
	}
	if printed(t, orders...) != output(t, append([]string{"-asof", "2026-03-31"}, orders...)...) {
		t.Error("-asof with the day of the last purchase changes the output")
	}
}

func TestStandardInputIsLikeAFile(t *testing.T) {
	file, err := os.Open("testdata/orders.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	t.Setenv("TMPDIR", t.TempDir())
	var stdout bytes.Buffer
	if err := run(append(append([]string{}, orders...), "-csv", "-"), file, &stdout, io.Discard); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(printed(t, orders...), "testdata/orders.csv", "standard input", 1)
	if stdout.String() != want {
		t.Error("standard input gives another output than the file")
	}
	if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
		t.Errorf("the copy of standard input is left behind: %v", left)
	}
}

func TestStatus(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.csv")
	if err := os.WriteFile(empty, []byte("customer,date,amount\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"help", []string{"-h"}, 0, "Usage: quickstart"},
		{"unknown flag", []string{"-x"}, 2, "-x"},
		{"argument", []string{"orders.csv"}, 2, "-csv"},
		{"bounds backwards", []string{"-r", "40-20"}, 2, "-r 40-20"},
		{"one bound", []string{"-m", "1000"}, 2, "-m 1000"},
		{"infinite bound", []string{"-m", "0-Inf"}, 2, "not a finite number"},
		{"bounds of the grid", []string{"-grid", "-f", "2-5"}, 2, "-grid"},
		{"zone", []string{"-tz", "Local"}, 2, "-tz Local"},
		{"date", []string{"-asof", "31.01.2026"}, 2, "-asof 31.01.2026"},
		{"date out of range", []string{"-asof", "1600-01-01"}, 2, "years 1678 to 2261"},
		{"window", []string{"-window", "-1"}, 2, "-window -1"},
		{"top", []string{"-top", "-1"}, 2, "-top -1"},
		{"comma", []string{"-csv", "x", "-comma", "ab"}, 2, `-comma "ab"`},
		{"no comma", []string{"-csv", "x", "-comma", ""}, 2, `-comma ""`},
		{"layout without a year", []string{"-csv", "x", "-layout", "02.01."}, 2, "02.01."},
		{"columns without a file", []string{"-amount", "sum"}, 2, "-amount is for -csv"},
		{"no such file", []string{"-csv", filepath.Join("testdata", "none.csv")}, 1, "none.csv"},
		{"no such column", []string{"-csv", "testdata/orders.csv"}, 1, "orders.csv:1: no date column"},
		{"no rows", []string{"-csv", empty}, 1, "empty.csv: no purchases"},
		{"nothing yet", []string{"-asof", "2020-01-01"}, 1, "no purchases up to 1 January 2020"},
		{"page that cannot be written", []string{"-html", filepath.Join("testdata", "none", "page.html")}, 1, "page.html"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			got := status(run(test.args, strings.NewReader(""), &stdout, &stderr), &stderr)
			if got != test.status || !strings.Contains(stderr.String(), test.says) {
				t.Errorf("status %d and %q, want %d and %q", got, &stderr, test.status, test.says)
			}
			if stdout.Len() > 0 {
				t.Errorf("standard output has %q", &stdout)
			}
		})
	}
}

func TestProgressOnLongInput(t *testing.T) {
	src := func(yield func(Purchase, error) bool) {
		for range 2*progressEvery + 1 {
			if !yield(Purchase{}, nil) {
				return
			}
		}
	}
	var b bytes.Buffer
	for range watched(src, &b, "big.csv") {
	}
	if want := "big.csv: 250,000 purchases\nbig.csv: 500,000 purchases\n"; b.String() != want {
		t.Errorf("progress is %q, want %q", b.String(), want)
	}
	b.Reset()
	for range watched(clientele.All(make([]Purchase, 1000)), &b, "small.csv") {
	}
	if b.Len() > 0 {
		t.Errorf("progress on short input: %q", &b)
	}
}

func TestSpoolReportsErrors(t *testing.T) {
	fault := errors.New("broken pipe")
	t.Setenv("TMPDIR", t.TempDir())
	if err := run([]string{"-csv", "-"}, faulty{fault}, io.Discard, io.Discard); !errors.Is(err, fault) {
		t.Errorf("error is %v", err)
	}
	if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
		t.Errorf("a file is left behind: %v", left)
	}
}

// faulty is a reader that fails.
type faulty struct{ err error }

func (f faulty) Read([]byte) (int, error) { return 0, f.err }

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// errUsage marks what is wrong with the command line.
var errUsage = errors.New("usage")

// options are the command line, checked.
type options struct {
	csv    string // file, "-" for standard input, "" for the embedded receipts
	format csvFormat
	days   *clientele.Periods // the days of the zone
	asOf   time.Time          // the end of a day; zero = of the day of the last purchase
	window clientele.Days
	plan   rfm.Plan
	json   bool
	html   string
	svg    string
	top    int
}

const usage = `Usage: quickstart [flags]

Tells the state of a customer base: who is best, normal, occasional, sleeping and
worst, who moved within a month, who will fall next week without a purchase.
Without -csv it reads the embedded receipts of a simulated shop.

  quickstart -csv orders.csv -customer client -date paid -amount total
  quickstart -csv orders.csv -r 20-40 -f 2-5 -m 1000-5000 -html page.html

A row of the file is a purchase. A negative amount is a refund: it lowers money
and is no purchase. All amounts are in one currency.

`

// parseOptions reads the command line. Its error is errUsage, or flag.ErrHelp
// after help was printed on stderr.
func parseOptions(args []string, stderr io.Writer) (options, error) {
	var o options
	var t texts
	fs := flag.NewFlagSet("quickstart", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	o.define(fs, &t)
	err := fs.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stderr, usage)
		fs.SetOutput(stderr)
		fs.PrintDefaults()
		return o, err
	case err == nil && fs.NArg() > 0:
		err = fmt.Errorf("%q is not a flag; a file is named with -csv", fs.Arg(0))
	case err == nil:
		err = o.check(fs, t)
	}
	if err != nil {
		return o, fmt.Errorf("%w: %w", errUsage, err)
	}
	return o, nil
}

// texts are the flags whose meaning depends on other flags.
type texts struct {
	zone, comma, asOf string
	window            int
	bounds            [3]string // of recency, frequency, monetary
	grid              bool
}

// define declares the flags.
func (o *options) define(fs *flag.FlagSet, t *texts) {
	fs.StringVar(&o.csv, "csv", "", "read purchases from `FILE`; - is standard input")
	for i, c := range csvColumns {
		fs.StringVar(&o.format.names[i], c.role, "", fmt.Sprintf("header of the %s column, `NAME`; else the only one there is of %s", c.role, strings.Join(c.guesses, ", ")))
	}
	fs.Func("layout", "`LAYOUT` of dates, as Go writes the 2nd of January 2006 at 15:04:05, as in 01/02/2006; may be\nrepeated, the first that fits counts (default "+strings.Join(defaultLayouts, ", ")+")", o.addLayout)
	fs.StringVar(&t.comma, "comma", ",", "`CHARACTER` between the columns; tab is a tabulator")
	fs.StringVar(&t.zone, "tz", "", "IANA `ZONE` of dates without one and of days (default UTC, "+shopZone+" for the embedded receipts)")
	fs.StringVar(&t.asOf, "asof", "", "describe the base at the end of a `DATE`, as in 2026-01-31 (default the day of the last purchase)")
	for i, c := range cubeBounds {
		fs.StringVar(&t.bounds[i], c.flag, "", fmt.Sprintf("`LOW-HIGH`, the %s that are normal, both ends included (default thirds of the customers, %s for the embedded receipts)", c.what, c.shop))
	}
	fs.IntVar(&t.window, "window", 0, "count purchases and money of the last `DAYS` only (default all)")
	fs.BoolVar(&t.grid, "grid", false, "use five levels each and ten segments instead of the cube")
	fs.BoolVar(&o.json, "json", false, "print one JSON document instead of text")
	fs.StringVar(&o.html, "html", "", "write a page to `FILE` as well")
	fs.StringVar(&o.svg, "svg", "", "draw the base at a glance to `FILE` as well")
	fs.IntVar(&o.top, "top", 10, "list the first `N` customers; JSON has all")
}

// cubeBounds are the flags for the bounds of the cube, with the embedded shop's.
var cubeBounds = [3]struct{ flag, what, shop string }{
	{"r", "days of recency", "60-270"},
	{"f", "purchases per active year", "2-5"},
	{"m", "average receipts", "200-600"},
}

// addLayout takes a -layout, which must say the day.
func (o *options) addLayout(layout string) error {
	day := time.Date(2013, time.November, 22, 0, 0, 0, 0, time.UTC)
	back, err := time.Parse(layout, day.Format(layout))
	if err != nil || !sameDate(back, day) {
		return errors.New("does not tell year, month and day")
	}
	o.format.layouts = append(o.format.layouts, layout)
	return nil
}

func sameDate(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// check completes the options.
func (o *options) check(fs *flag.FlagSet, t texts) error {
	set := map[string]bool{}
	fs.Visit(func(f *flag.Flag) { set[f.Name] = true })
	if o.csv == "" {
		for _, name := range []string{"customer", "date", "amount", "group", "layout", "comma"} {
			if set[name] {
				return fmt.Errorf("-%s is for -csv", name)
			}
		}
		if !set["tz"] {
			t.zone = shopZone
		}
	}
	if o.top < 0 {
		return fmt.Errorf("-top %d: negative", o.top)
	}
	if t.window < 0 {
		return fmt.Errorf("-window %d: negative", t.window)
	}
	o.window = clientele.Days(t.window)
	if err := o.checkFiles(); err != nil {
		return err
	}
	if err := o.checkTimes(t); err != nil {
		return err
	}
	if err := o.checkComma(t.comma); err != nil {
		return err
	}
	return o.makePlan(t)
}

// checkTimes opens the zone and reads -asof.
func (o *options) checkTimes(t texts) error {
	days, err := clientele.Calendar{Unit: clientele.Day, Zone: t.zone}.Open()
	if err != nil {
		return fmt.Errorf("-tz %s: not a zone such as Europe/Berlin", t.zone)
	}
	o.days, o.format.days = days, days
	if t.asOf != "" {
		day, err := days.ParseDate(t.asOf)
		if in, bad := errors.AsType[*clientele.InputError](err); bad {
			return fmt.Errorf("-asof %s: %w", t.asOf, in.Err)
		}
		o.asOf = days.End(day)
	}
	return nil
}

// checkComma reads -comma.
func (o *options) checkComma(comma string) error {
	if comma == "tab" {
		comma = "\t"
	}
	char, size := utf8.DecodeRuneInString(comma)
	if size == 0 || size != len(comma) || strings.ContainsRune("\x00\"\r\n\ufffd", char) {
		return fmt.Errorf("-comma %q: not one character that can separate columns", comma)
	}
	o.format.comma = char
	return nil
}

// makePlan says how the base is graded. Days are counted by the calendar, so that
// who bought today has recency 0 at whatever hour.
func (o *options) makePlan(t texts) error {
	o.plan = rfm.GridPlan()
	if !t.grid {
		var rules [3]rfm.Rule
		for i, b := range t.bounds {
			if b == "" && o.csv == "" {
				b = cubeBounds[i].shop
			}
			rule, err := parseBounds(b)
			if err != nil {
				return fmt.Errorf("-%s %s: %w", cubeBounds[i].flag, b, err)
			}
			rules[i] = rule
		}
		o.plan = rfm.CubePlan(rules[rfm.R], rules[rfm.F], rules[rfm.M])
	} else if t.bounds != [3]string{} {
		return errors.New("-r, -f and -m are bounds of the cube, and -grid has none")
	}
	o.plan.Measure.Days = rfm.Dates
	o.plan.Measure.Zone = t.zone
	return o.plan.Validate()
}

// parseBounds makes a rule of "20-40", or of "" thirds.
func parseBounds(s string) (rfm.Rule, error) {
	if s == "" {
		return rfm.Quantiles(3), nil
	}
	from, to, found := strings.Cut(s, "-")
	low, errLow := strconv.ParseFloat(from, 64)
	high, errHigh := strconv.ParseFloat(to, 64)
	if !found || errLow != nil || errHigh != nil || !(low <= high) {
		return rfm.Rule{}, errors.New("not bounds such as 20-40")
	}
	return rfm.Bounds(low, high), nil
}

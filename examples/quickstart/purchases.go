package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// Purchase is a purchase of this host, whose customers have text ids. With the
// alias no other file needs a type parameter.
type Purchase = clientele.Purchase[string]

// The columns that are read. The group is optional.
const (
	colCustomer = iota
	colDate
	colAmount
	colGroup
	columns // how many
)

// csvColumns are the columns with the headers that are looked for unless one is
// named. Two that fit are refused rather than guessed at; groups are then left out.
var csvColumns = [columns]struct {
	role    string
	guesses []string
}{
	colCustomer: {"customer", []string{"customer", "customer_id", "customerid", "client", "client_id", "cust", "user_id"}},
	colDate:     {"date", []string{"date", "at", "paid_at", "order_date", "purchase_date", "invoice_date", "created_at", "time", "timestamp"}},
	colAmount:   {"amount", []string{"amount", "total", "revenue", "price", "sum", "value", "spend", "dollars"}},
	colGroup:    {"group", []string{"group", "channel", "source", "segment"}},
}

// defaultLayouts are those in which a date can be read in one way only.
var defaultLayouts = []string{time.RFC3339, time.DateTime, time.DateOnly, "02.01.2006"}

// csvFormat says how a file of purchases is written.
type csvFormat struct {
	names   [columns]string    // headers; "" = guess
	layouts []string           // of dates, the first that fits counts; nil = defaultLayouts
	days    *clientele.Periods // of the zone of dates that name none
	comma   rune
}

// RowError says which value of a file cannot be used, and why.
type RowError struct {
	File   string
	Line   int    // from 1
	Column string // header; "" when the line is no CSV
	Value  string
	Err    error
}

// Error formats the fault as compilers do, so that editors can jump to it.
func (e *RowError) Error() string {
	if e.Column == "" {
		return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err)
	}
	return fmt.Sprintf("%s:%d: column %s: %q: %v", e.File, e.Line, brief(e.Column), brief(e.Value), e.Err)
}

// Unwrap returns the reason.
func (e *RowError) Unwrap() error { return e.Err }

// The reasons for which a value cannot be used, besides those of the library.
var (
	errNumber = errors.New("not a number")
	errDate   = errors.New("not a date")
	errLong   = fmt.Errorf("longer than %d bytes", maxField)
)

// maxField is how many bytes a field may have. An amount of a million digits would take
// seconds to read and longer to add.
const maxField = 1000

// readCSV reads purchases, one row at a time. Headers are matched without regard
// to case; spaces around headers and values do not count. The first fault is a
// RowError and ends the sequence, which is single use.
func readCSV(file string, r io.Reader, format csvFormat) iter.Seq2[Purchase, error] {
	return func(yield func(Purchase, error) bool) {
		in := csv.NewReader(withoutMark(r))
		in.Comma = format.comma
		in.ReuseRecord = true
		f := csvFile{in: in, name: file, csvFormat: format}
		err := f.readHeader()
		for err == nil {
			var p Purchase
			if p, err = f.next(); err == nil && !yield(p, nil) {
				return
			}
		}
		if err != io.EOF {
			yield(Purchase{}, err)
		}
	}
}

// withoutMark skips the byte order mark that spreadsheets put first.
func withoutMark(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if mark, err := b.Peek(3); err == nil && string(mark) == "\ufeff" {
		b.Discard(len(mark))
	}
	return b
}

// csvFile is a file while it is read.
type csvFile struct {
	csvFormat
	in    *csv.Reader
	name  string
	at    [columns]int // where the columns are; -1 = absent
	width int          // number of headers
}

// readHeader finds the columns.
func (f *csvFile) readHeader() error {
	if f.layouts == nil {
		f.layouts = defaultLayouts
	}
	header, err := f.in.Read()
	if err == io.EOF {
		return &RowError{File: f.name, Line: 1, Err: errors.New("no header: the file is empty")}
	} else if err != nil {
		return f.unreadable(err)
	}
	f.width = len(header)
	for i, c := range csvColumns {
		if f.names[i] != "" {
			c.guesses = []string{f.names[i]}
		}
		found := find(header, c.guesses)
		switch {
		case len(found) == 1:
			f.at[i], f.names[i] = found[0], strings.TrimSpace(header[found[0]])
		case len(found) > 1 && i != colGroup:
			return &RowError{File: f.name, Line: 1, Err: fmt.Errorf(
				"%d of the headers %s may be the %s column; name it with -%s", len(found), listed(header), c.role, c.role)}
		case f.names[i] != "" || i != colGroup:
			return &RowError{File: f.name, Line: 1, Err: fmt.Errorf(
				"no %s column: of the headers %s none is %s; name it with -%s", c.role, listed(header), strings.Join(c.guesses, ", "), c.role)}
		default:
			f.at[i] = -1
		}
	}
	return nil
}

// find returns the columns whose header is one of the names.
func find(header, names []string) []int {
	var found []int
	for i, h := range header {
		if slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(strings.TrimSpace(h), name) }) {
			found = append(found, i)
		}
	}
	return found
}

// next reads a row; io.EOF is the end.
func (f *csvFile) next() (Purchase, error) {
	row, err := f.in.Read()
	if err != nil {
		return Purchase{}, f.unreadable(err)
	}
	var p Purchase
	for i, at := range f.at {
		if at >= 0 && len(row[at]) > maxField {
			return p, f.fault(row, i, errLong)
		}
	}
	// The reader cuts fields from one string per row; a clone keeps the id alone.
	p.Customer = strings.Clone(strings.TrimSpace(row[f.at[colCustomer]]))
	if p.Customer == "" {
		return p, f.fault(row, colCustomer, clientele.ErrMissing)
	}
	if p.At, err = f.date(strings.TrimSpace(row[f.at[colDate]])); err != nil {
		return p, f.fault(row, colDate, err)
	}
	if p.Amount, err = amount(strings.TrimSpace(row[f.at[colAmount]])); err != nil {
		return p, f.fault(row, colAmount, err)
	}
	if at := f.at[colGroup]; at >= 0 {
		p.Group = strings.Clone(strings.TrimSpace(row[at]))
	}
	if in, bad := errors.AsType[*clientele.InputError](p.Validate()); bad {
		column := map[string]int{"At": colDate, "Amount": colAmount}[in.Field]
		return p, f.fault(row, column, in.Err)
	}
	return p, nil
}

// date reads a date in the first layout that fits.
func (f *csvFile) date(s string) (time.Time, error) {
	for _, layout := range f.layouts {
		at, err := time.ParseInLocation(layout, s, f.days.Zone())
		switch {
		case err != nil:
		case hasClock(layout):
			return at, nil
		default:
			return f.firstOf(layout, s)
		}
	}
	hint := "name its layout with -layout"
	if strings.Contains(s, "/") {
		hint = "say -layout 01/02/2006 if the month comes first, -layout 02/01/2006 if the day does"
	}
	return time.Time{}, fmt.Errorf("%w such as %s; %s", errDate, strings.Join(samples(f.layouts), " or "), hint)
}

// hasClock reports whether a layout says more than the day.
func hasClock(layout string) bool {
	noon := time.Date(2013, time.November, 22, 12, 0, 0, 0, time.UTC)
	return noon.Format(layout) != noon.Add(-12*time.Hour).Format(layout)
}

// firstOf is the first instant of a date, which in some zones need not be midnight.
func (f *csvFile) firstOf(layout, s string) (time.Time, error) {
	date, err := time.Parse(layout, s)
	if err != nil {
		return date, err
	}
	at, err := f.days.ParseDate(date.Format(time.DateOnly))
	if in, bad := errors.AsType[*clientele.InputError](err); bad {
		return at, in.Err
	}
	return at, nil
}

// samples writes a date in each of the layouts.
func samples(layouts []string) []string {
	sample := time.Date(2026, time.January, 31, 15, 4, 5, 0, time.UTC)
	dates := make([]string, len(layouts))
	for i, layout := range layouts {
		dates[i] = sample.Format(layout)
	}
	return dates
}

// amount reads money.
func amount(s string) (decimal.Decimal, error) {
	d, err := decimal.NewFromString(s)
	if err != nil {
		return d, errNumber
	}
	return d, nil
}

// fault gives the reason against a value of a row its place.
func (f *csvFile) fault(row []string, column int, err error) error {
	at := f.at[column]
	line, _ := f.in.FieldPos(at)
	return &RowError{File: f.name, Line: line, Column: f.names[column], Value: strings.Clone(row[at]), Err: err}
}

// unreadable gives an error of the reader its place. The end stays the end.
func (f *csvFile) unreadable(err error) error {
	broken, ok := errors.AsType[*csv.ParseError](err)
	switch {
	case err == io.EOF:
		return err
	case !ok:
		return fmt.Errorf("%s: %w", f.name, err)
	case broken.Err == csv.ErrFieldCount:
		return &RowError{File: f.name, Line: broken.Line, Err: fmt.Errorf("not as many columns as the %d headers", f.width)}
	}
	return &RowError{File: f.name, Line: broken.Line, Err: fmt.Errorf("not CSV: %w", broken.Err)}
}

package shop

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

const opRead = "shop.ReadCSV"

var (
	errNoHeader       = rule.Because(rule.Missing, "empty", "a header, as WriteCSV writes it")
	errCarriageReturn = rule.Because(rule.Encoding, "holds a carriage return", "text without, since readers of CSV may lose it")
)

// ReadCSV reads receipts as [WriteCSV] writes them. Rows of one receipt stand
// together and agree in the receipt's columns; the next number begins the next
// receipt. The receipts are well-formed, but whether they make sense is for
// [clientele.Receipt.Validate] to say, which every consumer of the library calls.
//
// The first fault is yielded once and ends the sequence. It is a
// [clientele.InputError] whose Field names line and column, as in "line 12, column
// price", and which has no index, so that the call that reads the sequence can add
// one: a header or a field that is absent ([clientele.ErrMissing]), a header with
// other columns or a role that does not exist ([clientele.ErrUnknown]), text that
// is no number, time or CSV ([clientele.ErrEncoding]), a value out of range, rows
// of one receipt that differ ([clientele.ErrMismatch]). An error of r comes in one
// too. The sequence is single use.
func ReadCSV(r io.Reader) iter.Seq2[clientele.Receipt[int64], error] {
	return func(yield func(clientele.Receipt[int64], error) bool) {
		var open clientele.Receipt[int64] // whose next line may follow
		var head [colProduct]string       // its columns; "" = none is open
		for row, err := range rows(r) {
			if err != nil {
				yield(clientele.Receipt[int64]{}, err)
				return
			}
			if row.fields[colReceipt] != head[colReceipt] || head[colReceipt] == "" {
				if head[colReceipt] != "" && !yield(open, nil) {
					return
				}
				open = row.receipt()
				copy(head[:], row.fields)
			}
			row.agree(head[:])
			open.Lines = append(open.Lines, row.item())
			if row.err != nil {
				yield(clientele.Receipt[int64]{}, row.err)
				return
			}
		}
		if head[colReceipt] != "" {
			yield(open, nil)
		}
	}
}

// rows yields the rows below the header. The fields of one are valid until the
// next.
func rows(r io.Reader) iter.Seq2[*row, error] {
	return func(yield func(*row, error) bool) {
		in := csv.NewReader(r)
		in.FieldsPerRecord = columns
		in.ReuseRecord = true
		for isHeader := true; ; isHeader = false {
			fields, err := in.Read()
			switch {
			case err == io.EOF && !isHeader:
				return
			case err == io.EOF:
				yield(nil, &clientele.InputError{Op: opRead, Index: -1, Field: "header", Err: errNoHeader})
				return
			case err != nil:
				yield(nil, &clientele.InputError{Op: opRead, Index: -1, Err: kind(err)})
				return
			}
			line, _ := in.FieldPos(0)
			current := &row{fields: fields, line: line}
			if isHeader {
				if err := current.checkHeader(); err != nil {
					yield(nil, err)
					return
				}
				continue
			}
			if !yield(current, nil) {
				return
			}
		}
	}
}

// kind marks what is no CSV as such. The package's own error names line and
// column; an error of the source stays as it is.
func kind(err error) error {
	if _, ok := errors.AsType[*csv.ParseError](err); ok {
		return fmt.Errorf("%w: %w", clientele.ErrEncoding, err)
	}
	return err
}

// row is a row of the file. Its methods decode fields and keep the first fault.
type row struct {
	fields []string
	line   int // in the file, from 1
	err    error
}

// fault keeps the first fault.
func (r *row) fault(column int, err error) {
	if r.err == nil {
		r.err = &clientele.InputError{
			Op:    opRead,
			Index: -1,
			Field: fmt.Sprintf("line %d, column %s", r.line, header[column]),
			Value: r.fields[column],
			Err:   err,
		}
	}
}

// checkHeader returns the fault of the first column that has another name.
func (r *row) checkHeader() error {
	for column, name := range header {
		if r.fields[column] != name {
			r.fault(column, rule.Want(rule.Unknown, "%s, as WriteCSV writes it", name))
		}
	}
	return r.err
}

// agree faults a row of a receipt that differs from its first in a column of the
// receipt.
func (r *row) agree(head []string) {
	for column, value := range head {
		if r.fields[column] != value {
			r.fault(column, rule.Because(rule.Mismatch, "differs from the row above", "%q, as in the first row of receipt %q", value, head[colReceipt]))
		}
	}
}

// receipt decodes the columns of the receipt.
func (r *row) receipt() clientele.Receipt[int64] {
	return clientele.Receipt[int64]{
		No:         r.required(colReceipt),
		Customer:   r.id(colCustomer),
		At:         r.time(colAt),
		Need:       r.text(colNeed),
		Channel:    r.text(colChannel),
		Staff:      r.text(colStaff),
		ReferredBy: r.optionalID(colReferredBy),
		Offer:      r.text(colOffer),
		ServeCost:  r.optionalNumber(colServeCost),
		RefundOf:   r.text(colRefundOf),
	}
}

// item decodes the columns of the line.
func (r *row) item() clientele.Line {
	return clientele.Line{
		Product:   r.text(colProduct),
		Category:  r.text(colCategory),
		Quantity:  r.number(colQuantity),
		Price:     r.number(colPrice),
		ListPrice: r.optionalNumber(colListPrice),
		Cost:      r.optionalNumber(colCost),
		Role:      r.role(colRole),
	}
}

// text decodes a text, which [WriteCSV] could write again.
func (r *row) text(column int) string {
	if strings.Contains(r.fields[column], "\r") {
		r.fault(column, errCarriageReturn)
	}
	return r.fields[column]
}

// required decodes a text that is not empty.
func (r *row) required(column int) string {
	if r.fields[column] == "" {
		r.fault(column, rule.Want(rule.Missing, "a value"))
	}
	return r.text(column)
}

// id decodes a customer.
func (r *row) id(column int) int64 {
	n, err := strconv.ParseInt(r.required(column), 10, 64)
	switch {
	case errors.Is(err, strconv.ErrRange):
		r.fault(column, rule.Want(rule.Range, "a whole number of 64 bits"))
	case err != nil:
		r.fault(column, rule.Because(rule.Encoding, "no customer", "a whole number"))
	}
	return n
}

// optionalID decodes a customer, or nil from an empty field.
func (r *row) optionalID(column int) *int64 {
	if r.fields[column] == "" {
		return nil
	}
	return new(r.id(column))
}

// time decodes an RFC 3339 time into UTC.
func (r *row) time(column int) time.Time {
	at, err := time.Parse(time.RFC3339, r.required(column))
	if err != nil {
		r.fault(column, rule.Because(rule.Encoding, "no time", "a time such as 2025-01-31T09:30:00Z"))
		return time.Time{}
	}
	at = at.UTC()
	if err := rule.Time(at); err != nil {
		r.fault(column, err)
	}
	return at
}

// number decodes a decimal.
func (r *row) number(column int) decimal.Decimal {
	d, err := rule.ParseAmount(r.required(column))
	if err != nil {
		r.fault(column, rule.Because(rule.Encoding, "no number", "a decimal number such as 12.50"))
		return decimal.Decimal{}
	}
	if err := rule.Amount(d); err != nil {
		r.fault(column, err)
	}
	return d
}

// optionalNumber decodes a decimal, or zero from an empty field.
func (r *row) optionalNumber(column int) decimal.Decimal {
	if r.fields[column] == "" {
		return decimal.Decimal{}
	}
	return r.number(column)
}

// role decodes the name of a role.
func (r *row) role(column int) clientele.Role {
	var role clientele.Role
	if err := role.UnmarshalText([]byte(r.required(column))); err != nil {
		r.fault(column, errors.Unwrap(err))
	}
	return role
}

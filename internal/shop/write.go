package shop

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// WriteCSV writes receipts with a header, a row per line, as [ReadCSV] reads
// them. Times are RFC 3339 in UTC, roles their names; decimals keep their trailing
// zeros; an absent need, referrer, list price or cost is an empty field.
//
// A receipt that rows cannot express is a [clientele.InputError] with its index:
// no No or no lines ([clientele.ErrMissing]), the No of the receipt before it
// ([clientele.ErrDuplicate]), a void receipt or a line with money kept
// ([clientele.ErrRange]), a role that does not exist ([clientele.ErrUnknown]), a
// carriage return in a text, which readers of CSV may lose
// ([clientele.ErrEncoding]), a time or an amount out of range. The receipts before
// it are written. An error of w comes back as it is.
func WriteCSV(w io.Writer, receipts []clientele.Receipt[int64]) error {
	out := csv.NewWriter(w)
	row := header[:]
	if err := out.Write(row); err != nil {
		return err
	}
	row = make([]string, columns)
	for i, r := range receipts {
		err := checkWritable(r)
		if err == nil && i > 0 && receipts[i-1].No == r.No {
			err = unwritable("No", r.No, rule.Because(rule.Duplicate, "number of the receipt before", "a number of its own"))
		}
		if err != nil {
			err.Index = i
			out.Flush()
			return err
		}
		if err := writeReceipt(out, row, r); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// writeReceipt writes the rows of a receipt that can be written, through a row of
// scratch.
func writeReceipt(out *csv.Writer, row []string, r clientele.Receipt[int64]) error {
	row[colReceipt] = r.No
	row[colCustomer] = strconv.FormatInt(r.Customer, 10)
	row[colAt] = r.At.UTC().Format(time.RFC3339Nano)
	row[colNeed] = r.Need
	row[colChannel] = r.Channel
	row[colStaff] = r.Staff
	row[colReferredBy] = ""
	if r.ReferredBy != nil {
		row[colReferredBy] = strconv.FormatInt(*r.ReferredBy, 10)
	}
	row[colOffer] = r.Offer
	row[colServeCost] = optional(r.ServeCost)
	row[colRefundOf] = r.RefundOf
	for _, l := range r.Lines {
		row[colProduct] = l.Product
		row[colCategory] = l.Category
		row[colQuantity] = exact(l.Quantity)
		row[colPrice] = exact(l.Price)
		row[colListPrice] = optional(l.ListPrice)
		row[colCost] = optional(l.Cost)
		row[colRole] = l.Role.String()
		if err := out.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// exact is a decimal's text with all its digits, trailing zeros too.
func exact(d decimal.Decimal) string {
	if e := d.Exponent(); e < 0 {
		return d.StringFixed(-e)
	}
	return d.String()
}

// optional is exact, with an empty text for zero.
func optional(d decimal.Decimal) string {
	if d.IsZero() {
		return ""
	}
	return exact(d)
}

// checkWritable returns the first reason for which rows cannot express a receipt,
// or nil.
func checkWritable(r clientele.Receipt[int64]) *clientele.InputError {
	switch {
	case r.No == "":
		return unwritable("No", nil, rule.Want(rule.Missing, "the number of the receipt, which its rows share"))
	case r.Void:
		return unwritable("Void", r.Void, rule.Because(rule.Range, "a void receipt has no rows", "receipts as they were before Net"))
	case len(r.Lines) == 0:
		return unwritable("Lines", nil, rule.Want(rule.Missing, "at least one line"))
	}
	if err := rule.Time(r.At); err != nil {
		return unwritable("At", r.At, err)
	}
	if err := rule.Amount(r.ServeCost); err != nil {
		return unwritable("ServeCost", r.ServeCost, err)
	}
	for _, text := range []struct{ field, value string }{
		{"No", r.No},
		{"Need", r.Need},
		{"Channel", r.Channel},
		{"Staff", r.Staff},
		{"Offer", r.Offer},
		{"RefundOf", r.RefundOf},
	} {
		if strings.Contains(text.value, "\r") {
			return unwritable(text.field, text.value, errCarriageReturn)
		}
	}
	for i, l := range r.Lines {
		if err := checkLine(l); err != nil {
			err.Field = fmt.Sprintf("Lines[%d].%s", i, err.Field)
			return err
		}
	}
	return nil
}

// checkLine is checkWritable for a line.
func checkLine(l clientele.Line) *clientele.InputError {
	for _, text := range []struct{ field, value string }{
		{"Product", l.Product},
		{"Category", l.Category},
	} {
		if strings.Contains(text.value, "\r") {
			return unwritable(text.field, text.value, errCarriageReturn)
		}
	}
	for _, number := range []struct {
		field string
		value decimal.Decimal
	}{
		{"Quantity", l.Quantity},
		{"Price", l.Price},
		{"ListPrice", l.ListPrice},
		{"Cost", l.Cost},
	} {
		if err := rule.Amount(number.value); err != nil {
			return unwritable(number.field, number.value, err)
		}
	}
	if _, err := l.Role.MarshalText(); err != nil {
		return unwritable("Role", uint8(l.Role), errors.Unwrap(err))
	}
	if l.Kept {
		return unwritable("Kept", l.Kept, rule.Because(rule.Range, "kept money has no column", "receipts as they were before Net"))
	}
	return nil
}

// unwritable is the fault of a receipt that has no index yet.
func unwritable(field string, value any, err error) *clientele.InputError {
	return &clientele.InputError{Op: "shop.WriteCSV", Index: -1, Field: field, Value: value, Err: err}
}

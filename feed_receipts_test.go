package clientele_test

import (
	"errors"
	"iter"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// till notes the receipts it is given, and refuses one if told to.
type till struct {
	seen   []string
	refuse string
}

func (t *till) AddReceipt(r *clientele.Receipt[int]) error {
	if r.No == t.refuse {
		return &clientele.InputError{Op: "till", Index: -1, Field: "No", Value: r.No, Err: clientele.ErrRange}
	}
	t.seen = append(t.seen, r.No)
	return nil
}

func slips(numbers ...string) []clientele.Receipt[int] {
	all := make([]clientele.Receipt[int], len(numbers))
	for i, no := range numbers {
		all[i] = clientele.Receipt[int]{No: no, Customer: 1, At: noon, Lines: []clientele.Line{{Quantity: decimal.NewFromInt(1)}}}
	}
	return all
}

func TestFeedReceipts(t *testing.T) {
	a, b := &till{}, &till{refuse: "c"}
	err := clientele.FeedReceipts(clientele.All(slips("a", "b", "c", "d")), a, b)
	var in *clientele.InputError
	if !errors.As(err, &in) || in.Index != 2 || in.Field != "No" || in.Value != "c" || !errors.Is(err, clientele.ErrRange) {
		t.Fatalf("error %v", err)
	}
	if len(a.seen) != 3 || len(b.seen) != 2 {
		t.Errorf("the one before has %v, the one that refused %v", a.seen, b.seen)
	}
}

func TestFeedReceiptsErrors(t *testing.T) {
	broken := slips("a", "b")
	broken[1].Lines[0].Quantity = decimal.NewFromInt(-1)
	failing := func(yield func(clientele.Receipt[int], error) bool) {
		_ = yield(slips("a")[0], nil) && yield(clientele.Receipt[int]{}, errors.New("the cursor broke"))
	}
	for name, c := range map[string]struct {
		src   iter.Seq2[clientele.Receipt[int], error]
		index int
		field string
	}{
		"unusable":     {clientele.All(broken), 1, "Lines[0].Quantity"},
		"source fails": {failing, 1, ""},
	} {
		to := &till{}
		err := clientele.FeedReceipts(c.src, to)
		var in *clientele.InputError
		if !errors.As(err, &in) || in.Index != c.index || in.Field != c.field || in.Op != "clientele.FeedReceipts" {
			t.Errorf("%s: %v", name, err)
		}
		if len(to.seen) != 1 {
			t.Errorf("%s: %v", name, to.seen)
		}
	}
	if err := clientele.FeedReceipts(clientele.All(broken)); err != nil {
		t.Errorf("without an accumulator the source is read: %v", err)
	}
}

// Money of two stated currencies is never added.
func TestCurrencies(t *testing.T) {
	all := slips("a", "b", "c")
	all[1].Currency, all[2].Currency = "EUR", "USD"
	for i := range all {
		all[i].Need = "job"
	}
	deal := clientele.Deal[int]{Customer: 1, Receipts: all}
	var in *clientele.InputError
	if err := deal.Validate(); !errors.As(err, &in) || in.Field != "Receipts[2].Currency" || !errors.Is(err, clientele.ErrMismatch) {
		t.Errorf("deal: %v", err)
	}
	refund := slips("r")[0]
	refund.RefundOf, refund.Currency = "b", "USD"
	refund.Lines[0].Quantity = decimal.NewFromInt(-1)
	for _, err := range clientele.Net(clientele.All(append(all[1:2:2], refund))) {
		if !errors.As(err, &in) || in.Field != "Currency" || in.Index != 1 || !errors.Is(err, clientele.ErrMismatch) {
			t.Errorf("refund: %v", err)
		}
	}
}

// The money of a line has an exponent that its quantity alone does not show.
func TestLineMoneyIsBounded(t *testing.T) {
	for _, field := range []string{"Amount", "ListPrice", "Cost"} {
		r := slips("a")[0]
		l := &r.Lines[0]
		l.Quantity = decimal.New(1, -60)
		fine := decimal.New(1, -60)
		switch field {
		case "Amount":
			l.Price = fine
		case "ListPrice":
			l.ListPrice = fine
		case "Cost":
			l.Cost = fine
		}
		var in *clientele.InputError
		if err := r.Validate(); !errors.As(err, &in) || in.Field != "Lines[0]."+field || !errors.Is(err, clientele.ErrAmountRange) {
			t.Errorf("%s: %v", field, err)
		}
	}
}

package clientele_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
)

// takeBack is a refund of a receipt.
func takeBack(no, of string, day int, lines ...line) receipt {
	r := slip(no, shopDay(day), "", lines...)
	r.RefundOf = of
	return r
}

func TestNetFolds(t *testing.T) {
	discounted := coreLine("TV", "3", "90")
	discounted.ListPrice = dec("100")
	tests := []struct {
		name    string
		bought  []line
		refunds []receipt
		want    string // "" = void
	}{
		{
			"one of two comes back",
			[]line{coreLine("TV", "2", "100"), coreLine("cable", "1", "5")},
			[]receipt{takeBack("F", "R", 2, coreLine("TV", "-1", "100"))},
			"1 TV @ 100, 1 cable @ 5",
		}, {
			"all comes back",
			[]line{coreLine("TV", "2", "100"), coreLine("cable", "1", "5")},
			[]receipt{takeBack("F", "R", 2, coreLine("cable", "-1", "5"), coreLine("TV", "-2", "100"))},
			"",
		}, {
			"a free receipt comes back",
			[]line{coreLine("bag", "1", "0")},
			[]receipt{takeBack("F", "R", 2, coreLine("bag", "-1", "0"))},
			"",
		}, {
			"same price first, wherever it stands",
			[]line{coreLine("soap", "1", "3"), coreLine("soap", "1", "0"), coreLine("soap", "1", "2")},
			[]receipt{takeBack("F", "R", 2, coreLine("soap", "-1", "2"), coreLine("soap", "-1", "0"))},
			"1 soap @ 3",
		}, {
			"the same price is kept for the refund that names it",
			[]line{coreLine("soap", "1", "2"), coreLine("soap", "1", "3")},
			[]receipt{takeBack("F", "R", 2, coreLine("soap", "-1", "1")), takeBack("G", "R", 3, coreLine("soap", "-1", "2"))},
			"1 soap @ 2 kept",
		}, {
			"a fee is kept",
			[]line{coreLine("TV", "1", "100")},
			[]receipt{takeBack("F", "R", 2, coreLine("TV", "-1", "85.5"))},
			"1 TV @ 14.5 kept",
		}, {
			"a fee has the role of what came back",
			[]line{coreLine("TV", "1", "100"), withRole(coreLine("cable", "1", "5"), addOn)},
			[]receipt{takeBack("F", "R", 2, coreLine("cable", "-1", "4"))},
			"1 TV @ 100, 1 cable @ 1 add-on kept",
		}, {
			"a fee is kept beside what stays",
			[]line{coreLine("TV", "2", "100"), coreLine("cable", "1", "5")},
			[]receipt{takeBack("F", "R", 2, coreLine("TV", "-1", "85.5"))},
			"1 TV @ 100, 1 TV @ 14.5 kept, 1 cable @ 5",
		}, {
			"fee and premium of one product meet",
			[]line{coreLine("TV", "3", "100")},
			[]receipt{takeBack("F", "R", 2, coreLine("TV", "-1", "90"), coreLine("TV", "-1", "110"))},
			"1 TV @ 100",
		}, {
			"money beyond the price lowers the same product",
			[]line{coreLine("cable", "1", "50"), coreLine("TV", "2", "100")},
			[]receipt{takeBack("F", "R", 2, coreLine("TV", "-1", "130"))},
			"1 cable @ 50, 1 TV @ 70 of 100",
		}, {
			"and the list price stays what it was",
			[]line{discounted},
			[]receipt{takeBack("F", "R", 2, coreLine("TV", "-1", "100"))},
			"2 TV @ 85 of 100",
		}, {
			"a quotient that does not end becomes two prices",
			[]line{coreLine("TV", "4", "100.00")},
			[]receipt{takeBack("F", "R", 2, coreLine("TV", "-1", "200"))},
			"2 TV @ 66.67 of 100, 1 TV @ 66.66 of 100",
		}, {
			"by weight too",
			[]line{coreLine("cheese", "1.7", "10")},
			[]receipt{takeBack("F", "R", 2, coreLine("cheese", "-1", "11"))},
			"0.4 cheese @ 9 of 10, 0.3 cheese @ 8 of 10",
		}, {
			"money beyond the product lowers the other lines in order",
			[]line{coreLine("cable", "1", "5"), coreLine("TV", "1", "100"), coreLine("mount", "1", "40")},
			[]receipt{takeBack("F", "R", 2, coreLine("TV", "-1", "112"))},
			"1 cable @ 0 of 5, 1 mount @ 33 of 40",
		}, {
			"kept money pays before goods do",
			[]line{coreLine("cable", "1", "5"), coreLine("TV", "1", "100")},
			[]receipt{takeBack("F", "R", 2, coreLine("TV", "-1", "90")), takeBack("G", "R", 3, coreLine("cable", "-1", "12"))},
			"1 TV @ 3 kept",
		}, {
			"money back and goods kept",
			[]line{coreLine("TV", "2", "100")},
			[]receipt{takeBack("F", "R", 2, coreLine("TV", "-1", "200"))},
			"1 TV @ 0 of 100",
		}, {
			"several refunds add up, whatever their order",
			[]line{coreLine("TV", "5", "100")},
			[]receipt{takeBack("G", "R", 9, coreLine("TV", "-2", "100")), takeBack("F", "R", 2, coreLine("TV", "-1.5", "100"))},
			"1.5 TV @ 100",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			original := slip("R", shopDay(1), "", tt.bought...)
			for _, order := range [][]receipt{
				append([]receipt{original}, tt.refunds...),
				append(slices.Clone(tt.refunds), original),
			} {
				all, err := drain(clientele.Net(clientele.All(order)))
				if err != nil || len(all) != 1 {
					t.Fatalf("Net = %v, %v; want one receipt", all, err)
				}
				r := all[0]
				if got := showLines(r.Lines); got != tt.want {
					t.Errorf("lines %s, want %s", got, tt.want)
				}
				if r.Void != (tt.want == "") || r.No != "R" || !r.At.Equal(shopDay(1)) {
					t.Errorf("void %v, No %s, at %v", r.Void, r.No, r.At)
				}
			}
		})
	}
}

func TestNetKeepsOrderAndPassesStrangers(t *testing.T) {
	first := takeBack("F", "R", 5, coreLine("TV", "-1", "100"))
	first.ServeCost = dec("7.5")
	original := slip("R", shopDay(1), "", coreLine("TV", "1", "100"))
	original.ServeCost = dec("2")
	stranger := takeBack("S", "lost", 5, coreLine("TV", "-1", "30"))
	free := slip("", shopDay(2), "", coreLine("bag", "1", "0"))
	all, err := drain(clientele.Net(clientele.All([]receipt{first, free, stranger, original})))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range all {
		got = append(got, fmt.Sprintf("%s|%s|%v|void=%v|serve=%v", r.No, showLines(r.Lines), r.IsRefund(), r.Void, r.ServeCost))
	}
	want := []string{
		"|1 bag @ 0|false|void=false|serve=0",
		"S|-1 TV @ 30|true|void=false|serve=0",
		"R||false|void=true|serve=9.5",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	again, err := drain(clientele.Net(clientele.All(all)))
	if err != nil || fmt.Sprint(again) != fmt.Sprint(all) {
		t.Errorf("a second Net gives %v, %v; want %v", again, err, all)
	}
}

func TestNetErrors(t *testing.T) {
	original := slip("R", shopDay(1), "", coreLine("TV", "2", "100"), coreLine("cable", "1", "5"))
	byBob := takeBack("F", "R", 2, coreLine("TV", "-1", "100"))
	byBob.Customer = "bob"
	broken := errors.New("connection lost")
	tests := []struct {
		name string
		src  []receipt
		fail error // of the source, after src
		want string
		kind error
	}{
		{"duplicate No", []receipt{original, original}, nil, `record 1: No "R": number of an earlier receipt: want a number of its own for each receipt, or none`, clientele.ErrDuplicate},
		{
			"duplicate No of refunds",
			[]receipt{original, takeBack("F", "R", 2, coreLine("TV", "-1", "1")), takeBack("F", "R", 2, coreLine("TV", "-1", "1"))},
			nil,
			`record 2: No "F": number of an earlier receipt: want a number of its own for each receipt, or none`, clientele.ErrDuplicate,
		},
		{
			"refund of a refund",
			[]receipt{takeBack("G", "F", 3, coreLine("TV", "-1", "1")), original, takeBack("F", "R", 2, coreLine("TV", "-1", "1"))},
			nil,
			`record 0: RefundOf "F": names a refund: want the number of a sale`, clientele.ErrMismatch,
		},
		{
			"refund of itself",
			[]receipt{takeBack("F", "F", 3, coreLine("TV", "-1", "1"))},
			nil,
			`record 0: RefundOf "F": names a refund: want the number of a sale`, clientele.ErrMismatch,
		},
		{"another customer", []receipt{original, byBob}, nil, `record 1: Customer "bob": another customer: want ann, whose receipt "R" it takes back`, clientele.ErrMismatch},
		{
			"too many units",
			[]receipt{original, takeBack("F", "R", 2, coreLine("cable", "-1", "5"), coreLine("TV", "-3", "10"))},
			nil,
			`record 1: Lines[1].Quantity -3: more units than are left of the receipt: want 1 fewer of "TV", or a RefundOf that names no receipt`, clientele.ErrRange,
		},
		{
			"a product it did not have",
			[]receipt{original, takeBack("F", "R", 2, coreLine("sofa", "-1", "10"))},
			nil,
			`record 1: Lines[0].Quantity -1: more units than are left of the receipt: want 1 fewer of "sofa", or a RefundOf that names no receipt`, clientele.ErrRange,
		},
		{
			"too much money",
			[]receipt{original, takeBack("F", "R", 2, coreLine("TV", "-1", "205.01"))},
			nil,
			`record 1: Amount -205.01: more money than is left of the receipt: want at most 205 given back, which is left of receipt "R"`, clientele.ErrRange,
		},
		{
			"too much money, the later refund",
			[]receipt{takeBack("G", "R", 9, coreLine("TV", "-1", "105.5")), original, takeBack("F", "R", 2, coreLine("TV", "-1", "100"))},
			nil,
			`record 0: Amount -105.5: more money than is left of the receipt: want at most 105 given back, which is left of receipt "R"`, clientele.ErrRange,
		},
		{
			"refund of a void receipt",
			[]receipt{{No: "V", Customer: "ann", At: shopDay(1), Void: true}, takeBack("F", "V", 2, coreLine("TV", "-1", "0"))},
			nil,
			`record 1: Lines[0].Quantity -1: more units than are left of the receipt: want 1 fewer of "TV", or a RefundOf that names no receipt`, clientele.ErrRange,
		},
		{
			"what is left has too many digits",
			[]receipt{slip("R", shopDay(1), "", coreLine("TV", "3", "1.99")), takeBack("F", "R", 2, coreLine("TV", "-1e-99", "0"))},
			nil,
			``, clientele.ErrAmountRange,
		},
		{"unusable record", []receipt{original, slip("", shopDay(1), "")}, nil, `record 1: Lines: missing: want at least one line`, clientele.ErrMissing},
		{"source", []receipt{original}, broken, `record 1: connection lost`, broken},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := func(yield func(receipt, error) bool) {
				for _, r := range tt.src {
					if !yield(r, nil) {
						return
					}
				}
				if tt.fail != nil {
					yield(receipt{}, tt.fail)
				}
			}
			all, err := drain(clientele.Net(src))
			in, ok := err.(*clientele.InputError)
			if !ok || len(all) != 0 || !errors.Is(err, tt.kind) || in.Op != "clientele.Net" {
				t.Fatalf("Net = %v, %v; want only an InputError of %v", all, err, tt.kind)
			}
			if tt.want != "" && err.Error() != "clientele.Net: "+tt.want {
				t.Errorf("error %q, want %q", err, tt.want)
			}
		})
	}
}

// TestNetInStages: refunds that come after a first Net fold into its output, and
// money that was kept then is given back before anything else is lowered.
func TestNetInStages(t *testing.T) {
	tests := []struct {
		name string
		late receipt
		want string
	}{
		{"kept money stays", takeBack("G", "R", 3, coreLine("cable", "-1", "5")), "1 TV @ 100, 1 TV @ 15 kept"},
		{"kept money is given back", takeBack("G", "R", 3, coreLine("TV", "-1", "115")), "1 cable @ 5"},
		{"a part of it", takeBack("G", "R", 3, coreLine("cable", "-1", "9")), "1 TV @ 100, 1 TV @ 11 kept"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := []receipt{
				slip("R", shopDay(1), "", coreLine("TV", "2", "100"), coreLine("cable", "1", "5")),
				takeBack("F", "R", 2, coreLine("TV", "-1", "85")),
			}
			early, err := drain(clientele.Net(clientele.All(src)))
			if err != nil {
				t.Fatal(err)
			}
			all, err := drain(clientele.Net(clientele.All(append(early, tt.late))))
			if err != nil || len(all) != 1 || showLines(all[0].Lines) != tt.want {
				t.Errorf("Net = %v, %v; want %s", all, err, tt.want)
			}
		})
	}
	t.Run("kept money is no unit", func(t *testing.T) {
		kept := coreLine("TV", "1", "15")
		kept.Kept = true
		src := []receipt{slip("R", shopDay(1), "", kept), takeBack("F", "R", 2, coreLine("TV", "-1", "15"))}
		if all, err := drain(clientele.Net(clientele.All(src))); !errors.Is(err, clientele.ErrRange) {
			t.Errorf("Net = %v, %v; want ErrRange", all, err)
		}
	})
}

// TestBarriersStopEarly: a consumer that has enough is not called again.
func TestBarriersStopEarly(t *testing.T) {
	src := clientele.All([]receipt{slip("A", shopDay(1), "", coreLine("TV", "1", "1")), slip("B", shopDay(9), "", coreLine("TV", "1", "1"))})
	n := 0
	for range clientele.Net(src) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d receipts after a break, want 1", n)
	}
	for range clientele.Deals(src, clientele.DealRule{Window: 1}) {
		n++
		break
	}
	if n != 2 {
		t.Errorf("%d deals after a break, want 1", n-1)
	}
}

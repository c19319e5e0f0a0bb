package clientele_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/clientele-go/clientele"
)

// Receipts and deals reduce to purchases.
var (
	_ clientele.Purchaser[uuid.UUID] = clientele.Receipt[uuid.UUID]{}
	_ clientele.Purchaser[string]    = clientele.Deal[string]{}
)

type (
	receipt = clientele.Receipt[string]
	deal    = clientele.Deal[string]
	line    = clientele.Line
)

// dec reads a decimal literal.
func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// shopDay is noon of a day counted from 1 January 2026.
func shopDay(n int) time.Time { return time.Date(2026, 1, n, 12, 0, 0, 0, time.UTC) }

// coreLine is a line of the role core.
func coreLine(product, quantity, price string) line {
	return line{Product: product, Category: "goods", Quantity: dec(quantity), Price: dec(price)}
}

// withRole gives a line a role.
func withRole(l line, role clientele.Role) line {
	l.Role = role
	return l
}

// slip is a receipt of one customer.
func slip(no string, at time.Time, need string, lines ...line) receipt {
	return receipt{No: no, Customer: "ann", At: at, Need: need, Channel: "shop", Lines: lines}
}

// showLines writes lines so that equal money reads equal: "2 TV @ 100, 1 cable @ 5 add-on".
func showLines(lines []line) string {
	var parts []string
	for _, l := range lines {
		part := fmt.Sprintf("%v %s @ %v", l.Quantity, l.Product, l.Price)
		if !l.ListPrice.IsZero() {
			part += fmt.Sprintf(" of %v", l.ListPrice)
		}
		if l.Role != clientele.Core {
			part += " " + l.Role.String()
		}
		if l.Kept {
			part += " kept"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// drain reads a sequence up to its first error.
func drain[T any](src func(func(T, error) bool)) (all []T, err error) {
	for v, e := range src {
		if e != nil {
			err = e
			continue
		}
		all = append(all, v)
	}
	return all, err
}

func TestReceiptValidate(t *testing.T) {
	tests := []struct {
		name  string
		edit  func(*receipt)
		field string // "" = valid
		value string
		kind  error
	}{
		{"as it is", func(*receipt) {}, "", "", nil},
		{"free", func(r *receipt) { r.Lines[2].Price = decimal.Zero }, "", "", nil},
		{"kilograms", func(r *receipt) { r.Lines[2].Quantity = dec("0.355") }, "", "", nil},
		{"void", func(r *receipt) { r.Lines, r.Void = nil, true }, "", "", nil},
		{"refund", func(r *receipt) { r.RefundOf, r.Lines = "R0", []line{coreLine("TV", "-1", "100")} }, "", "", nil},
		{"largest exponent", func(r *receipt) { r.Lines[2].Price = dec("1e100") }, "", "", nil},

		{"zero time", func(r *receipt) { r.At = time.Time{} }, "At", "0001-01-01 00:00:00 +0000 UTC", clientele.ErrZeroTime},
		{"time too late", func(r *receipt) { r.At = time.Date(2262, 1, 1, 0, 0, 0, 0, time.UTC) }, "At", "2262-01-01 00:00:00 +0000 UTC", clientele.ErrTimeRange},
		{"no lines", func(r *receipt) { r.Lines = nil }, "Lines", "<nil>", clientele.ErrMissing},
		{"void with lines", func(r *receipt) { r.Void = true }, "Void", "true", clientele.ErrRange},
		{"void with a line", func(r *receipt) { r.Void, r.Lines = true, r.Lines[:1] }, "Void", "true", clientele.ErrRange},
		{"void refund", func(r *receipt) { r.Void, r.Lines, r.RefundOf = true, nil, "R0" }, "Void", "true", clientele.ErrRange},
		{"cost to serve below zero", func(r *receipt) { r.ServeCost = dec("-1") }, "ServeCost", "-1", clientele.ErrNegative},
		{"cost to serve of absurd precision", func(r *receipt) { r.ServeCost = dec("1e-101") }, "ServeCost", dec("1e-101").String(), clientele.ErrAmountRange},
		{"negative quantity of a purchase", func(r *receipt) { r.Lines[2].Quantity = dec("-1") }, "Lines[2].Quantity", "-1", clientele.ErrNegative},
		{"positive quantity of a refund", func(r *receipt) { r.RefundOf = "R0" }, "Lines[0].Quantity", "1", clientele.ErrRange},
		{"zero quantity", func(r *receipt) { r.Lines[1].Quantity = decimal.Zero }, "Lines[1].Quantity", "0", clientele.ErrRange},
		{"zero quantity of a refund", func(r *receipt) { r.RefundOf, r.Lines = "R0", []line{coreLine("TV", "0", "1")} }, "Lines[0].Quantity", "0", clientele.ErrRange},
		{"quantity of absurd size", func(r *receipt) { r.Lines[1].Quantity = dec("1e101") }, "Lines[1].Quantity", dec("1e101").String(), clientele.ErrAmountRange},
		{"two units of kept money", func(r *receipt) { r.Lines[1].Kept = true; r.Lines[1].Quantity = dec("2") }, "Lines[1].Quantity", "2", clientele.ErrRange},
		{"negative price", func(r *receipt) { r.Lines[2].Price = dec("-0.01") }, "Lines[2].Price", "-0.01", clientele.ErrNegative},
		{"negative list price", func(r *receipt) { r.Lines[2].ListPrice = dec("-1") }, "Lines[2].ListPrice", "-1", clientele.ErrNegative},
		{"negative cost", func(r *receipt) { r.Lines[2].Cost = dec("-1") }, "Lines[2].Cost", "-1", clientele.ErrNegative},
		{"product of absurd size", func(r *receipt) { r.Lines[0].Quantity, r.Lines[0].Price = dec("1e60"), dec("1e60") }, "Lines[0].Amount", dec("1e120").String(), clientele.ErrAmountRange},
		{"role that does not exist", func(r *receipt) { r.Lines[2].Role = 4 }, "Lines[2].Role", "4", clientele.ErrUnknown},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := slip("R1", shopDay(1), "", coreLine("TV", "1", "100"), coreLine("cable", "2", "5"), coreLine("bag", "1", "0.5"))
			tt.edit(&r)
			err := r.Validate()
			if tt.field == "" {
				if err != nil {
					t.Fatalf("Validate() = %v, want nil", err)
				}
				return
			}
			in, ok := err.(*clientele.InputError)
			if !ok {
				t.Fatalf("Validate() = %v, want an InputError", err)
			}
			if value := fmt.Sprint(in.Value); in.Index != -1 || in.Field != tt.field || value != tt.value || !errors.Is(err, tt.kind) {
				t.Errorf("index %d, field %s, value %s, kind %v; want -1, %s, %s, %v", in.Index, in.Field, value, in.Err, tt.field, tt.value, tt.kind)
			}
		})
	}
}

// A line of no units says so on refunds too.
func TestQuantityOfNothing(t *testing.T) {
	for _, of := range []string{"", "R0"} {
		r := slip("R1", shopDay(1), "", coreLine("TV", "0", "1"))
		r.RefundOf = of
		if err := r.Validate(); err == nil || !strings.Contains(err.Error(), "Lines[0].Quantity 0: zero") {
			t.Errorf("RefundOf %q: %v", of, err)
		}
	}
}

func TestReceiptPurchase(t *testing.T) {
	bought := slip("R1", shopDay(3), "", coreLine("TV", "2", "99.90"), coreLine("apples", "0.355", "3.99"))
	refund := slip("R2", shopDay(4), "", coreLine("TV", "-1", "99.90"))
	refund.RefundOf = "unknown"
	gift := slip("R3", shopDay(4), "", coreLine("bag", "-1", "0"))
	gift.RefundOf = "unknown"
	free := slip("R4", shopDay(4), "", coreLine("bag", "1", "0"))
	tests := []struct {
		name   string
		r      receipt
		amount string
		ok     bool
	}{
		{"exact sum", bought, "201.21645", true},
		{"refund lowers money", refund, "-99.9", true},
		{"refund of nothing is no purchase", gift, "0", false},
		{"free purchase is one", free, "0", true},
		{"void is none", receipt{Customer: "ann", At: shopDay(1), Void: true}, "0", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, ok := tt.r.Purchase()
			if ok != tt.ok || p.Amount.String() != tt.amount {
				t.Fatalf("Purchase() = %v, %v; want %s, %v", p.Amount, ok, tt.amount, tt.ok)
			}
			if ok && (p.Customer != "ann" || !p.At.Equal(tt.r.At) || p.Group != "shop") {
				t.Errorf("Purchase() = %+v, want the receipt's customer, time and channel", p)
			}
		})
	}
}

func TestPurchasesOfReceipts(t *testing.T) {
	good := slip("R1", shopDay(1), "", coreLine("TV", "1", "100"))
	void := receipt{Customer: "ann", At: shopDay(1), Void: true}
	bad := slip("R3", shopDay(1), "", coreLine("TV", "1", "-100"))
	purchases, err := drain(clientele.Purchases(clientele.All([]receipt{good, void, bad, good})))
	if len(purchases) != 1 || purchases[0].Amount.String() != "100" {
		t.Errorf("purchases = %v, want one of 100", purchases)
	}
	want := "clientele.Purchases: record 2: Lines[0].Price -100: negative: want 0 or more"
	if err == nil || err.Error() != want {
		t.Errorf("error = %v, want %s", err, want)
	}
}

func TestReceiptJSON(t *testing.T) {
	r := slip("R7", shopDay(2), "fit out the meeting room",
		line{Product: "TV", Category: "video", Quantity: dec("1"), Price: dec("899.9"), ListPrice: dec("999"), Cost: dec("700")},
		withRole(coreLine("cable", "2", "5"), clientele.AddOn))
	r.Staff, r.ReferredBy, r.Offer, r.ServeCost = "kim", new("bob"), "january", dec("3.5")
	const want = `{"no":"R7","customer":"ann","at":"2026-01-02T12:00:00Z","need":"fit out the meeting room",` +
		`"channel":"shop","staff":"kim","referredBy":"bob","offer":"january","serveCost":"3.5","lines":[` +
		`{"product":"TV","category":"video","quantity":"1","price":"899.9","listPrice":"999","cost":"700"},` +
		`{"product":"cable","category":"goods","quantity":"2","price":"5","role":"add-on"}]}`
	const void = `{"customer":"ann","at":"2026-01-02T12:00:00Z","void":true}`
	for name, tt := range map[string]struct {
		r    receipt
		text string
	}{
		"full": {r, want},
		"void": {receipt{Customer: "ann", At: shopDay(2), Void: true}, void},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(tt.r)
			if err != nil || string(text) != tt.text {
				t.Fatalf("Marshal = %s, %v; want %s", text, err, tt.text)
			}
			var back receipt
			if err := json.Unmarshal(text, &back); err != nil {
				t.Fatal(err)
			}
			if err := back.Validate(); err != nil {
				t.Errorf("what was read is unusable: %v", err)
			}
			if !back.Amount().Equal(tt.r.Amount()) || !back.At.Equal(tt.r.At) {
				t.Errorf("read back %v at %v, want %v at %v", back.Amount(), back.At, tt.r.Amount(), tt.r.At)
			}
			again, err := json.Marshal(back)
			if err != nil || string(again) != tt.text {
				t.Errorf("Marshal of what was read = %s, %v; want %s", again, err, tt.text)
			}
		})
	}
}

func TestRoleText(t *testing.T) {
	for role, name := range map[clientele.Role]string{
		clientele.Core: "core", clientele.LeadMagnet: "lead magnet", clientele.AddOn: "add-on", clientele.Gift: "gift",
	} {
		text, err := role.MarshalText()
		if err != nil || string(text) != name || role.String() != name {
			t.Errorf("MarshalText = %q, %v, String = %q; want %q", text, err, role, name)
		}
		var back clientele.Role
		if err := back.UnmarshalText(text); err != nil || back != role {
			t.Errorf("UnmarshalText(%q) = %v, %v; want %v", text, back, err, role)
		}
	}
	if _, err := clientele.Role(9).MarshalText(); !errors.Is(err, clientele.ErrUnknown) {
		t.Errorf("MarshalText of Role(9) = %v, want ErrUnknown", err)
	}
	if s := clientele.Role(9).String(); s != "Role(9)" {
		t.Errorf("String of Role(9) = %q", s)
	}
	back := clientele.Gift
	if err := back.UnmarshalText([]byte("Core")); !errors.Is(err, clientele.ErrUnknown) || back != clientele.Gift {
		t.Errorf("UnmarshalText(Core) = %v, %v; want ErrUnknown and the role unchanged", back, err)
	}
}

func FuzzRoleText(f *testing.F) {
	f.Add([]byte("add-on"))
	f.Add([]byte("lead magnet"))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, text []byte) {
		var role clientele.Role
		if err := role.UnmarshalText(text); err != nil {
			if !errors.Is(err, clientele.ErrUnknown) || role != clientele.Core {
				t.Fatalf("UnmarshalText(%q) = %v, role %v", text, err, role)
			}
			return
		}
		if back, err := role.MarshalText(); err != nil || string(back) != string(text) {
			t.Fatalf("%q was read and is written as %q, %v", text, back, err)
		}
	})
}

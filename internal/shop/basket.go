package shop

import (
	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// item is what lies in a basket.
type item struct {
	product
	quantity int64
}

// basket is what a visit buys: every product once, in order of choice.
type basket []item

// has reports whether a product is in the basket.
func (b basket) has(name string) bool {
	for _, it := range b {
		if it.name == name {
			return true
		}
	}
	return false
}

// add puts in units of a product in a role, or more of it where it is in already.
func (b *basket) add(p product, quantity int64, role clientele.Role) {
	for i := range *b {
		if it := &(*b)[i]; it.name == p.name {
			it.quantity += quantity
			return
		}
	}
	p.role = role
	*b = append(*b, item{p, quantity})
}

// listed is the worth of the basket before discount, in cents.
func (b basket) listed() int64 {
	var sum int64
	for _, it := range b {
		sum += it.quantity * it.list
	}
	return sum
}

// lines prices the basket at a discount in percent of the list price.
func (b basket) lines(percent int64) []clientele.Line {
	lines := make([]clientele.Line, len(b))
	for i, it := range b {
		lines[i] = clientele.Line{
			Product:  it.name,
			Category: it.category,
			Quantity: decimal.New(it.quantity, 0),
			Price:    cents(it.list),
			Cost:     cents(it.cost),
			Role:     it.role,
		}
		if paid := discounted(it.product, percent); paid != it.list {
			lines[i].Price, lines[i].ListPrice = cents(paid), cents(it.list)
		}
	}
	return lines
}

// discounted is the price of a product at a discount, in cents, a half rounded
// up. Services keep their price.
func discounted(p product, percent int64) int64 {
	if p.category == services {
		return p.list
	}
	return (p.list*(100-percent) + 50) / 100
}

// cents makes money of a number of cents, with two decimals.
func cents(n int64) decimal.Decimal { return decimal.New(n, -2) }

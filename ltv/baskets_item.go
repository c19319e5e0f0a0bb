package ltv

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
)

// BasketItem is what counts as one item of a basket.
type BasketItem uint8

const (
	ByProduct  BasketItem = iota // the product; the zero value
	ByCategory                   // the category of goods
)

// basketItemNames are the text forms, by item.
var basketItemNames = [...]string{ByProduct: "product", ByCategory: "category"}

func (b BasketItem) known() bool { return int(b) < len(basketItemNames) }

// of names the item of a line.
func (b BasketItem) of(l *clientele.Line) string {
	if b == ByCategory {
		return l.Category
	}
	return l.Product
}

// String returns "product" or "category", and "BasketItem(9)" for a value that is
// neither.
func (b BasketItem) String() string {
	if !b.known() {
		return fmt.Sprintf("BasketItem(%d)", uint8(b))
	}
	return basketItemNames[b]
}

// MarshalText returns the name. A value without one is an [clientele.InputError] of
// [clientele.ErrUnknown].
func (b BasketItem) MarshalText() ([]byte, error) {
	if !b.known() {
		return nil, &clientele.InputError{Op: "ltv.BasketItem.MarshalText", Index: -1, Field: "BasketItem", Value: b, Err: clientele.ErrUnknown}
	}
	return []byte(basketItemNames[b]), nil
}

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is an
// [clientele.InputError] of [clientele.ErrUnknown] and leaves b as it was.
func (b *BasketItem) UnmarshalText(text []byte) error {
	i := slices.Index(basketItemNames[:], string(text))
	if i < 0 {
		return &clientele.InputError{Op: "ltv.BasketItem.UnmarshalText", Index: -1, Field: "BasketItem", Value: string(text), Err: clientele.ErrUnknown}
	}
	*b = BasketItem(i)
	return nil
}

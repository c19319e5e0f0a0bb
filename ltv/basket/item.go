package basket

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
)

// Item is what counts as one item of a basket.
type Item uint8

const (
	ByProduct  Item = iota // the product; the zero value
	ByCategory             // the category of goods
)

// basketItemNames are the text forms, by item.
var basketItemNames = [...]string{ByProduct: "product", ByCategory: "category"}

func (b Item) known() bool { return int(b) < len(basketItemNames) }

// of names the item of a line.
func (b Item) of(l *clientele.Line) string {
	if b == ByCategory {
		return l.Category
	}
	return l.Product
}

// String returns "product" or "category", and "BasketItem(9)" for a value that is
// neither.
func (b Item) String() string { return enum.String(basketItemNames[:], b) }

// MarshalText returns the name. A value without one is an [clientele.InputError] of
// [clientele.ErrUnknown].
func (b Item) MarshalText() ([]byte, error) { return enum.Marshal(basketItemNames[:], b) }

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is an
// [clientele.InputError] of [clientele.ErrUnknown] and leaves b as it was.
func (b *Item) UnmarshalText(text []byte) error {
	return enum.Unmarshal(basketItemNames[:], b, text)
}

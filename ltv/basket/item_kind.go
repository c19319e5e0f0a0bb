package basket

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
)

// ItemKind is what counts as one item of a basket.
type ItemKind uint8

// The kinds of items.
const (
	ByProduct  ItemKind = iota // an item is a product; the zero value
	ByCategory                 // an item is a category of goods
)

// itemKindNames are the text forms, by value.
var itemKindNames = [...]string{ByProduct: "product", ByCategory: "category"}

// name returns the item of a line.
func (k ItemKind) name(l *clientele.Line) string {
	if k == ByCategory {
		return l.Category
	}
	return l.Product
}

// String returns "product" or "category", and for any other value a text such as
// "ItemKind(9)".
func (k ItemKind) String() string { return enum.String(itemKindNames[:], k) }

// MarshalText returns the name, and [clientele.ErrUnknown] for a value without one.
func (k ItemKind) MarshalText() ([]byte, error) { return enum.Marshal(itemKindNames[:], k) }

// UnmarshalText accepts exactly the names that MarshalText writes. It returns
// [clientele.ErrUnknown] for any other text, and leaves k as it was.
func (k *ItemKind) UnmarshalText(text []byte) error { return enum.Unmarshal(itemKindNames[:], k, text) }

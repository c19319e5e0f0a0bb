package basket

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
)

// ItemKind is what counts as one item of a basket.
type ItemKind uint8

const (
	ByProduct  ItemKind = iota // the product; the zero value
	ByCategory                 // the category of goods
)

// itemKindNames are the text forms, by item.
var itemKindNames = [...]string{ByProduct: "product", ByCategory: "category"}

func (b ItemKind) known() bool { return int(b) < len(itemKindNames) }

// of names the item of a line.
func (b ItemKind) of(l *clientele.Line) string {
	if b == ByCategory {
		return l.Category
	}
	return l.Product
}

// String returns "product" or "category", and "ItemKind(9)" for a value that is
// neither.
func (b ItemKind) String() string { return enum.String(itemKindNames[:], b) }

// MarshalText returns the name. A value without one is an [clientele.InputError] of
// [clientele.ErrUnknown].
func (b ItemKind) MarshalText() ([]byte, error) { return enum.Marshal(itemKindNames[:], b) }

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is an
// [clientele.InputError] of [clientele.ErrUnknown] and leaves b as it was.
func (b *ItemKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal(itemKindNames[:], b, text)
}

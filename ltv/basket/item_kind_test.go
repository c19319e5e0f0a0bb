package basket

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

func TestItemKindText(t *testing.T) {
	for _, item := range []ItemKind{ByProduct, ByCategory} {
		var back Config
		text := verify.Must(json.Marshal(Config{By: item}))
		if err := json.Unmarshal(text, &back); err != nil || back.By != item {
			t.Errorf("%v becomes %v by %s: %v", item, back.By, text, err)
		}
	}
	if _, err := ItemKind(9).MarshalText(); !errors.Is(err, clientele.ErrUnknown) || ItemKind(9).String() != "ItemKind(9)" {
		t.Error(err, ItemKind(9))
	}
	item := ByCategory
	if err := item.UnmarshalText([]byte("Product")); !errors.Is(err, clientele.ErrUnknown) || item != ByCategory {
		t.Error(err, item)
	}
}

package enum_test

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/verify"
)

type fruit uint8

var fruits = []string{"apple", "pear"}

func TestNames(t *testing.T) {
	if got := enum.String(fruits, fruit(1)); got != "pear" {
		t.Error(got)
	}
	if got := enum.String(fruits, fruit(9)); got != "fruit(9)" {
		t.Error(got)
	}
	if text, err := enum.Marshal(fruits, fruit(0)); string(text) != "apple" || err != nil {
		t.Error(string(text), err)
	}
	f := fruit(1)
	if err := enum.Unmarshal(fruits, &f, []byte("apple")); f != 0 || err != nil {
		t.Error(f, err)
	}
	err := enum.Unmarshal(fruits, &f, []byte("Pear"))
	in, ok := errors.AsType[*clientele.InputError](err)
	if !ok || in.Op != "enum_test.fruit.UnmarshalText" || in.Field != "fruit" || in.Value != "Pear" || !errors.Is(err, clientele.ErrUnknown) || in.Allowed() != "apple or pear" || f != 0 {
		t.Error(err, f)
	}
	if _, err := enum.Marshal(fruits, fruit(2)); !errors.Is(err, clientele.ErrUnknown) || enum.Known(fruits, fruit(2)) {
		t.Error(err)
	}
}

func TestCheck(t *testing.T) {
	faults := clientele.ConfigError{Op: "shop.New"}
	enum.Check(&faults, "Fruit", fruits, fruit(1))
	if faults.Err() != nil {
		t.Error(faults.Err())
	}
	enum.Check(&faults, "Fruit", fruits, fruit(2))
	verify.ConfigError(t, faults.Err(), "shop.New", "Fruit")
}

package clientele_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
)

func TestPriceBookJSON(t *testing.T) {
	book := clientele.PriceBook{{"video", "TV", dec("400")}, {"video", "radio", dec("20.5")}}
	text, err := json.Marshal(book)
	const want = `[{"category":"video","product":"TV","price":"400"},{"category":"video","product":"radio","price":"20.5"}]`
	if err != nil || string(text) != want {
		t.Errorf("a book is written as %s, %v, want %s", text, err, want)
	}
	var back clientele.PriceBook
	if err := json.Unmarshal(text, &back); err != nil || !reflect.DeepEqual(back, book) {
		t.Errorf("a book is read back as %v, %v", back, err)
	}
	for _, bad := range []string{`{}`, `[{"category":"a","Product":"b"}]`, `[{"price":"1","price":"2"}]`, `[{"price":"dear"}]`, `[null]`} {
		if err := back.UnmarshalJSON([]byte(bad)); !errors.Is(err, clientele.ErrEncoding) || !reflect.DeepEqual(back, book) {
			t.Errorf("%s is read: %v", bad, err)
		}
	}
}

func TestPriceRanksJSON(t *testing.T) {
	ranks := clientele.PriceBook{
		{"video", "TV", dec("400")}, {"video", "radio", dec("20")}, {"audio", "radio", dec("20")}, {"audio", "horn", dec("30")}, {"toys", "top", dec("1")},
	}.Ranks()
	text, err := json.Marshal(ranks)
	const want = `[{"category":"audio","product":"horn","rank":1},{"category":"audio","product":"radio","rank":0},` +
		`{"category":"video","product":"TV","rank":1},{"category":"video","product":"radio","rank":0}]`
	if err != nil || string(text) != want {
		t.Errorf("ranks are written as %s, %v, want %s", text, err, want)
	}
	var back clientele.PriceRanks
	if err := json.Unmarshal(text, &back); err != nil || !reflect.DeepEqual(back, ranks) {
		t.Errorf("ranks are read back as %v, %v", back, err)
	}
	for _, bad := range []string{`{}`, `[{"category":"a","product":"b","rank":-0.1}]`, `[{"category":"a"},{"category":"a"}]`, `[{"rank":"1"}]`} {
		if err := back.UnmarshalJSON([]byte(bad)); !errors.Is(err, clientele.ErrEncoding) || !reflect.DeepEqual(back, ranks) {
			t.Errorf("%s is read: %v", bad, err)
		}
	}
	if err := json.Unmarshal([]byte("null"), &back); err != nil || !reflect.DeepEqual(back, ranks) {
		t.Errorf("null gives %v, %v", back, err)
	}
	if text, err := json.Marshal(clientele.PriceRanks{}); err != nil || string(text) != "[]" {
		t.Errorf("no ranks are written as %s, %v", text, err)
	}
}

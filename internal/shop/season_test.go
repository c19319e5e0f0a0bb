package shop

import (
	"slices"
	"testing"
	"time"
)

func TestWeightIsAtMostPeak(t *testing.T) {
	highest := 0.0
	for date := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); date.Year() < 2052; date = date.AddDate(0, 0, 1) {
		for _, store := range []bool{false, true} {
			w := weight(date, store)
			if w < 0 || w > peak {
				t.Fatalf("weight of %s is %v", date.Format(time.DateOnly), w)
			}
			highest = max(highest, w)
		}
	}
	if highest < peak/2 {
		t.Errorf("highest weight is %v: proposals are wasted", highest)
	}
}

func TestDays(t *testing.T) {
	for _, test := range []struct {
		name, date string
		code       string
		open       bool // the store
	}{
		{"New Year's Day", "2024-01-01", "", false},
		{"first day of a sale", "2024-01-02", "NEWYEAR", true},
		{"last day of a sale", "2025-01-14", "NEWYEAR", true},
		{"day after a sale", "2025-01-15", "", true},
		{"Sunday", "2024-03-03", "", false},
		{"Sunday of a sale", "2024-11-24", "BLACKWEEK", false},
		{"Christmas Day", "2024-12-25", "", false},
		{"summer", "2024-07-31", "SUMMER", true},
		{"spring", "2024-04-20", "SPRING", true},
		{"same days of another month", "2024-05-20", "", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			date, err := time.Parse(time.DateOnly, test.date)
			if err != nil {
				t.Fatal(err)
			}
			if s, ok := saleOn(date); s.code != test.code || ok != (test.code != "") {
				t.Errorf("sale is %q, want %q", s.code, test.code)
			}
			if open := weight(date, true) > 0; open != test.open {
				t.Errorf("store open is %t", open)
			}
			if weight(date, false) <= 0 {
				t.Error("closed online")
			}
		})
	}
}

func TestCatalogueIsConsistent(t *testing.T) {
	seen := make(map[string]bool)
	for _, p := range products {
		if seen[p.name] {
			t.Errorf("%s is there twice", p.name)
		}
		seen[p.name] = true
		if p.list < 0 || p.cost <= 0 || p.appeal <= 0 || p.list > 0 && p.role != 1 && p.cost >= p.list {
			t.Errorf("%s makes no sense: %+v", p.name, p)
		}
	}
	for _, j := range jobs {
		for _, name := range slices.Concat(j.core, j.addOns) {
			if !seen[name] {
				t.Errorf("%s needs %s, which is not sold", j.name, name)
			}
		}
	}
	for _, d := range demand {
		n := 0
		for _, p := range products {
			if p.category == d.category {
				n++
			}
		}
		if n < 5 || n > 12 {
			t.Errorf("category %s has %d products", d.category, n)
		}
	}
}

func TestDiscounted(t *testing.T) {
	for _, test := range []struct {
		name    string
		product product
		percent int64
		want    int64
	}{
		{"no discount", product{list: 39_90}, 0, 39_90},
		{"to the cent", product{list: 39_90}, 20, 31_92},
		{"half a cent rounds up", product{list: 9_90}, 25, 7_43},
		{"a quarter of a cent rounds down", product{list: 8_87}, 25, 6_65},
		{"service", product{list: 79_00, category: services}, 25, 79_00},
		{"free", product{}, 25, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := discounted(test.product, test.percent); got != test.want {
				t.Errorf("discounted price is %d, want %d", got, test.want)
			}
		})
	}
}

package nps_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// monthly is a calendar of months in UTC.
var monthly = clientele.Calendar{Unit: clientele.Month}

// noonOf is noon of a date in UTC.
func noonOf(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
}

func newPanel(t testing.TB, cfg nps.PanelConfig) *nps.Panel {
	t.Helper()
	p, err := nps.NewPanel(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// panelOf is a panel that was given answers.
func panelOf(t testing.TB, cfg nps.PanelConfig, all []nps.Answer) *nps.Panel {
	t.Helper()
	p := newPanel(t, cfg)
	if err := p.AddAll(clientele.All(all)); err != nil {
		t.Fatal(err)
	}
	return p
}

// seriesOf has detractors, passives and promoters in each month from January 2024.
func seriesOf(t testing.TB, months ...[3]uint64) *nps.Series {
	t.Helper()
	p := newPanel(t, nps.PanelConfig{Calendar: monthly})
	for i, month := range months {
		for kind, answer := range []int{0, 7, 10} {
			if err := p.AddN(nps.Answer{At: noonOf(2024, time.Month(i+1), 1), Value: answer}, month[kind]); err != nil {
				t.Fatal(err)
			}
		}
	}
	s, err := p.Series()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// endOf is the last moment of the n-th month from January 2024.
func endOf(n int) time.Time {
	return time.Date(2024, time.Month(n+1), 1, 0, 0, 0, 0, time.UTC).Add(-1)
}

func panelForm(t testing.TB, p *nps.Panel) []byte {
	t.Helper()
	form, err := p.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return form
}

// syntheticPanel are those of the synthetic shop.
func syntheticPanel(t testing.TB) []nps.Answer {
	t.Helper()
	data, err := testdata.Read("synthetic/answers.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"date", "score", "group", "weight"}; !slices.Equal(rows[0], want) {
		t.Fatal(rows[0])
	}
	var all []nps.Answer
	for _, row := range rows[1:] {
		at, err := time.Parse(time.DateOnly, row[0])
		if err != nil {
			t.Fatal(err)
		}
		score, err := strconv.Atoi(row[1])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, nps.Answer{At: at, Group: row[2], Value: score})
	}
	return all
}

// drawAnswers draws answers of a few groups over two years.
func drawAnswers(t *rapid.T) []nps.Answer {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) nps.Answer {
		return nps.Answer{
			At:    noonOf(2024, 1, rapid.IntRange(1, 700).Draw(t, "day")),
			Group: rapid.SampledFrom([]string{"", "shop", "web", "a"}).Draw(t, "group"),
			Value: rapid.IntRange(0, 10).Draw(t, "score"),
		}
	}), 0, 40).Draw(t, "answers")
}

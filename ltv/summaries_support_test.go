package ltv_test

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv"
)

func mustSummaries[K clientele.ID](t testing.TB, cfg ltv.SummaryConfig) *ltv.Summaries[K] {
	t.Helper()
	s, err := ltv.NewSummaries(new(clientele.Roster[K]), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustFeed[K clientele.ID](t testing.TB, s *ltv.Summaries[K], all []clientele.Purchase[K]) *ltv.Summaries[K] {
	t.Helper()
	if err := clientele.Feed(clientele.All(all), s); err != nil {
		t.Fatal(err)
	}
	return s
}

package ltv

import (
	"bytes"
	"errors"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// failer is what helpers need of testing.T, testing.B, testing.F and rapid.T.
type failer interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

func mustSummaries[K clientele.ID](t failer, cfg SummaryConfig) *Summaries[K] {
	t.Helper()
	s, err := NewSummaries(new(clientele.Roster[K]), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustFeed[K clientele.ID](t failer, s *Summaries[K], all []clientele.Purchase[K]) *Summaries[K] {
	t.Helper()
	if err := clientele.Feed(clientele.All(all), s); err != nil {
		t.Fatal(err)
	}
	return s
}

func mustMerge[K clientele.ID](t failer, s, o *Summaries[K]) *Summaries[K] {
	t.Helper()
	if err := s.Merge(o); err != nil {
		t.Fatal(err)
	}
	return s
}

func mustHistory(t failer, cfg SummaryConfig) *History {
	t.Helper()
	h, err := NewHistory(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// coder is Summaries or a History.
type coder interface {
	AppendBinary([]byte) ([]byte, error)
	UnmarshalBinary([]byte) error
}

func encoded(t failer, c coder) string {
	t.Helper()
	form, err := c.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(form)
}

// checkDecode decodes hostile bytes into c, which holds something: what is
// refused must leave c as it was, what is accepted must encode to the same bytes.
func checkDecode(t failer, c coder, data []byte) (ok bool) {
	t.Helper()
	before := encoded(t, c)
	given := bytes.Clone(data)
	failure := c.UnmarshalBinary(data)
	for i := range data {
		data[i] = 0xff // what was decoded must not alias the input
	}
	switch after := encoded(t, c); {
	case failure == nil && after != string(given):
		t.Fatalf("%x decodes, but encodes to %x", given, after)
	case failure != nil && !errors.Is(failure, clientele.ErrEncoding):
		t.Fatalf("error is %v", failure)
	case failure != nil && after != before:
		t.Fatal("a failed decode has changed its receiver")
	}
	return failure == nil
}

// buy is a purchase at noon, UTC, of the n-th day of 2025.
func buy[K clientele.ID](customer K, n int, amount string) clientele.Purchase[K] {
	return clientele.Purchase[K]{Customer: customer, At: receipttest.Noon(n), Amount: decimal.RequireFromString(amount)}
}

// evening is the last second of the n-th day of 2025.
func evening(n int) time.Time { return time.Date(2025, 1, n, 23, 59, 59, 0, time.UTC) }

package basket

import (
	"math"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// receiptOf is a receipt of one unit each of products, a space between them.
func receiptOf(channel, products string) clientele.Receipt[int64] {
	r := receipttest.On(1, 1, "0")
	r.Channel = channel
	for product := range strings.FieldsSeq(products) {
		r.Lines = append(r.Lines, receipttest.Item(product, "", "1", "10", "", "0"))
	}
	return r
}

func channelOf(r *clientele.Receipt[int64]) string { return r.Channel }

// basketsOf returns the baskets of receipts by channel.
func basketsOf(t testing.TB, by ItemKind, receipts ...clientele.Receipt[int64]) *Baskets[int64] {
	t.Helper()
	b := verify.Must(New(Config{By: by}, channelOf))
	if err := clientele.FeedReceipts(clientele.All(receipts), b); err != nil {
		t.Fatal(err)
	}
	return b
}

// tenReceipts are ten receipts of two channels: five with a desk, five with a chair,
// three with both.
func tenReceipts() []clientele.Receipt[int64] {
	return []clientele.Receipt[int64]{
		receiptOf("store", "desk chair lamp"), receiptOf("store", "desk chair"), receiptOf("store", "chair desk"),
		receiptOf("store", "desk lamp"), receiptOf("web", "desk"), receiptOf("web", "chair"),
		receiptOf("web", "chair lamp"), receiptOf("web", "lamp"), receiptOf("web", "rug"), receiptOf("web", "rug"),
	}
}

// wantEstimate checks value and interval to the digits that are stated.
func wantEstimate(t testing.TB, what string, got clientele.Estimate, value, lo, hi float64) {
	t.Helper()
	for _, part := range []struct {
		name      string
		got, want float64
	}{{"value", got.Value, value}, {"lower limit", got.Lo, lo}, {"upper limit", got.Hi, hi}} {
		if !(math.Abs(part.got-part.want) <= 0.5e-6) {
			t.Errorf("%s of %s is %.7f, want %.6f", part.name, what, part.got, part.want)
		}
	}
}

// assortmentOf returns the assortment of receipts in months, by channel.
func assortmentOf(t testing.TB, receipts ...clientele.Receipt[int64]) *Assortment[int64] {
	t.Helper()
	a := verify.Must(NewAssortment(AssortmentConfig{Calendar: clientele.Calendar{Unit: clientele.Month}}, channelOf))
	if err := clientele.FeedReceipts(clientele.All(receipts), a); err != nil {
		t.Fatal(err)
	}
	return a
}

// through is a receipt of a channel.
func through(channel string, r clientele.Receipt[int64]) clientele.Receipt[int64] {
	r.Channel = channel
	return r
}

// twoMonths are sales of January and February 2025 with all that is special: an item
// on two lines, a gift, a lead magnet, money kept, a refund in the month after, a void
// receipt and one of a gift alone.
func twoMonths() []clientele.Receipt[int64] {
	gift, magnet, kept := receipttest.Item("mug", "promotion", "1", "0.50", "", "1"), receipttest.Item("guide", "promotion", "1", "5", "", "1"), receipttest.Item("lamp", "office", "1", "3", "", "0")
	gift.Role, magnet.Role, kept.Kept = clientele.Gift, clientele.LeadMagnet, true
	back := receipttest.On(35, 1, "0", receipttest.Item("desk", "office", "-1", "180", "", "90"))
	back.RefundOf = "somewhere else"
	return []clientele.Receipt[int64]{
		through("store", receipttest.On(2, 1, "0", receipttest.Item("desk", "office", "1", "200", "", "90"), receipttest.Item("desk", "office", "1", "180", "", "90"), gift)),
		through("web", receipttest.On(3, 2, "0", receipttest.Item("rice", "food", "1.5", "4", "", "2"), magnet)),
		through("web", receipttest.On(4, 2, "0", receipttest.Item("lamp", "office", "2", "30", "", "9"), receipttest.Item("rice", "food", "0.5", "4", "", "2"))),
		through("web", receipttest.On(5, 2, "0", gift)),
		through("store", back),
		through("store", receipttest.On(36, 3, "0", kept, receipttest.Item("rice", "food", "2", "4", "", "2"))),
		{Customer: 4, At: receipttest.Noon(37), Void: true},
	}
}

// checkSpread checks that the standard error is the spread of the logarithm over
// samples, within four standard errors of the simulation and a hundredth for what the
// delta method leaves out.
func checkSpread(t *testing.T, of any, samples int, draw func(each func(clientele.Estimate))) {
	t.Helper()
	var sum, squares, stdErrs float64
	draw(func(e clientele.Estimate) {
		log := math.Log(e.Value)
		sum, squares = sum+log, squares+log*log
		stdErrs += e.StdErr / e.Value
	})
	n := float64(samples)
	mean := sum / n
	spread := math.Sqrt((squares - n*mean*mean) / (n - 1))
	if ratio := stdErrs / n / spread; math.Abs(ratio-1) > 4/math.Sqrt(2*n)+0.01 {
		t.Errorf("%+v: the standard error is %.3f of the spread", of, ratio)
	}
}

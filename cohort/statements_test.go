package cohort_test

import (
	"errors"
	"iter"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

func TestStatementsRefuse(t *testing.T) {
	a := outcomeActivity(t, churnPurchases()...)
	broken := errors.New("broken")
	reasons := func(src iter.Seq2[cohort.LossReason[int64], error]) error {
		_, err := a.LossReasons(churnMonthly, src)
		return err
	}
	ok := cohort.LossReason[int64]{Customer: 1, Reason: "price"}
	all := func(r ...cohort.LossReason[int64]) iter.Seq2[cohort.LossReason[int64], error] {
		return clientele.All(r)
	}
	outcomeFault(t, reasons(all(ok, cohort.LossReason[int64]{Customer: 1})), 1, "Reason", clientele.ErrMissing)
	outcomeFault(t, reasons(all(ok, cohort.LossReason[int64]{Customer: 7, Reason: "price"})), 1, "Customer", clientele.ErrUnknown)
	refunds := cohort.LossReason[int64]{Customer: 5, Reason: "price"}
	outcomeFault(t, reasons(all(ok, refunds, refunds)), 1, "Customer", clientele.ErrUnknown)
	outcomeFault(t, reasons(func(yield func(cohort.LossReason[int64], error) bool) {
		_ = yield(ok, nil) && yield(ok, broken)
	}), 1, "", broken)

	events := func(e ...cohort.Event[int64]) error {
		_, err := a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churnMonthly, Within: 5}, clientele.All(e))
		return err
	}
	outcomeFault(t, events(cohort.Event[int64]{Customer: 1, Kind: "late"}), 0, "At", clientele.ErrZeroTime)
	outcomeFault(t, events(churnEvent(1, 1, "")), 0, "Kind", clientele.ErrMissing)
	outcomeFault(t, events(churnEvent(1, 1, "late"), churnEvent(5, 1, "late")), 1, "Customer", clientele.ErrUnknown)

	early := cohort.ChurnConfig{AsOf: outcomeDay(10), Rule: cohort.ChurnRule{Silent: 30}} // all are young
	_, err := a.LossReasons(early, all(ok))
	outcomeFault(t, err, -1, "customers", clientele.ErrEmpty)
	_, err = a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: early, Within: 5}, clientele.All[cohort.Event[int64]](nil))
	outcomeFault(t, err, -1, "customers", clientele.ErrEmpty)
}

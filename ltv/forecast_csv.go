package ltv

import (
	"io"
	"iter"
	"strconv"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/sheet"
)

// WriteForecasts writes a line for each customer, in the order of base, below a header:
//
//	customer,alive,purchases,purchasesLo,purchasesHi,buys,median,discounted,spend,value,valueLo,valueHi
//
// What the forecaster does not know is empty: limits, buys and median without
// ForecastConfig.Intervals; spend, value and its limits of a customer without a value.
// Numbers have all their digits. Ids are written as they are; if people open the file, write
// it to a [clientele.Spreadsheet], which keeps ids from being taken for formulas.
// WriteForecasts stops at the first customer who cannot be forecast, with a
// [clientele.InputError] that has the customer's position; an error of w comes back as it is.
func WriteForecasts[K clientele.ID](w io.Writer, f *Forecaster, base iter.Seq2[K, Summary]) error {
	const op = "ltv.WriteForecasts"
	switch {
	case !f.configured():
		return fault.Of(op, "forecaster", nil, errNoForecaster)
	case base == nil:
		return fault.Of(op, "base", nil, errNoBase)
	}
	var refused error
	err := sheet.Write(op, w, func(yield func([]string) bool) {
		if !yield(forecastHeader) {
			return
		}
		i := 0
		for id, s := range base {
			var one Forecast
			if one, refused = f.One(s); refused != nil {
				refused = fault.Placed(op, i, fault.Renamed(op, refused))
				return
			}
			if !yield(f.line(sheet.ID(id), &one)) {
				return
			}
			i++
		}
	})
	if refused != nil {
		return refused
	}
	return err
}

var (
	forecastHeader = []string{
		"customer", "alive", "purchases", "purchasesLo", "purchasesHi", "buys", "median",
		"discounted", "spend", "value", "valueLo", "valueHi",
	}
	errNoForecaster = rule.Want(clientele.ErrMissing, "a forecaster that NewForecaster made")
	errNoBase       = rule.Want(clientele.ErrMissing, "summaries, such as Summaries.All")
)

// line is a forecast as texts.
func (f *Forecaster) line(id string, one *Forecast) []string {
	line := append([]string{id, sheet.Number(one.Alive)}, estimateTexts(one.Purchases)...)
	buys, median, spend, value := "", "", "", []string{"", "", ""}
	if f.cfg.Intervals {
		buys, median = sheet.Number(one.Buys), strconv.Itoa(one.Median)
	}
	if !one.Unvalued {
		spend, value = sheet.Number(one.Spend), estimateTexts(one.Value)
	}
	return append(append(line, buys, median, sheet.Number(one.Discounted), spend), value...)
}

// estimateTexts are a value and its limits, which are empty without an interval.
func estimateTexts(e clientele.Estimate) []string {
	if e.Level == 0 {
		return []string{sheet.Number(e.Value), "", ""}
	}
	return []string{sheet.Number(e.Value), sheet.Number(e.Lo), sheet.Number(e.Hi)}
}

// WriteCSV writes a line for each group, in the order of Groups, below a header:
//
//	group,customers,unvalued,alive,purchases,purchasesLo,purchasesHi,value,valueLo,valueHi,share
//
// Limits are empty without an interval. Numbers have all their digits. Groups are written
// as they are; if people open the file, write it to a [clientele.Spreadsheet], which keeps
// groups from being taken for formulas. An error of w comes back as it is.
func (e Equity) WriteCSV(w io.Writer) error {
	return sheet.Write("ltv.Equity.WriteCSV", w, func(yield func([]string) bool) {
		if !yield([]string{
			"group", "customers", "unvalued", "alive", "purchases", "purchasesLo", "purchasesHi", "value", "valueLo", "valueHi", "share",
		}) {
			return
		}
		for _, g := range e.Groups {
			line := []string{g.Group, strconv.Itoa(g.Customers), strconv.Itoa(g.Unvalued), sheet.Number(g.Alive)}
			line = append(append(line, estimateTexts(g.Purchases)...), estimateTexts(g.Value)...)
			if !yield(append(line, sheet.Number(g.Share))) {
				return
			}
		}
	})
}

package account

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
)

// CalendarWarning says that deals of a stage are in periods in which nobody made a
// first-stage deal, so that the effect of the calendar cannot be removed from them.
type CalendarWarning struct {
	From     int `json:"from"`     // number of the first deal of the stage
	Deals    int `json:"deals"`    // number of deals of the stage
	Compared int `json:"compared"` // number of deals that StageTrait.SamePeriod compares
}

// Error says it in a sentence.
func (w CalendarWarning) Error() string {
	return fmt.Sprintf("deals from number %d on: %d of %d are in periods without a first deal: SamePeriod leaves them out; want longer periods, such as quarters",
		w.From, w.Deals-w.Compared, w.Deals)
}

// warn notes the stages of which not all deals are compared.
func (r *DealNumberReport) warn() {
	for i, s := range r.Stages {
		if i > 0 && s.Compared < s.Deals {
			r.Warnings = append(r.Warnings, CalendarWarning{s.From, s.Deals, s.Compared})
		}
	}
}

// UnmarshalJSON reads what [json.Marshal] writes, warnings included. Anything else returns
// [clientele.ErrEncoding] and leaves r as it was.
func (r *DealNumberReport) UnmarshalJSON(data []byte) error {
	type plain DealNumberReport
	var read struct {
		plain
		Warnings []CalendarWarning `json:"warnings"`
	}
	if err := strict.Into[clientele.InputError]("account.DealNumberReport.UnmarshalJSON", data, &read); err != nil {
		return err
	}
	*r = DealNumberReport(read.plain)
	r.Warnings = fault.Errors(read.Warnings)
	return nil
}

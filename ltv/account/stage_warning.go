package account

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
)

// CalendarWarning says that deals of a stage are in periods in which fewer than two
// first-stage deals were made, so that the effect of the calendar cannot be removed from them.
type CalendarWarning struct {
	From     int            `json:"from,omitempty"`  // number of the first deal of the stage; 0 in a TenureReport
	Since    clientele.Days `json:"since,omitempty"` // tenure with which the stage begins; 0 in a DealNumberReport
	Deals    int            `json:"deals"`           // number of deals of the stage
	Compared int            `json:"compared"`        // number of deals that StageTrait.SamePeriod compares
}

// Error says it in a sentence.
func (w CalendarWarning) Error() string {
	stage := fmt.Sprintf("from number %d", w.From)
	if w.From == 0 {
		stage = fmt.Sprintf("from %d days after the first", w.Since)
	}
	return fmt.Sprintf("deals %s on: %d of %d are in periods with fewer than %d first-stage deals: SamePeriod leaves them out; want longer periods, such as quarters",
		stage, w.Deals-w.Compared, w.Deals, fewest)
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

// UnmarshalJSON reads what [json.Marshal] writes, warnings included. Anything else returns
// [clientele.ErrEncoding] and leaves r as it was.
func (r *TenureReport) UnmarshalJSON(data []byte) error {
	type plain TenureReport
	var read struct {
		plain
		Warnings []CalendarWarning `json:"warnings"`
	}
	if err := strict.Into[clientele.InputError]("account.TenureReport.UnmarshalJSON", data, &read); err != nil {
		return err
	}
	*r = TenureReport(read.plain)
	r.Warnings = fault.Errors(read.Warnings)
	return nil
}

package nps

import (
	"encoding/json"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
)

// seriesForm is a series as JSON.
type seriesForm struct {
	Scale    Scale              `json:"scale"`
	Calendar clientele.Calendar `json:"calendar"`
	Periods  []periodForm       `json:"periods"`
}

// MarshalJSON writes the scale, the calendar, and the counts of all periods with answers.
func (s Series) MarshalJSON() ([]byte, error) {
	form := seriesForm{Scale: s.blank.Scale(), Periods: []periodForm{}}
	if s.periods != nil {
		form.Calendar = s.periods.Calendar()
	}
	for i, period := range s.at {
		t := s.tally(i)
		form.Periods = append(form.Periods, periodForm{period, s.periods.Label(int(period)), slices.Clone(t.used())})
	}
	return json.Marshal(form)
}

// UnmarshalJSON reads what MarshalJSON writes. Anything else returns
// [clientele.ErrEncoding] and leaves s as it was.
func (s *Series) UnmarshalJSON(data []byte) error {
	const op = "nps.Series.UnmarshalJSON"
	var form seriesForm
	if err := strict.Into[clientele.InputError](op, data, &form); err != nil {
		return err
	}
	read, err := NewPanel(PanelConfig{form.Scale, form.Calendar})
	if err != nil {
		return fault.Encoding(op, firstStored(err))
	}
	if form.Periods == nil {
		return fault.Encoding(op, fault.Of("", "periods", nil, errNoList))
	}
	if err := read.fill("", "", form.Periods); err != nil {
		return fault.Encoding(op, err)
	}
	if read.n == 0 {
		*s = Series{blank: read.blank, periods: read.periods}
		return nil
	}
	all, err := read.Series()
	if err != nil {
		return fault.Encoding(op, err)
	}
	*s = *all
	return nil
}

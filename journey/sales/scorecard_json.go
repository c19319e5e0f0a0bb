package sales

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
)

// UnmarshalJSON reads what [encoding/json.Marshal] writes, warnings included. Anything else
// returns a [clientele.InputError] of [clientele.ErrEncoding] and leaves s as it was.
func (s *Scorecard) UnmarshalJSON(data []byte) error {
	type plain Scorecard
	var read struct {
		plain
		Warnings []warningForm `json:"warnings"`
	}
	if err := strict.Into[clientele.InputError]("sales.Scorecard.UnmarshalJSON", data, &read); err != nil {
		return err
	}
	*s = Scorecard(read.plain)
	s.Warnings = nil
	for _, w := range read.Warnings {
		s.Warnings = append(s.Warnings, w.warning())
	}
	return nil
}

// warningForm is any warning of a scorecard as JSON has it.
type warningForm struct {
	NobodyWarning

	Names []string `json:"names"`
}

// warning is the warning whose fields the form has.
func (w warningForm) warning() error {
	if w.Names != nil {
		return StrangerWarning{w.Names}
	}
	return w.NobodyWarning
}

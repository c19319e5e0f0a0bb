package journey

import "github.com/clientele-go/clientele/internal/fault"

// Timeline is the way of one person: all touches over all channels, in order. It is what
// funnels, paths and attribution read.
type Timeline struct {
	// Profile names the person: a profile of package identity, or the host's own customer
	// number.
	Profile string `json:"profile"`

	Touches []Touch `json:"touches"` // by At, then by Seq
}

// Validate returns a [clientele.InputError] without Op and Index for the first fault, or
// nil: no profile ([clientele.ErrMissing]), a touch that is unusable (as [Touch.Validate]
// says), touches that are not in their order ([clientele.ErrRange]).
func (t Timeline) Validate() error {
	if t.Profile == "" {
		return unusable("Profile", nil, errNoProfile)
	}
	for i := range t.Touches {
		if err := t.Touches[i].check(); err != nil {
			return fault.Within(place(i), err)
		}
		if i > 0 && compareTouches(t.Touches[i-1], t.Touches[i]) > 0 {
			return unusable(place(i)+"At", t.Touches[i].At, errUnordered)
		}
	}
	return nil
}

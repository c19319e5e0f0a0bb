package survival

import "fmt"

// GapWarning says that at some times before the last exit nobody was under
// observation, which delayed entry makes possible. The curve is flat there because
// nothing was seen, not because nothing happened. Where everybody at risk had the
// event the curve drops to 0 and stays there, whoever enters later.
type GapWarning struct {
	From float64 `json:"from"` // when the first gap begins
	To   float64 `json:"to"`   // when the first gap ends; equal to From where others entered at once
	Gaps int     `json:"gaps"` // number of gaps
	Zero bool    `json:"zero"` // whether the curve dropped to 0 although others entered later
}

// Error describes the warning.
func (w GapWarning) Error() string {
	text := fmt.Sprintf("nobody was under observation from %g to %g", w.From, w.To)
	if w.Gaps > 1 {
		text = fmt.Sprintf("%s, the first of %d gaps", text, w.Gaps)
	}
	if w.Zero {
		text += "; the curve is 0 since all at risk had the event before others entered"
	}
	return text
}

// gapFinder collects the times at which nobody was under observation.
type gapFinder struct {
	until float64 // end of the gap that begins at the origin; 0 = there is none
	first GapWarning
}

// note notes that the last customer under observation left at one time and that the
// next enters at another; gone says whether the curve has dropped to 0.
func (f *gapFinder) note(from, until float64, gone bool) {
	if from == until && !gone {
		return
	}
	if f.first.Gaps == 0 {
		f.first.From, f.first.To = from, until
	}
	f.first.Gaps++
	f.first.Zero = f.first.Zero || gone
}

// warnings returns what was found.
func (f *gapFinder) warnings() []error {
	if f.until > 0 {
		f.first.Gaps++
		f.first.From, f.first.To = 0, f.until
	}
	if f.first.Gaps == 0 {
		return nil
	}
	return []error{f.first}
}

package nps

import "errors"

// rolling rolls over a series: it holds the answers of the last so many periods.
type rolling struct {
	series *Series
	size   int // in periods
	tally  Tally
}

func (s *Series) rolling(size int) rolling { return rolling{s, size, s.blank} }

// roll takes the next period in and the oldest out, and reports whether so many periods
// have passed since the series began.
func (w *rolling) roll(period int32) (whole bool, err error) {
	passed := int(period-w.series.at[0]) + 1
	err = w.tally.Merge(w.series.in(period))
	if passed > w.size {
		err = errors.Join(err, w.tally.Remove(w.series.in(period-int32(w.size))))
	}
	return passed >= w.size, err
}

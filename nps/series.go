package nps

import (
	"cmp"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Series is what was answered period after period. [Panel.Series] makes it; it is
// immutable, safe for concurrent use, and stays as it is when the panel counts on. The
// zero Series has no answers.
type Series struct {
	blank   Tally
	periods *clientele.Periods
	at      []int32  // periods with answers, ascending
	counts  []uint64 // of each of them, from the lowest answer
}

// Series returns the answers of groups, taken together, by periods; without a name,
// those of all groups. A group that has no answers is [clientele.ErrUnknown], one that
// is named twice [clientele.ErrDuplicate], and a panel without answers
// [clientele.ErrEmpty].
func (p *Panel) Series(groups ...string) (*Series, error) {
	const op = "nps.Panel.Series"
	wanted := make(map[int32]bool, len(groups))
	for _, name := range groups {
		group, known := p.groups[name]
		switch {
		case !known:
			return nil, &clientele.InputError{Op: op, Index: -1, Field: "group", Value: name, Err: clientele.ErrUnknown}
		case wanted[group]:
			return nil, &clientele.InputError{Op: op, Index: -1, Field: "group", Value: name, Err: clientele.ErrDuplicate}
		}
		wanted[group] = true
	}
	if p.n == 0 {
		return nil, empty(op)
	}
	var cells []int
	for i, key := range p.keys {
		if len(groups) == 0 || wanted[key.group] {
			cells = append(cells, i)
		}
	}
	slices.SortFunc(cells, func(i, j int) int { return cmp.Compare(p.keys[i].period, p.keys[j].period) })
	s := &Series{blank: p.blank, periods: p.periods}
	for _, i := range cells {
		s.add(p.keys[i].period, p.at(i))
	}
	return s, nil
}

// add adds counts of a period that is none before the last.
func (s *Series) add(period int32, counts []uint64) {
	last := len(s.at) - 1
	if last < 0 || s.at[last] != period {
		s.at, s.counts = append(s.at, period), append(s.counts, counts...)
		return
	}
	for i, n := range counts {
		s.counts[last*len(counts)+i] += n
	}
}

// tally returns the answers of the i-th of the periods that have some.
func (s *Series) tally(i int) Tally {
	t := s.blank
	width := len(t.used())
	t.take(s.counts[i*width : (i+1)*width])
	return t
}

// in returns the answers in a period, which may be none.
func (s *Series) in(period int32) Tally {
	if i, found := slices.BinarySearch(s.at, period); found {
		return s.tally(i)
	}
	return s.blank
}

// Total returns the answers of all periods.
func (s *Series) Total() Tally { return s.sum(0, len(s.at)) }

// sum returns the answers of periods that have some, from one place up to another.
func (s *Series) sum(from, until int) Tally {
	t := s.blank
	for i := from; i < until; i++ {
		o := s.tally(i)
		t.take(o.used())
	}
	return t
}

// PanelPeriod is what was answered in a period.
type PanelPeriod struct {
	Label string    `json:"label"` // see [clientele.Periods.Label]
	Start time.Time `json:"start"`
	Tally Tally     `json:"tally"`
}

// Periods returns every period from the first with answers to the last, those without
// any included.
func (s *Series) Periods() []PanelPeriod {
	if len(s.at) == 0 {
		return nil
	}
	first, last := s.at[0], s.at[len(s.at)-1]
	all := make([]PanelPeriod, 0, last-first+1)
	for i := first; i <= last; i++ {
		all = append(all, PanelPeriod{s.periods.Label(int(i)), s.periods.Start(int(i)), s.in(i)})
	}
	return all
}

// until returns the period that holds asOf and how many periods with answers are
// complete then, or what is wrong with asOf. There are answers.
func (s *Series) until(asOf time.Time) (last int32, complete int, err error) {
	if err := rule.Time(asOf); err != nil {
		return 0, 0, err
	}
	last = int32(s.periods.Index(asOf))
	complete = len(s.at)
	if s.at[complete-1] > last {
		return 0, 0, errLaterAnswers
	}
	if s.at[complete-1] == last && !s.over(last, asOf) {
		complete--
	}
	return last, complete, nil
}

// over reports whether a period ends with asOf or before.
func (s *Series) over(period int32, asOf time.Time) bool {
	return s.periods.Start(int(period)+1).Sub(asOf) <= time.Nanosecond
}

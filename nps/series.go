package nps

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Series has the answers of each period, in order of time; [Panel.Series] returns it. It
// is immutable, safe for concurrent use, and does not change when answers are added to the
// panel. The zero Series has no answers.
type Series struct {
	blank   Tally              // of the scale, without answers
	periods *clientele.Periods // nil in the zero Series
	at      []int32            // periods with answers, ascending
	counts  []uint64           // for each such period, from the lowest answer
}

// Series returns the answers of some groups, taken together, by periods; without a name,
// those of all groups. The error is [clientele.ErrUnknown] if a group has no answers,
// [clientele.ErrDuplicate] if a group is named twice, [clientele.ErrEmpty] if the panel has
// no answers, and [clientele.ErrRange] if there are more than 36,525 periods, a hundred years
// of days, between the first and the last.
func (p *Panel) Series(groups ...string) (*Series, error) {
	const op = "nps.Panel.Series"
	if p == nil {
		return nil, fault.Unconfigured(op)
	}
	if p.n == 0 && len(groups) == 0 {
		return nil, noAnswers(op, "answers")
	}
	wanted := make(map[int32]bool, len(groups))
	for i, name := range groups {
		group, known := p.groups[name]
		if field := fmt.Sprintf("groups[%d]", i); !known {
			return nil, fault.Of(op, field, name, errUnknownGroup)
		} else if wanted[group] {
			return nil, fault.Of(op, field, name, errGroupTwice)
		}
		wanted[group] = true
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
	if all := int(s.at[len(s.at)-1]) - int(s.at[0]) + 1; all > rule.MostPeriods {
		return nil, fault.Of(op, "answers", all, rule.ErrPeriods)
	}
	return s, nil
}

var (
	errUnknownGroup = rule.Because(rule.Unknown, "a group without answers", "one of those that Panel.Groups returns, or no name for all")
	errGroupTwice   = rule.Because(rule.Duplicate, "named twice", "each group once")
)

// add adds counts of a period that is not before the last.
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
func (s *Series) Total() Tally {
	if s == nil {
		return Tally{}
	}
	return s.sum(0, len(s.at))
}

// sum returns the answers of the periods that have some, from one up to another.
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
	Label string    `json:"label"` // name of the period, see [clientele.Periods.Label]
	Start time.Time `json:"start"` // beginning of the period
	Tally Tally     `json:"tally"` // answers of the period; there may be none
}

// Periods returns every period from the first with answers to the last, those without
// any included: at most 36,525, a kilobyte each.
func (s *Series) Periods() []PanelPeriod {
	if s == nil || len(s.at) == 0 {
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
// complete then. Otherwise it returns all faults of a configuration, to which it adds
// what is wrong with asOf, or says that there is no answer.
func (s *Series) until(op string, faults *clientele.ConfigError, asOf time.Time) (last int32, complete int, err error) {
	fault.AddAsOf(faults, asOf)
	if err := faults.Err(); err != nil {
		return 0, 0, err
	}
	if s == nil || len(s.at) == 0 {
		return 0, 0, noAnswers(op, "answers")
	}
	last = int32(s.periods.Index(asOf))
	complete = len(s.at)
	if latest := s.at[complete-1]; latest > last {
		faults.Add("AsOf", asOf, rule.Because(rule.Range, "before the last answers", "a moment in %v, the last period with answers, or later", s.periods.Label(int(latest))))
		return 0, 0, faults.Err()
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

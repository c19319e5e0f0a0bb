package funnel

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// Matcher finds the chains of single people. It is not safe for concurrent use: make one for
// each goroutine.
type Matcher struct {
	finder *finder
	reader reader
}

// Compile makes a funnel ready for [Matcher.Match]. It reports all faults of the funnel at
// once, as [Funnel.Validate] does.
func Compile(f Funnel) (*Matcher, error) {
	faults := clientele.ConfigError{Op: "funnel.Compile"}
	f.check(&faults, "")
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return &Matcher{finder: newFinder(newPlan(f.clone()))}, nil
}

// Match returns the chain of a person, or of each of the person's cases in order of their
// names, with all touches and all entries, whether their window has ended or not. Who made no
// entry, or was taken out by an exclusion, has no passage.
//
// It returns an InputError for a timeline without a profile ([clientele.ErrMissing]), for a
// time outside 1678-2261 ([clientele.ErrTimeRange]) and for touches that are not in their
// order ([clientele.ErrRange]).
func (m *Matcher) Match(line journey.Timeline) ([]Passage, error) {
	const op = "funnel.Matcher.Match"
	if m == nil || m.finder == nil {
		return nil, fault.Of(op, "Matcher", nil, rule.Want(rule.Missing, "a matcher that Compile has made"))
	}
	if err := m.reader.read(m.finder.plan, &line, latest); err != nil {
		return nil, fault.Renamed(op, err)
	}
	var all []Passage
	for name, items := range m.reader.cases() {
		o := m.finder.judge(items, period{earliest, latest, latest})
		if o.isEntered {
			p := m.finder.passage(&o, &line)
			p.Case = name
			all = append(all, p)
		}
	}
	sortPassages(all)
	return all, nil
}

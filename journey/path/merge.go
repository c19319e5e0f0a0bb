package path

import (
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Merge adds the ways of another log, of other people. The result does not depend on how
// people were spread over logs. other is only read.
//
// It returns a [clientele.InputError] of [clientele.ErrMismatch] where Collapse or Waits differ,
// of [clientele.ErrMissing] for a log that [New] has not made and of [clientele.ErrDuplicate] if
// other is l; l is then as it was. That both logs have the same Config.Label is not checked.
func (l *Log) Merge(other *Log) error {
	const op = "path.Log.Merge"
	if err := l.exists(op); err != nil {
		return err
	}
	if other == nil || !other.made {
		return fault.Of(op, "other", nil, rule.Want(rule.Missing, "a log that New has made"))
	}
	if l.cfg.Collapse != other.cfg.Collapse {
		return fault.Differs(op, "Collapse", l.cfg.Collapse, other.cfg.Collapse)
	}
	if l.cfg.Waits != other.cfg.Waits {
		return fault.Differs(op, "Waits", l.cfg.Waits, other.cfg.Waits)
	}
	if l == other {
		return fault.Of(op, "other", nil, rule.Because(rule.Duplicate, "the log itself", "a log of other people"))
	}
	here := l.labels.set.Join(&other.labels.set)
	l.edges.fit(l.labels.len())
	l.edges.merge(&other.edges, here)
	for labels := range other.ways.all() {
		l.ways.begin(len(labels))
		for _, label := range labels {
			l.ways.step(here[label])
		}
	}
	l.people.merge(&other.people, here)
	l.taken = append(l.taken, other.taken...)
	l.steps += other.steps
	l.unlabelled += other.unlabelled
	l.pathless += other.pathless
	return nil
}

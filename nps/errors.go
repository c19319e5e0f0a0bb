package nps

import (
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// noAnswers says that there is no answer to compute from.
func noAnswers(op, field string) error { return fault.Of(op, field, nil, errNoAnswers) }

var errNoAnswers = rule.Because(rule.Empty, "no answers", "at least one")

// otherScale says that answers were given on another scale than those before.
func otherScale(op, field string, scale, wanted Scale) error {
	return fault.Of(op, field, scale, rule.Because(rule.Mismatch, "another scale", "%v; scores of different scales cannot be compared", wanted))
}

// tooMany says that there are more answers than a tally counts exactly.
func tooMany(op, field string, n uint64) error {
	return fault.Of(op, field, n, errTooMany)
}

var errTooMany = rule.Because(rule.Range, "too many answers", "at most 2^53 in all")

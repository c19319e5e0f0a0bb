package funnel

import (
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// Attribute names something that is known of a touch: one of the constants, or a label as
// [Label] names it. As text it is "staff", for example, or "label:plan".
type Attribute string

const (
	Touchpoint   Attribute = "touchpoint"   // where the contact was
	Channel      Attribute = "channel"      // through which it came
	Staff        Attribute = "staff"        // who served the person
	Outcome      Attribute = "outcome"      // what came of it
	Conversation Attribute = "conversation" // the talk, ticket or thread it belongs to
)

const labelPrefix = "label:"

// Label returns the attribute that is a label of the touch, such as plan or city.
func Label(name string) Attribute { return Attribute(labelPrefix + name) }

// of returns the attribute of a touch; "" where it is not known.
func (a Attribute) of(t *journey.Touch) string {
	switch a {
	case Touchpoint:
		return t.Touchpoint
	case Channel:
		return t.Channel
	case Staff:
		return t.Staff
	case Outcome:
		return t.Outcome
	case Conversation:
		return t.Conversation
	}
	return t.Labels[strings.TrimPrefix(string(a), labelPrefix)]
}

// checkAttribute notes an attribute that does not exist; "" is none.
func checkAttribute(faults *clientele.ConfigError, field string, a Attribute) {
	switch a {
	case "", Touchpoint, Channel, Staff, Outcome, Conversation:
		return
	}
	if name, ok := strings.CutPrefix(string(a), labelPrefix); !ok || name == "" {
		faults.Add(field, string(a), errAttribute)
	}
}

var errAttribute = rule.Want(rule.Unknown, "touchpoint, channel, staff, outcome, conversation, or label: with the name of a label, such as label:plan")

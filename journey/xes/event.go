package xes

import (
	"strings"
	"time"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
)

// event is an event of a trace: a touch, or the start or end of one.
type event struct {
	journey.Touch
	transition string
	instance   string
}

// The keys of attributes that have a place in a touch.
const (
	keyName         = "concept:name"
	keyInstance     = "concept:instance"
	keyTime         = "time:timestamp"
	keyTransition   = "lifecycle:transition"
	keyStaff        = "org:resource"
	keyID           = "identity:id"
	keyCost         = "cost:total"
	keyChannel      = "journey:channel"
	keyBy           = "journey:by"
	keyConversation = "journey:conversation"
	keyOutcome      = "journey:outcome"
	keyValue        = "journey:value"
	identifierKeys  = "identifier:" // and the kind
	labelKeys       = "label:"      // and the label, where that could be taken for another key
)

// set puts an attribute of an event to its place.
func (e *event) set(key, value string) (err error) {
	switch key {
	case keyName:
		e.Touchpoint = value
	case keyInstance:
		e.instance = value
	case keyTransition:
		e.transition = strings.ToLower(value)
	case keyStaff:
		e.Staff = value
	case keyChannel:
		e.Channel = value
	case keyConversation:
		e.Conversation = value
	case keyOutcome:
		e.Outcome = value
	case keyBy:
		return e.By.UnmarshalText([]byte(value))
	case keyTime:
		e.At, err = parseTime(value)
	case keyID:
		e.ID, err = uuid.Parse(value)
	case keyCost:
		e.Cost, err = rule.ParseAmount(value)
	case keyValue:
		e.Value, err = rule.ParseAmount(value)
	default:
		e.setOther(key, value)
		return nil
	}
	if err != nil {
		return fault.Of("", key, value, rule.Because(rule.Encoding, "cannot be read", "%s", wanted[key]))
	}
	return nil
}

// wanted is how values of keys are written.
var wanted = map[string]string{
	keyTime:  "a moment as in 2025-03-01T09:00:00+01:00",
	keyID:    "a UUID as in 01234567-89ab-cdef-0123-456789abcdef",
	keyCost:  "a decimal number as in 12.50",
	keyValue: "a decimal number as in 12.50",
}

// setOther puts an attribute without a place of its own to the identifiers or labels.
func (e *event) setOther(key, value string) {
	if kind, ok := strings.CutPrefix(key, identifierKeys); ok && kind != "" {
		e.Identifiers = append(e.Identifiers, journey.Identifier{Kind: kind, Value: value})
		return
	}
	if e.Labels == nil {
		e.Labels = make(map[string]string)
	}
	e.Labels[strings.TrimPrefix(key, labelKeys)] = value
}

// labelKey is the key of a label's attribute.
func labelKey(label string) string {
	if label == "" || hasPlace(label) || strings.HasPrefix(label, identifierKeys) || strings.HasPrefix(label, labelKeys) {
		return labelKeys + label
	}
	return label
}

// hasPlace reports whether a key has a place of its own in a touch.
func hasPlace(key string) bool {
	switch key {
	case keyName, keyInstance, keyTime, keyTransition, keyStaff, keyID, keyCost, keyChannel, keyBy, keyConversation, keyOutcome, keyValue:
		return true
	}
	return false
}

// parseTime reads a moment with or without a zone, which is then UTC.
func parseTime(value string) (t time.Time, err error) {
	if t, err = time.Parse(time.RFC3339Nano, value); err == nil {
		return t, nil
	}
	return time.Parse("2006-01-02T15:04:05.999999999", value)
}

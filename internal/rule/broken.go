package rule

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Broken says how a value broke a rule. Its kind is found by errors.Is.
type Broken struct {
	Kind   error
	Reason string // which rule was broken, as in "first bound is above the second"; "" = the kind says it
	Want   string // which values are allowed, or what mends it; "" = nothing to add
}

// Want is a fault of a kind, with the values that are allowed. Long arguments are cut.
func Want(kind error, format string, args ...any) error {
	return &Broken{Kind: kind, Want: fmt.Sprintf(format, shown(args)...)}
}

// Because is a fault of a kind for a reason that the kind does not tell, with the
// values that are allowed or the remedy, which may be "".
func Because(kind error, reason, format string, args ...any) error {
	return &Broken{Kind: kind, Reason: reason, Want: fmt.Sprintf(format, shown(args)...)}
}

// Error is as in "negative: want 0 or more". Where the allowed values are told, that a
// value is out of range or unknown needs no saying.
func (b *Broken) Error() string {
	what := b.Reason
	if what == "" {
		what = b.Kind.Error()
		if b.Want != "" && (b.Kind == Range || b.Kind == Unknown) {
			what = ""
		}
	}
	switch {
	case b.Want == "":
		return what
	case what == "":
		return "want " + b.Want
	}
	return what + ": want " + b.Want
}

// Unwrap returns the kind.
func (b *Broken) Unwrap() error { return b.Kind }

// Also is an error that is of a kind besides its own, and says what it said.
func Also(kind, err error) error {
	if errors.Is(err, kind) {
		return err
	}
	return &also{err, kind}
}

type also struct {
	error
	kind error
}

func (a *also) Unwrap() []error { return []error{a.error, a.kind} }

// Reason returns what an error tells of the rule that was broken: the reason of a
// [Broken], or else the text of its kind or of the error itself.
func Reason(err error) string {
	b, ok := errors.AsType[*Broken](err)
	switch {
	case err == nil:
		return ""
	case !ok:
		return err.Error()
	case b.Reason != "":
		return b.Reason
	}
	return b.Kind.Error()
}

// Allowed returns which values are allowed, as far as an error tells.
func Allowed(err error) string {
	if b, ok := errors.AsType[*Broken](err); ok {
		return b.Want
	}
	return ""
}

// OneOf is the fault of a name other than those given, which are told but for "".
func OneOf(names ...string) error {
	told := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "" })
	return &Broken{Kind: Unknown, Want: List(told)}
}

// List joins names as a sentence does: "a, b or c".
func List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

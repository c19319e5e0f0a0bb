package clientele

import (
	"fmt"
	"strings"
)

// ConfigError reports all faults of one configuration at once. errors.Is finds
// [ErrConfig] in it and the kinds of all its faults. A check of several fields begins with
// ConfigError{Op: "shop.New"}, notes faults with [ConfigError.Add] and returns
// [ConfigError.Err].
type ConfigError struct {
	Op     string  // function that refused the configuration, as in "rfm.New"
	Faults []error // what is wrong, usually InputErrors with Index -1
}

// Add notes that a field has a value that cannot be used. err is the kind of fault, as
// [InputError] has it.
func (e *ConfigError) Add(field string, value any, err error) {
	e.Faults = append(e.Faults, &InputError{Op: e.Op, Index: -1, Field: field, Value: value, Err: err})
}

// Err returns e, or nil where no fault was noted.
func (e *ConfigError) Err() error {
	if len(e.Faults) == 0 {
		return nil
	}
	return e
}

// maxFaultTexts is how many faults a message lists: a price list may have thousands.
const maxFaultTexts = 50

// Error lists the faults, a line each where there are several, and of many the first fifty,
// as in
//
//	rfm.New: invalid configuration:
//		Window -2: negative: want 0 days or more
//		Level 95: want a share between 0 and 1, such as 0.95
func (e *ConfigError) Error() string {
	texts := make([]string, min(len(e.Faults), maxFaultTexts))
	for i := range texts {
		texts[i] = strings.ReplaceAll(e.text(e.Faults[i]), "\n", "\n\t")
	}
	if more := len(e.Faults) - len(texts); more > 0 {
		texts = append(texts, fmt.Sprintf("and %d more", more))
	}
	if len(texts) == 1 {
		return fmt.Sprintf("%s: %v: %s", e.Op, ErrConfig, texts[0])
	}
	return fmt.Sprintf("%s: %v:\n\t%s", e.Op, ErrConfig, strings.Join(texts, "\n\t"))
}

// text is the message of a fault, without the function where that stands above already.
func (e *ConfigError) text(fault error) string {
	if in, ok := fault.(*InputError); ok && in.Op == e.Op {
		within := *in
		within.Op = ""
		return within.Error()
	}
	return fault.Error()
}

// Unwrap returns [ErrConfig] and the faults.
func (e *ConfigError) Unwrap() []error { return append([]error{ErrConfig}, e.Faults...) }

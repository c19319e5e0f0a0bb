package fault

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// AddLabel notes a label that is missing or occurs again, and remembers it in seen.
func AddLabel(faults *clientele.ConfigError, field, label string, seen map[string]bool) {
	switch {
	case label == "":
		faults.Add(field, nil, errNoLabel)
	case seen[label]:
		faults.Add(field, label, ErrTwice)
	}
	seen[label] = true
}

// AddNames notes names of a list that are missing or given twice.
func AddNames(faults *clientele.ConfigError, field string, names []string) {
	seen := make(map[string]bool, len(names))
	for i, name := range names {
		AddLabel(faults, fmt.Sprintf("%s[%d]", field, i), name, seen)
	}
}

var (
	errNoLabel = rule.Want(rule.Missing, "a name")

	// ErrTwice is the fault of a label that occurs again.
	ErrTwice = rule.Want(rule.Duplicate, "each once")
)

package fault

import "github.com/clientele-go/clientele/internal/rule"

// ErrNoSource is the fault of a source of records that is nil.
var ErrNoSource = rule.Want(rule.Missing, "a source of records, such as clientele.All of a slice")

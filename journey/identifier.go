package journey

import (
	"cmp"
	"strconv"

	"github.com/clientele-go/clientele/internal/rule"
)

// Identifier is a trace of a person in one system: a telephone number, an e-mail address, a
// device, the number of a loyalty card, a customer number. It is the kind and the value
// together: the customer number 7001 and an e-mail account named 7001 are different
// identifiers. Package identity joins the identifiers of one person into a profile.
type Identifier struct {
	Kind  string `json:"kind"`  // name of the system or of the sort of number: "phone", "email", "device", "card", "customer"; required
	Value string `json:"value"` // text that is one person's within the kind, written in one way; required
}

// String returns the kind and the quoted value, as in phone "+4930123456".
func (id Identifier) String() string { return id.Kind + " " + strconv.Quote(id.Value) }

// Compare orders identifiers by kind, then by value, both bytewise: it returns -1, 0 or +1.
func (id Identifier) Compare(other Identifier) int {
	return cmp.Or(cmp.Compare(id.Kind, other.Kind), cmp.Compare(id.Value, other.Value))
}

// Validate returns a [clientele.InputError] of [clientele.ErrMissing] for an identifier
// without a kind, or nil. A value that identifies nobody, such as "" or "null", is not an
// error: package identity counts and skips it.
func (id Identifier) Validate() error {
	if id.Kind == "" {
		return unusable("Kind", nil, errNoKind)
	}
	return nil
}

var errNoKind = rule.Want(rule.Missing, "the kind of the identifier, such as phone, email or customer")

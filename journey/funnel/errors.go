package funnel

import (
	"fmt"

	"github.com/clientele-go/clientele/internal/rule"
)

var (
	errNoProfile = rule.Want(rule.Missing, "the name of the person: a profile or a customer number")
	errUnordered = rule.Because(rule.Range, "before the touch in front of it", "touches in the order in which journey.Sort puts them")
)

// place is the path of a touch in a timeline.
func place(i int) string { return fmt.Sprintf("Touches[%d].", i) }

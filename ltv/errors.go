package ltv

import (
	"errors"
	"fmt"

	"github.com/clientele-go/clientele"
)

// Faults of a [Summary] that are relations between its fields; errors.Is finds
// [clientele.ErrRange] in each.
var (
	errRecencyAboveT = fmt.Errorf("%w: recency is above T", clientele.ErrRange)
	errRecencyAlone  = fmt.Errorf("%w: recency without repeat purchases", clientele.ErrRange)
	errNoRecency     = fmt.Errorf("%w: repeat purchases without recency", clientele.ErrRange)
)

// ErrInaccurate means that a number could not be computed to the accuracy that the package
// promises, because the arguments are too extreme for every method it has.
var ErrInaccurate = errors.New("cannot be computed accurately")

package ltv

import (
	"fmt"

	"github.com/clientele-go/clientele"
)

// ErrInfinite means that the parameters make the mean that was asked for infinite: the mean
// spend by [GammaGamma] for a q of 1 or less, the mean tenure by [SBG] for an alpha
// of 1 or less. errors.Is finds [clientele.ErrRange] in it too.
var ErrInfinite = fmt.Errorf("%w: the mean is infinite", clientele.ErrRange)

// infinite says which value makes a mean infinite.
func infinite(op, field string, value any) error {
	return &clientele.InputError{Op: op, Index: -1, Field: field, Value: value, Err: ErrInfinite}
}

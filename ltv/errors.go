package ltv

import (
	"errors"
	"fmt"

	"github.com/clientele-go/clientele"
)

// ErrInaccurate means that a number could not be computed to the accuracy that the package
// promises, because the arguments are too extreme for every method it has.
var ErrInaccurate = errors.New("cannot be computed accurately")

// ErrInfinite means that the parameters make the mean that was asked for infinite: the
// mean spend by [GammaGamma] for a q of 1 or less, the mean tenure by contract.SBG for an
// alpha of 1 or less. errors.Is finds [clientele.ErrRange] in it too.
var ErrInfinite = fmt.Errorf("%w: the mean is infinite", clientele.ErrRange)

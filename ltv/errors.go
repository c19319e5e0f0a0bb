package ltv

import (
	"errors"
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// ErrInaccurate means that a number could not be computed to the accuracy that the package
// promises, because the arguments are too extreme for every method it has.
var ErrInaccurate = errors.New("cannot be computed accurately")

// ErrInfinite means that the parameters make the mean that was asked for infinite: the mean
// spend by [GammaGamma] for a q of 1 or less, the mean tenure by [SBG] for an alpha
// of 1 or less. errors.Is finds [clientele.ErrRange] in it too.
var ErrInfinite = fmt.Errorf("%w: the mean is infinite", clientele.ErrRange)

// errNoSource is the fault of a simulation without randomness.
var errNoSource = rule.Want(clientele.ErrMissing, "a source of random numbers, such as rand.NewPCG(1, 2)")

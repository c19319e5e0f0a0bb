package climb

import "github.com/clientele-go/clientele/internal/matrix"

const (
	// damped is the least share of the curvature that one update keeps.
	damped = 0.01
	// margin is the least pivot of a model, relative to its diagonal element.
	margin = 1e-13
)

// update sets next to the positive definite model changed by the BFGS formula so that
// next*step is change, or less where change has little or no curvature along step.
// It needs the product model*step and overwrites change.
func update(m matrix.Matrix, step, change, product []float64, next matrix.Matrix) {
	known, seen := matrix.Dot(step, product), matrix.Dot(step, change)
	if least := damped * known; seen < least {
		share := (known - least) / (known - seen)
		for i := range change {
			change[i] = share*change[i] + (1-share)*product[i]
		}
		seen = least
	}
	for i, row := range m {
		for j, v := range row {
			next[i][j] = v + (change[i]*change[j]/seen - product[i]*product[j]/known)
		}
	}
}

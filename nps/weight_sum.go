package nps

import "math"

// weightSum adds numbers that are not negative to twice the digits of a float64: its
// value is hi + lo, where lo is below half a unit in the last place of hi. The relative
// error of a sum of n numbers is at most n·2^-104 in any order (Joldes, Muller
// & Popescu, Tight and Rigorous Error Bounds for Basic Building Blocks of Double-Word
// Arithmetic, ACM Transactions on Mathematical Software 44, 2017, algorithm 5), so that
// hi is the float64 nearest to the exact sum but for the rarest ties.
type weightSum struct{ hi, lo float64 }

// add adds a number.
func (s *weightSum) add(x float64) { s.join(weightSum{hi: x}) }

// addSquare adds the square of a number.
func (s *weightSum) addSquare(x float64) {
	square := float64(x * x)
	s.join(weightSum{square, math.FMA(x, x, -square)})
}

// join adds another sum: Knuth's exact sum of the larger parts, and what they leave.
func (s *weightSum) join(o weightSum) {
	sum := s.hi + o.hi
	part := sum - s.hi
	rest := (s.hi - (sum - part)) + (o.hi - part) + (s.lo + o.lo)
	s.hi = sum + rest
	s.lo = rest - (s.hi - sum)
}

// valid reports whether s can be a sum of numbers that are not negative.
func (s weightSum) valid() bool {
	return s.hi >= 0 && !math.IsInf(s.hi, 1) && s.hi+s.lo == s.hi
}

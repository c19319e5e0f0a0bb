package maximum

// IsKnown reports whether the covariance of a point tells how well the parameter i is known. It
// does not where a parameter that describes the same, purchasing or dropping out, is at an end:
// the covariance takes that one as certain, so that what it says of a scale is about its ratio
// to a shape that has run away.
func (f *Family) IsKnown(i int, p Point) bool {
	first, last := 0, len(f.Names)
	if purchasing := len(neverCoordinates.shapeOf); f.DropOut >= 0 {
		if i < purchasing {
			last = purchasing
		} else {
			first = purchasing
		}
	}
	for k := first; k < last; k++ {
		if p.Stopped[k] != 0 || p.Covariance[k][k] == 0 {
			return false
		}
	}
	return true
}

package table

import "maps"

// CloneLists returns a table of the same lists. Lists are appended to and never
// changed, so that they are shared up to their length.
func CloneLists[E any](t *Table[[]E]) Table[[]E] {
	c := t.Clone()
	for i := range c.Len() {
		list := c.At(int32(i))
		*list = (*list)[:len(*list):len(*list)]
	}
	return c
}

// CloneMap returns a map to copies of the values, each copied by assignment.
func CloneMap[K comparable, V any](m map[K]*V) map[K]*V {
	c := maps.Clone(m)
	for key, value := range c {
		c[key] = new(*value)
	}
	return c
}

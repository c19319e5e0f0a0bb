package funnel

// reached are the steps that a chain fills, a bit each.
func (c chain) reached() (steps uint32) {
	for step, touch := range c {
		if touch >= 0 {
			steps |= 1 << step
		}
	}
	return steps
}

// notePeople counts the person whose cases were noted, once for each step that at least one
// case of a group reached, and once for each that any case did.
func (c *Counter) notePeople() {
	all := uint32(0)
	for group, steps := range c.met {
		addSteps(c.groups[group].people, steps)
		all |= steps
	}
	addSteps(c.people, all)
	clear(c.met)
}

// addSteps adds one to each of the steps that are a bit each.
func addSteps(counts []int, steps uint32) {
	for i := range counts {
		counts[i] += int(steps >> i & 1)
	}
}

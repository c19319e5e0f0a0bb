package fault

// Errors are warnings of a type as results hold them; nil for none.
func Errors[W error](warnings []W) (all []error) {
	for _, w := range warnings {
		all = append(all, w)
	}
	return all
}

package clientele

// Agree reports whether money in a stated currency may be added to what has been
// added so far in *known: the two are equal, or one is not stated (""). *known
// becomes the stated currency if it was not.
func Agree(known *string, stated string) bool {
	if *known == "" {
		*known = stated
	}
	return stated == "" || *known == stated
}

// Package rule holds the rules that values must keep and what to say about a
// value that breaks one: the kind of fault, which rule it broke, which values
// are allowed and what would mend it.
//
// It imports nothing of the library, so that every package may use it. The
// kinds are exported by the root package, as clientele.ErrRange for [Range].
package rule

package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// UnusableWarning says that reviews were left out because they are unusable for one reason.
type UnusableWarning struct {
	Field   string `json:"field"`   // field of [Review] that is at fault
	Reason  string `json:"reason"`  // what is wrong with it
	Reviews int    `json:"reviews"` // how many were left out

	// Named are their IDs, or customers of reviews without one; the first ten in ascending order.
	Named []string `json:"named,omitempty"`
}

// Error says how many reviews were left out, why and which.
func (w UnusableWarning) Error() string {
	text := fmt.Sprintf("reviews left out for %s, %s: %d", w.Field, w.Reason, w.Reviews)
	if len(w.Named) == 0 {
		return text
	}
	return fmt.Sprintf("%s (%s)", text, rule.Shortened(strings.Join(w.Named, ", ")))
}

// TieWarning says that neither version nor time shows which of two reviews came later, so that
// the one with the lower rating was taken as the later one. Number them with Review.Version.
type TieWarning struct {
	Ties int `json:"ties"` // reviews of one ID, or of one customer of one object, that share version and time with another and differ
}

// Error says how many ties there are and what mends them.
func (w TieWarning) Error() string {
	return fmt.Sprintf("reviews that share version and time with another one of the same ID, or of the same customer and object: %d; the lower rating was taken as the later one: number them with Review.Version", w.Ties)
}

// mostNamed is how many unusable reviews are named for each reason.
const mostNamed = 10

// flaw is what is wrong with a review.
type flaw struct{ field, reason string }

// flawed are reviews with one flaw.
type flawed struct {
	reviews int
	named   []string // the first in ascending order, each once
}

// flawOf tells the flaw that an error of Review.check reports.
func flawOf(err error) flaw {
	in, ok := err.(*clientele.InputError)
	if !ok {
		return flaw{"", rule.Reason(err)}
	}
	field, _, _ := strings.Cut(in.Field, "[")
	return flaw{field, in.Reason()}
}

// add counts a review.
func (f *flawed) add(name string) {
	f.reviews++
	f.keep(name)
}

// keep keeps a name if it is one of the first; "" is none.
func (f *flawed) keep(name string) {
	at, known := slices.BinarySearch(f.named, name)
	if known || at == mostNamed || name == "" {
		return
	}
	f.named = slices.Insert(f.named, at, strings.Clone(name))
	f.named = f.named[:min(len(f.named), mostNamed)]
}

// join adds other reviews with the same flaw.
func (f *flawed) join(o *flawed) {
	f.reviews += o.reviews
	for _, name := range o.named {
		f.keep(name)
	}
}

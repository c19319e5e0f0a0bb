package cohort

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Cause returns the group that contributed most to the change in its direction, beyond
// doubt: the first of Groups that did. ok is false if nothing has changed.
func (d *Decomposition) Cause() (g PartChange, ok bool) {
	if d == nil {
		return PartChange{}, false
	}
	for _, g := range d.Groups {
		if d.Change.Value > 0 && g.Contribution.Value > 0 || d.Change.Value < 0 && g.Contribution.Value < 0 {
			return g, true
		}
	}
	return PartChange{}, false
}

// Story says in plain words what happened, how much of it the mix of groups explains, and
// which group is the main cause, with the share of its customers who bought once. Numbers
// have up to four digits.
func (d *Decomposition) Story() string {
	if d == nil {
		return ""
	}
	parts := fmt.Sprintf("%s by the mix of groups and %s within them", signed(d.Mix.Value), signed(d.WithinGroups.Value))
	cause, ok := d.Cause()
	if !ok {
		return fmt.Sprintf("It stayed at %s: %s.", short(d.After), parts)
	}
	verb := "rose"
	if d.Change.Value < 0 {
		verb = "fell"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "It %s from %s to %s, by %s: %s.", verb, short(d.Before), short(d.After), short(math.Abs(d.Change.Value)), parts)
	fmt.Fprintf(&b, " The main cause is %s (%s): %s.", strconv.Quote(cause.Key), signed(cause.Contribution.Value), d.what(&cause))
	if last := cause.After; last.Customers > 0 {
		fmt.Fprintf(&b, " %s of its customers bought once", percent(last.OneTimeShare.Value))
		if cause.Before.Customers > 0 {
			fmt.Fprintf(&b, ", %s before", percent(cause.Before.OneTimeShare.Value))
		}
		b.WriteString(".")
	}
	return b.String()
}

// what says what happened to a group.
func (d *Decomposition) what(g *PartChange) string {
	if math.Abs(g.WithinGroup.Value) > math.Abs(g.Mix.Value) {
		return fmt.Sprintf("its own value went from %s to %s", short(g.Before.Value), short(g.After.Value))
	}
	value := g.Before.Value/2 + g.After.Value/2
	all := d.Before/2 + d.After/2
	where := "above"
	if value < all {
		where = "below"
	}
	return fmt.Sprintf("its share went from %s to %s, and its value of %s is %s the %s of all",
		percent(g.Before.Share), percent(g.After.Share), short(value), where, short(all))
}

// String returns the story.
func (d *Decomposition) String() string { return d.Story() }

// short is a number with up to four digits.
func short(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }

func signed(x float64) string {
	if x > 0 {
		return "+" + short(x)
	}
	return short(x)
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

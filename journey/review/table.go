package review

import (
	"fmt"
	"io"
	"strconv"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/sheet"
)

// WriteText writes the ranking of products, touchpoints or topics for a terminal, a line for
// each: rank, name, reviews, share of positive ratings in % with its limits, mean rating, share
// passed on in %. It shows the first most groups; 0 = all. A dot stands where nothing is
// known. It returns [clientele.ErrUnknown] for a kind without a name and
// [clientele.ErrNegative] for a negative number of groups; an error of w comes back as it is.
func (r *Report) WriteText(w io.Writer, of Kind, most int) error {
	const op = "review.Report.WriteText"
	switch {
	case w == nil:
		return fault.Of(op, "w", nil, sheet.ErrNoWriter)
	case r == nil:
		return fault.Of(op, "Report", nil, errNoReport)
	case !enum.Known(kindNames[:], of):
		return fault.Of(op, "of", uint8(of), rule.OneOf(kindNames[:]...))
	case most < 0:
		return fault.Of(op, "most", most, rule.Want(rule.Negative, "a number of groups; 0 = all"))
	}
	groups := r.groups(of)
	if most == 0 || most > len(groups) {
		most = len(groups)
	}
	lines := [][]string{{of.String(), "rank", "reviews", "positive", "from", "to", "mean", "passed on"}}
	for i := range groups[:most] {
		lines = append(lines, groups[i].line())
	}
	_, err := io.WriteString(w, sheet.Aligned(lines))
	return err
}

// line is a group as people read it.
func (g *Group) line() []string {
	const unknown = "·"
	rank := unknown
	if g.Rank > 0 {
		rank = strconv.Itoa(g.Rank)
	}
	percent := func(x float64) string { return fmt.Sprintf("%.1f", 100*x) }
	all := []string{g.Name, rank, strconv.Itoa(g.Reviews), unknown, unknown, unknown, unknown, unknown}
	if e := g.Share; e != nil {
		all[3], all[4], all[5] = percent(e.Value), percent(e.Lo), percent(e.Hi)
	}
	if e := g.Mean; e != nil {
		all[6] = fmt.Sprintf("%.2f", e.Value)
	}
	if e := g.PassedOn.Share; e != nil {
		all[7] = percent(e.Value)
	}
	return all
}

var csvHeader = []string{
	"period", "kind", "name", "rank", "reviews", "rated", "positive", "late", "share", "lo", "hi", "mean", "meanLo", "meanHi",
	"passedOn", "passedOnShare", "passedOnLo", "passedOnHi", "times", "referrals", "uncredited",
}

// WriteCSV writes all groups with a header: a line for all reviews, for each product,
// touchpoint and topic, and then the same for each period, whose label is the first field:
//
//	period,kind,name,rank,reviews,rated,positive,late,share,lo,hi,mean,meanLo,meanHi,
//	passedOn,passedOnShare,passedOnLo,passedOnHi,times,referrals,uncredited
//
// Shares are fractions from 0 to 1, and limits are empty where there is no interval. Late
// reviews that are kept apart have no line of their own. Numbers are in full. Names are written
// as they are; if people open the file, write it to a [clientele.Spreadsheet], which keeps names
// from being taken for formulas. An error of w comes back as it is.
func (r *Report) WriteCSV(w io.Writer) error {
	const op = "review.Report.WriteCSV"
	if r == nil {
		return fault.Of(op, "Report", nil, errNoReport)
	}
	return sheet.Write(op, w, func(yield func([]string) bool) {
		if !yield(csvHeader) || !records(yield, "", &r.All, r.groups) {
			return
		}
		for i := range r.Periods {
			if p := &r.Periods[i]; !records(yield, p.Label, &p.All, p.groups) {
				return
			}
		}
	})
}

// records yields the lines of a period, and reports whether more are wanted.
func records(yield func([]string) bool, period string, all *Group, groups func(Kind) []Group) bool {
	if !yield(all.record(period, "all")) {
		return false
	}
	for _, of := range []Kind{Product, Touchpoint, Topic} {
		for _, g := range groups(of) {
			if !yield(g.record(period, of.String())) {
				return false
			}
		}
	}
	return true
}

// record is the line of a group.
func (g *Group) record(period, kind string) []string {
	rank := ""
	if g.Rank > 0 {
		rank = strconv.Itoa(g.Rank)
	}
	line := []string{
		period, kind, g.Name, rank, strconv.Itoa(g.Reviews), strconv.Itoa(g.Rated), strconv.Itoa(g.Positive), strconv.Itoa(g.Late),
	}
	line = append(line, limits(g.Share)...)
	line = append(line, limits(g.Mean)...)
	line = append(line, strconv.Itoa(g.PassedOn.Reviews))
	line = append(line, limits(g.PassedOn.Share)...)
	return append(line, strconv.FormatInt(g.PassedOn.Times, 10), strconv.Itoa(g.PassedOn.Referrals), strconv.Itoa(g.PassedOn.Uncredited))
}

// limits are an estimate and its limits, which are empty without an interval.
func limits(e *clientele.Estimate) []string {
	switch {
	case e == nil:
		return []string{"", "", ""}
	case e.Level == 0:
		return []string{sheet.Number(e.Value), "", ""}
	}
	return []string{sheet.Number(e.Value), sheet.Number(e.Lo), sheet.Number(e.Hi)}
}

package rfm

import (
	"io"
	"iter"
	"slices"
	"strconv"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/key"
	"github.com/clientele-go/clientele/internal/sheet"
)

// WriteCSV writes a line for each customer, in ascending order of ids, below a header:
//
//	customer,recency,frequency,monetary,r,f,m,code,segment,total
//
// It is RFC 4180, except that lines end in LF: a field with a comma, a quote, a line break
// or a leading space is in quotes, and a quote in it is doubled. Nothing else is changed,
// so that reading gives what was written; if people open the file, write it to a
// [clientele.Spreadsheet], which keeps ids and names from being taken for formulas. Numbers
// are in full. An error of w comes back as it is.
func (s *State[K]) WriteCSV(w io.Writer) error {
	const op = "rfm.State.WriteCSV"
	if !s.graded() {
		return fault.Of(op, "state", nil, errNoState)
	}
	return sheet.Write(op, w, func(yield func([]string) bool) {
		if !yield([]string{"customer", "recency", "frequency", "monetary", "r", "f", "m", "code", "segment", "total"}) {
			return
		}
		for _, slot := range s.roster.Sorted() {
			if s.values.has(slot) && !yield(s.line(slot)) {
				return
			}
		}
	})
}

func (s *State[K]) line(slot int32) []string {
	score := s.score(slot)
	line := append([]string{sheet.ID(s.roster.ID(slot))}, valueTexts(s.values.at(slot), true)...)
	return append(line, strconv.Itoa(score.R), strconv.Itoa(score.F), strconv.Itoa(score.M), score.Code, score.Segment, sheet.Number(score.Total))
}

// WriteCSV writes a line for each customer who changed cells, in ascending order of ids,
// below a header:
//
//	customer,direction,cause,fromCode,fromSegment,toCode,toSegment,wasRecency,wasFrequency,wasMonetary,isRecency,isFrequency,isMonetary
//
// What is not known or does not exist is empty: codes and values of a customer who is not in
// the base, and of scores that were published without them. The form is that of
// [State.WriteCSV].
func (m *Movement[K]) WriteCSV(w io.Writer) error {
	const op = "rfm.Movement.WriteCSV"
	if !m.compared() {
		return fault.Of(op, "movement", nil, errNoMovement)
	}
	return sheet.Write(op, w, func(yield func([]string) bool) {
		if !yield([]string{
			"customer", "direction", "cause", "fromCode", "fromSegment", "toCode", "toSegment",
			"wasRecency", "wasFrequency", "wasMonetary", "isRecency", "isFrequency", "isMonetary",
		}) {
			return
		}
		moves := slices.SortedFunc(m.Moves(), func(a, b Move[K]) int { return key.Compare(a.Customer, b.Customer) })
		for _, move := range moves {
			if !yield(m.line(&move)) {
				return
			}
		}
	})
}

func (m *Movement[K]) line(move *Move[K]) []string {
	line := []string{
		sheet.ID(move.Customer), move.Direction.String(), move.Cause.String(),
		move.From.Code, move.From.Segment, move.To.Code, move.To.Segment,
	}
	line = append(line, valueTexts(move.Was, move.From != Score{} && !m.from.unmeasured)...)
	return append(line, valueTexts(move.Is, move.To != Score{})...)
}

// WriteMatrixCSV writes the matrix in long form, a line for each pair of segments with the
// customers who were in the one before and are in the other after, as flow diagrams need
// it:
//
//	from,to,customers
//
// An empty name stands for customers outside the base. Pairs are in the order of Segments,
// including those without customers. The form is that of [State.WriteCSV].
func (m *Movement[K]) WriteMatrixCSV(w io.Writer) error {
	const op = "rfm.Movement.WriteMatrixCSV"
	if !m.compared() {
		return fault.Of(op, "movement", nil, errNoMovement)
	}
	return sheet.Write(op, w, func(yield func([]string) bool) {
		if !yield([]string{"from", "to", "customers"}) {
			return
		}
		for i, row := range m.Matrix {
			for j, n := range row {
				if !yield([]string{m.Segments[i], m.Segments[j], strconv.Itoa(n)}) {
					return
				}
			}
		}
	})
}

// WriteCSV writes a line for each population below a header: the base, the segments, the
// standings and the cells, by kind, each in the order of the report.
//
//	kind,name,code,standing,customers,share,purchases,revenue,revenueShare,averageReceipt,allTimeRevenue,averageLTV,medianRecency
//
// The form is that of [State.WriteCSV]; money is exact.
func (r *Report) WriteCSV(w io.Writer) error {
	const op = "rfm.Report.WriteCSV"
	if err := r.usable(op); err != nil {
		return err
	}
	return sheet.Write(op, w, func(yield func([]string) bool) {
		if !yield(append([]string{"kind", "name", "code", "standing"}, populationFields[:]...)) {
			return
		}
		for kind, p := range r.populations() {
			if !yield(append([]string{kind, p.Name, p.Code, p.Standing.String()}, p.texts()...)) {
				return
			}
		}
	})
}

// WriteLongCSV writes what [Report.WriteCSV] does in long form, a line for each number, as
// charting programs need it:
//
//	kind,name,code,standing,measure,value
//
// The form is that of [State.WriteCSV].
func (r *Report) WriteLongCSV(w io.Writer) error {
	const op = "rfm.Report.WriteLongCSV"
	if err := r.usable(op); err != nil {
		return err
	}
	return sheet.Write(op, w, func(yield func([]string) bool) {
		if !yield([]string{"kind", "name", "code", "standing", "measure", "value"}) {
			return
		}
		for kind, p := range r.populations() {
			for i, text := range p.texts() {
				if !yield([]string{kind, p.Name, p.Code, p.Standing.String(), populationFields[i], text}) {
					return
				}
			}
		}
	})
}

// populationFields are the numbers of a population, in the order of texts.
var populationFields = [...]string{
	"customers", "share", "purchases", "revenue", "revenueShare", "averageReceipt", "allTimeRevenue", "averageLTV", "medianRecency",
}

func (p *Population) texts() []string {
	return []string{
		strconv.Itoa(p.Customers), sheet.Number(p.Share), strconv.Itoa(p.Purchases), p.Revenue.String(), sheet.Number(p.RevenueShare),
		p.AverageReceipt.String(), p.AllTimeRevenue.String(), p.AverageLTV.String(), sheet.Number(p.MedianRecency),
	}
}

// populations yields all populations with their kind.
func (r *Report) populations() iter.Seq2[string, *Population] {
	return func(yield func(string, *Population) bool) {
		if !yield("total", &r.Total) {
			return
		}
		for _, group := range []struct {
			kind string
			all  []Population
		}{{"segment", r.Segments}, {"standing", r.Standings}, {"cell", r.Cells}} {
			for i := range group.all {
				if !yield(group.kind, &group.all[i]) {
					return
				}
			}
		}
	}
}

// valueTexts are the values, or empty where they are not known.
func valueTexts(v Values, known bool) []string {
	if !known {
		return []string{"", "", ""}
	}
	return []string{sheet.Number(v.Recency), sheet.Number(v.Frequency), sheet.Number(v.Monetary)}
}

package sales

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Scorecard is what all salespeople did and brought.
type Scorecard struct {
	Config Config `json:"config"` // what was asked, with defaults filled in

	Rows   []Row `json:"rows"`   // salespeople, by name: of the team and of the data
	Nobody Row   `json:"nobody"` // what names nobody; it has no working days and is not judged
	Total  Row   `json:"total"`  // all together; its rates per working day leave out Nobody

	Columns []ColumnReport `json:"columns"` // by [Column], each of the columns

	Later    int `json:"later,omitempty"`    // records after AsOf, which are left out
	Before   int `json:"before,omitempty"`   // records before Since, which count only for what became of later ones
	Repeated int `json:"repeated,omitempty"` // bookings whose ID came before, which are left out

	Warnings []error `json:"warnings,omitempty"` // doubts that do not stop the answer: [NobodyWarning], [StrangerWarning]
}

// Row is one salesperson.
type Row struct {
	Name   string          `json:"name,omitempty"`   // name; "" = nobody, or the total
	Member bool            `json:"member,omitempty"` // whether Config.Team has the person
	Tenure *clientele.Days `json:"tenure,omitempty"` // whole days from Member.Since to AsOf; nil = not known

	Tally
	Measures

	Expected Expected `json:"expected,omitzero"` // what the team had with the same leads and in the same periods
	Standing Standing `json:"standing,omitzero"` // the group of the person

	// Rolling are the windows of Config.Rolling, by time. Every row has the same ones.
	Rolling []Window `json:"rolling,omitempty"`
}

// Row returns the row of a salesperson; ok is false for a name that has none.
func (s *Scorecard) Row(name string) (r Row, ok bool) {
	if s == nil {
		return Row{}, false
	}
	i, ok := slices.BinarySearchFunc(s.Rows, name, func(r Row, name string) int { return strings.Compare(r.Name, name) })
	if !ok {
		return Row{}, false
	}
	return s.Rows[i], true
}

// In returns the rows of a group, by name.
func (s *Scorecard) In(g Group) (rows []Row) {
	if s == nil {
		return nil
	}
	for i := range s.Rows {
		if s.Rows[i].Standing.Group == g {
			rows = append(rows, s.Rows[i])
		}
	}
	return rows
}

// Column returns the report of a column; ok is false for a column without a name.
func (s *Scorecard) Column(c Column) (r ColumnReport, ok bool) {
	if s == nil || int(c) >= len(s.Columns) {
		return ColumnReport{}, false
	}
	return s.Columns[c], true
}

// Scorecard returns what was gathered so far. The counter can go on.
//
// It returns an InputError of [clientele.ErrEmpty] if no record was added and Config.Team is
// empty.
func (c *Counter[K]) Scorecard() (*Scorecard, error) {
	const op = "sales.Counter.Scorecard"
	if c == nil || c.days == nil {
		return nil, fault.Unconfigured(op)
	}
	return c.scorecard(op)
}

var errNobody = rule.Because(rule.Empty, "no records and no team", "touches, deals, checked calls or shifts, or a Team")

func (c *Counter[K]) scorecard(op string) (*Scorecard, error) {
	if c.records == 0 && len(c.cfg.Team) == 0 {
		return nil, fault.Of(op, "records", nil, errNobody)
	}
	v := c.view()
	s := &Scorecard{Config: c.cfg.clone(), Later: c.later, Before: c.before, Repeated: v.repeated}
	people, by := c.persons(v), c.counting()
	windows := c.windows()
	expected := c.expectations(people)
	var total sums
	for i := range people {
		p := &people[i]
		var own sums
		own.add(by, p)
		total.add(by, p)
		row := Row{Name: p.name, Tally: own.tally(), Measures: own.measures(c.cfg.Level)}
		row.Expected = expected.of(p)
		row.Rolling = rolling(windows, by, c.cfg.Level, p)
		if p.name == "" {
			s.Nobody = row
			continue
		}
		s.Rows = append(s.Rows, row)
	}
	s.Total = Row{Tally: total.tally(), Measures: total.measures(c.cfg.Level), Rolling: rolling(windows, by, c.cfg.Level, pointers(people)...)}
	c.addTenure(s)
	s.compare()
	s.place()
	s.warn()
	return s, nil
}

// addTenure fills in who is of the team and since when.
func (c *Counter[K]) addTenure(s *Scorecard) {
	for _, m := range c.cfg.Team {
		i, _ := slices.BinarySearchFunc(s.Rows, m.Name, func(r Row, name string) int { return strings.Compare(r.Name, name) })
		s.Rows[i].Member = true
		if !m.Since.IsZero() {
			s.Rows[i].Tenure = new(clientele.Days(elapsed(m.Since.UnixNano(), c.asOf) / uint64(clientele.Days(1).Duration())))
		}
	}
}

// warn notes what is of nobody, and who is not of the team.
func (s *Scorecard) warn() {
	if n := &s.Nobody; n.Bookings+n.Sales > 0 {
		s.Warnings = append(s.Warnings, NobodyWarning{n.Bookings, s.Total.Bookings, n.Sales, s.Total.Sales})
	}
	if len(s.Config.Team) == 0 {
		return
	}
	var strangers []string
	for i := range s.Rows {
		if !s.Rows[i].Member {
			strangers = append(strangers, s.Rows[i].Name)
		}
	}
	if len(strangers) > 0 {
		s.Warnings = append(s.Warnings, StrangerWarning{strangers})
	}
}

// NobodyWarning says that bookings or sales name no salesperson, so that the rows of all
// salespeople do not add up to the total.
type NobodyWarning struct {
	Bookings   int `json:"bookings"`   // bookings that name nobody
	OfBookings int `json:"ofBookings"` // all bookings
	Sales      int `json:"sales"`      // sales that name nobody
	OfSales    int `json:"ofSales"`    // all sales
}

// Error says how many there are and where they stand.
func (w NobodyWarning) Error() string {
	return fmt.Sprintf("%d of %d bookings and %d of %d sales name no salesperson: they are in Scorecard.Nobody",
		w.Bookings, w.OfBookings, w.Sales, w.OfSales)
}

// StrangerWarning says that the data name salespeople who are not in Config.Team, as where a
// name is written in two ways.
type StrangerWarning struct {
	Names []string `json:"names"` // names that the team does not have, ascending
}

// Error names the first of the names.
func (w StrangerWarning) Error() string {
	if len(w.Names) == 0 {
		return "all salespeople are in the team"
	}
	return fmt.Sprintf("salespeople who are not in Config.Team: %d, the first %q: add them, or write names in one way", len(w.Names), rule.Shortened(w.Names[0]))
}

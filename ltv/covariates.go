package ltv

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
)

// ErrCollinear means that a covariate is the same for all customers, or is a linear
// combination of others, so that its effect cannot be estimated. The error names the
// covariates.
var ErrCollinear = errors.New("covariates depend on one another")

// Covariates names what is known of customers besides their purchases and does not
// change with time: channel, region, age at the first purchase. A covariate may
// affect buying, dropping out or both.
type Covariates struct {
	Purchase []string `json:"purchase,omitempty"` // names of the covariates that affect the purchase rate
	DropOut  []string `json:"dropOut,omitempty"`  // names of the covariates that affect dropping out
}

// UnmarshalJSON reads the names. An unknown key, a key given twice or a value of the wrong
// type returns [clientele.ErrEncoding] and leaves them as they were.
func (c *Covariates) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.Covariates.UnmarshalJSON", data, c)
}

// Design is the data of [FitCovariates]: summaries with the covariates of their
// customers. Create it with [NewDesign]; the zero Design is ready and has no
// covariates. Equal customers are kept once, and fits do not depend on the order in
// which customers were added. A Design may be read by many goroutines at once, but
// not while one adds to it.
//
// A factor with n levels makes n-1 covariates of zeros and ones, one for each level
// but the one that the others are compared with.
type Design struct {
	designJSON

	names  Covariates
	groups map[string]int32 // by the bits of the covariates
	values [][]float64      // of groups: for purchasing, then for dropping out
	counts map[cell]int64   // customers
	key    []byte           // buffer for the key of a group

	customers int
}

// cell is a distinct history of customers with equal covariates.
type cell struct {
	group      int32
	x          int32
	recency, t float64
}

// NewDesign returns an empty design. Names that are empty or occur twice in one
// list are reported together.
func NewDesign(c Covariates) (*Design, error) {
	f := clientele.ConfigError{Op: "ltv.NewDesign"}
	check := func(field string, names []string) {
		for i, name := range names {
			switch {
			case name == "":
				f.Add(fmt.Sprintf("%s[%d]", field, i), name, rule.Want(clientele.ErrMissing, "a name for the covariate"))
			case slices.Contains(names[:i], name):
				f.Add(fmt.Sprintf("%s[%d]", field, i), name, rule.Want(clientele.ErrDuplicate, "each name once in the list"))
			}
		}
	}
	check("Purchase", c.Purchase)
	check("DropOut", c.DropOut)
	if err := f.Err(); err != nil {
		return nil, err
	}
	return &Design{names: Covariates{slices.Clone(c.Purchase), slices.Clone(c.DropOut)}}, nil
}

// Covariates returns the names of the covariates.
func (d *Design) Covariates() Covariates {
	if d == nil {
		return Covariates{}
	}
	return Covariates{slices.Clone(d.names.Purchase), slices.Clone(d.names.DropOut)}
}

// Len returns the number of customers.
func (d *Design) Len() int {
	if d == nil {
		return 0
	}
	return d.customers
}

// Add adds a customer, with covariates in the order in which [Covariates] names them. A
// summary that no model can use, a wrong number of covariates ([clientele.ErrMismatch])
// or a covariate that is not finite returns a [clientele.InputError] and changes nothing.
func (d *Design) Add(s Summary, purchase, dropOut []float64) error {
	const op = "ltv.Design.Add"
	if d == nil {
		return fault.Of(op, "Design", nil, rule.Want(clientele.ErrMissing, "a design that NewDesign made"))
	}
	if !s.usable() {
		return fault.Renamed(op, s.Validate())
	}
	if err := d.names.check(op, purchase, dropOut); err != nil {
		return err
	}
	if d.counts == nil {
		d.groups, d.counts = make(map[string]int32), make(map[cell]int64)
	}
	d.counts[cell{d.group(purchase, dropOut), int32(s.Frequency), s.Recency + 0, s.T + 0}]++ // -0 is 0
	d.customers++
	return nil
}

// check reports what is wrong with the covariates of a customer.
func (c Covariates) check(op string, purchase, dropOut []float64) error {
	if err := checkCovariates(op, "purchase", c.Purchase, purchase); err != nil {
		return err
	}
	return checkCovariates(op, "dropOut", c.DropOut, dropOut)
}

func checkCovariates(op, field string, names []string, values []float64) error {
	if len(values) != len(names) {
		return fault.Of(op, field, values, rule.Because(clientele.ErrMismatch, "another number of covariates than of names",
			"%d, in the order of the names", len(names)))
	}
	for i, v := range values {
		if !rule.IsFinite(v) {
			return fault.Of(op, fmt.Sprintf("%s[%d] (%s)", field, i, names[i]), v, rule.Want(clientele.ErrNotFinite, "a number"))
		}
	}
	return nil
}

// group returns the number of the group with these covariates.
func (d *Design) group(purchase, dropOut []float64) int32 {
	d.key = d.key[:0]
	for _, values := range [2][]float64{purchase, dropOut} {
		for _, v := range values {
			d.key = binary.LittleEndian.AppendUint64(d.key, math.Float64bits(v+0)) // -0 is 0
		}
	}
	if g, ok := d.groups[string(d.key)]; ok {
		return g
	}
	g := int32(len(d.values))
	d.groups[string(d.key)] = g
	d.values = append(d.values, slices.Concat(purchase, dropOut))
	return g
}

// sorted returns the groups in ascending order of their covariates.
func (d *Design) sorted() []likelihood.Group {
	order := make([]int32, len(d.values))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return slices.Compare(d.values[a], d.values[b]) })
	groups, place := make([]likelihood.Group, len(order)), make([]int32, len(order))
	for i, g := range order {
		groups[i].Z, place[g] = d.values[g], int32(i)
	}
	cells := slices.SortedFunc(maps.Keys(d.counts), func(a, b cell) int {
		return cmp.Or(cmp.Compare(place[a.group], place[b.group]),
			cmp.Compare(a.x, b.x), cmp.Compare(a.t, b.t), cmp.Compare(a.recency, b.recency))
	})
	rows := make([]likelihood.Row, len(cells))
	for i, c := range cells {
		n := d.counts[c]
		rows[i] = likelihood.Row{X: c.x, N: n, Recency: c.recency, T: c.t}
		g := &groups[place[c.group]]
		g.Rows = rows[i-len(g.Rows) : i+1]
		g.Customers += float64(n)
	}
	return groups
}

// sampleOf is all customers, without covariates.
func sampleOf(groups []likelihood.Group) *Sample {
	h := new(Sample)
	for _, g := range groups {
		for _, r := range g.Rows {
			h.put(sampleRow{r.X, r.N, r.Recency, r.T})
			h.customers += int(r.N)
		}
	}
	return h
}

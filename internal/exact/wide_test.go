package exact_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/clientele-go/clientele/internal/exact"
)

// machine runs random operations on Sums of two containers beside decimals that
// do the same.
type machine struct {
	wides [2]exact.Wide
	sums  [2][6]exact.Sum
	model [2][6]decimal.Decimal
}

// pick draws one of the Sums, and its place in the machine.
func (m *machine) pick(t *rapid.T, label string) (c, i int) {
	return rapid.IntRange(0, 1).Draw(t, label+" container"), rapid.IntRange(0, 5).Draw(t, label)
}

func (m *machine) add(t *rapid.T) {
	c, i := m.pick(t, "sum")
	d := amounts().Draw(t, "amount")
	m.wides[c].Add(&m.sums[c][i], d)
	m.model[c][i] = m.model[c][i].Add(d)
}

func (m *machine) sub(t *rapid.T) {
	c, i := m.pick(t, "sum")
	d := amounts().Draw(t, "amount")
	m.wides[c].Sub(&m.sums[c][i], d)
	m.model[c][i] = m.model[c][i].Sub(d)
}

func (m *machine) join(t *rapid.T) { // with itself and its own container, too
	c, i := m.pick(t, "sum")
	d, j := m.pick(t, "joined")
	m.wides[c].Join(&m.sums[c][i], &m.wides[d], m.sums[d][j])
	m.model[c][i] = m.model[c][i].Add(m.model[d][j])
}

func (m *machine) drop(t *rapid.T) {
	c, i := m.pick(t, "sum")
	m.wides[c].Drop(&m.sums[c][i])
	m.model[c][i] = decimal.Decimal{}
}

func (m *machine) copy(t *rapid.T) {
	c, i := m.pick(t, "target")
	d, j := m.pick(t, "source")
	s := m.wides[c].Copy(&m.wides[d], m.sums[d][j])
	m.wides[c].Drop(&m.sums[c][i])
	m.sums[c][i], m.model[c][i] = s, m.model[d][j]
}

func (m *machine) decode(t *rapid.T) {
	c, i := m.pick(t, "sum")
	w := &m.wides[c]
	form := w.Append(nil, m.sums[c][i])
	w.Drop(&m.sums[c][i])
	s, rest, ok := w.Cut(form)
	if !ok || len(rest) != 0 {
		t.Fatalf("Cut of %x: ok %v, %d bytes left", form, ok, len(rest))
	}
	m.sums[c][i] = s
}

func (m *machine) clone(t *rapid.T) { // and spoil what was cloned
	c := rapid.IntRange(0, 1).Draw(t, "container")
	old := m.wides[c]
	m.wides[c] = old.Clone()
	for _, s := range m.sums[c] {
		old.Drop(&s)
		old.Add(&s, decimal.RequireFromString(wideAmount))
	}
}

func (m *machine) reset(t *rapid.T) {
	c := rapid.IntRange(0, 1).Draw(t, "container")
	m.wides[c].Reset()
	m.sums[c], m.model[c] = [6]exact.Sum{}, [6]decimal.Decimal{}
}

// check holds after every operation: all Sums have their values, and as many
// entries are in use as Sums need one.
func (m *machine) check(t *rapid.T) {
	for c := range m.wides {
		entries := 0
		for i, s := range m.sums[c] {
			checkValue(t, &m.wides[c], s, m.model[c][i])
			if !s.Narrow() {
				entries++
			}
		}
		if got := m.wides[c].Entries(); got != entries {
			t.Fatalf("%d entries are in use by %d Sums", got, entries)
		}
	}
}

// TestOperationsNeverDisturbOtherSums runs the machine.
func TestOperationsNeverDisturbOtherSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m machine
		t.Repeat(map[string]func(*rapid.T){
			"add": m.add, "sub": m.sub, "join": m.join, "drop": m.drop,
			"copy": m.copy, "decode": m.decode, "clone": m.clone, "reset": m.reset,
			"": m.check,
		})
	})
}

// wideAmount needs an entry.
const wideAmount = "1234567890123456789012345678901234567890.5"

func TestDroppedEntriesAreReused(t *testing.T) {
	var w exact.Wide
	kept := sum(t, &w, wideAmount)
	for range 100 {
		s := sum(t, &w, "-"+wideAmount)
		w.Drop(&s)
		if s != (exact.Sum{}) {
			t.Fatalf("a dropped Sum is %v, want the zero Sum", s)
		}
	}
	if w.Capacity() != 2 {
		t.Errorf("there are %d entries after dropping, want 2", w.Capacity())
	}
	checkValue(t, &w, kept, decimal.RequireFromString(wideAmount))
}

func TestSumThatFitsAgainFreesItsEntry(t *testing.T) {
	var w exact.Wide
	s := sum(t, &w, wideAmount)
	w.Sub(&s, decimal.RequireFromString(wideAmount))
	w.Add(&s, decimal.New(3, 0))
	if !s.Narrow() || w.Entries() != 0 {
		t.Errorf("3 still has an entry (%d in use)", w.Entries())
	}
	checkValue(t, &w, s, decimal.New(3, 0))
}

func TestCopyHasItsOwnEntry(t *testing.T) {
	var w, other exact.Wide
	s := sum(t, &w, wideAmount)
	c := other.Copy(&w, s)
	w.Drop(&s)
	checkValue(t, &other, c, decimal.RequireFromString(wideAmount))
}

func TestCloneIsIndependent(t *testing.T) {
	var w exact.Wide
	s, dropped := sum(t, &w, wideAmount), sum(t, &w, wideAmount)
	w.Drop(&dropped)
	clone, c := w.Clone(), s

	w.Add(&s, decimal.New(1, 0))
	reused := sum(t, &w, wideAmount+"1")
	cloneReused := sum(t, &clone, wideAmount+"2")
	clone.Sub(&c, decimal.New(1, 0))

	want := decimal.RequireFromString(wideAmount)
	checkValue(t, &w, s, want.Add(decimal.New(1, 0)))
	checkValue(t, &clone, c, want.Sub(decimal.New(1, 0)))
	checkValue(t, &w, reused, decimal.RequireFromString(wideAmount+"1"))
	checkValue(t, &clone, cloneReused, decimal.RequireFromString(wideAmount+"2"))

	w.Reset()
	if w.Entries() != 0 {
		t.Errorf("%d entries are in use after Reset", w.Entries())
	}
	checkValue(t, &clone, c, want.Sub(decimal.New(1, 0)))
}

func TestDecimalIsCanonical(t *testing.T) {
	for _, test := range []struct {
		name, amount string
		coefficient  string
		exponent     int32
	}{
		{"zero", "0.00", "0", 0},
		{"trailing zero", "12.50", "125", -1},
		{"whole", "1200.00", "1200", 0},
		{"positive exponent", "12e2", "1200", 0},
		{"negative", "-0.500", "-5", -1},
		{"wide, trailing zero", wideAmount + "0", "12345678901234567890123456789012345678905", -1},
		{"wide, whole", "12345678901234567890123456789012345678900.0", "12345678901234567890123456789012345678900", 0},
		{"wide, positive exponent", "1e40", "10000000000000000000000000000000000000000", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			var w exact.Wide
			d := w.Decimal(sum(t, &w, test.amount))
			if d.Coefficient().String() != test.coefficient || d.Exponent() != test.exponent {
				t.Errorf("%v with exponent %d, want %s with %d", d.Coefficient(), d.Exponent(), test.coefficient, test.exponent)
			}
		})
	}
}

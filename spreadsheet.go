package clientele

import (
	"io"
	"regexp"
)

// Spreadsheet returns a writer that passes CSV with commas on to w in a form that is safe to
// open in a spreadsheet: a cell that a spreadsheet would take for a formula, as a customer named
// "=HYPERLINK(…)" is, gets an apostrophe before it. All that writes CSV in this library, and
// csv.Writer, may write to it:
//
//	err := state.WriteCSV(clientele.Spreadsheet(file))
//
// Guarded are cells that begin with =, +, -, @, their full-width forms, a tab or the end of a
// line, as the OWASP page "CSV Injection" lists them. Numbers, such as -5 and +1.5e3, stay
// numbers. Spreadsheets differ in what they take for the separator, so what follows a
// comma, semicolon, tab or line break within a cell is guarded, too.
//
// Without it CSV has texts as they are, which is the form to read back: a guarded text cannot
// be told from one that begins with an apostrophe by itself. Lines must end in a line break;
// what follows the last one may be held back. Memory is at most 1 KB and the longest slice
// written.
func Spreadsheet(w io.Writer) io.Writer {
	if w == nil {
		return nil // for the method that writes to refuse
	}
	return &spreadsheet{w: w}
}

// spreadsheet is the state of guarding one text.
type spreadsheet struct {
	w      io.Writer
	err    error // of w; nothing is written after it
	where  cellPart
	quoted bool   // whether inside quotation marks; a pair, which stands for one mark, changes it twice
	held   []byte // the beginning of a cell that may be a number or a formula
	out    []byte // to be written next
}

// cellPart is where in a cell the next byte stands.
type cellPart uint8

const (
	before cellPart = iota // at the beginning
	opened                 // after quotation marks at the beginning
	doubt                  // in the part that is held
	within                 // behind what decides
)

// longestNumber bounds what is held: amounts have at most 300 digits, see [Purchase].
const longestNumber = 512

// Write guards a piece of the text.
func (s *spreadsheet) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	s.out = s.out[:0]
	for _, c := range p {
		s.next(c)
	}
	if _, s.err = s.w.Write(s.out); s.err != nil {
		return 0, s.err
	}
	return len(p), nil
}

// next takes one byte.
func (s *spreadsheet) next(c byte) {
	quotes, ends := c == '"', c == '\t' || c == '\r' || c == '\n'
	separates := ends || c == ',' || c == ';'
	switch {
	case quotes && (s.where == before || s.where == opened):
		s.where = opened
	case ends && s.where == opened && s.quoted:
		s.out = append(s.out, '\'')
	case s.where == doubt && separates:
		inside := s.quoted || c == ';' || c == '\t' // of what the writer takes for one cell
		s.decide(isSigned(s.held[0]) && (inside || !number.Match(s.held)))
	case s.where != within && !separates:
		s.quoted = s.quoted != quotes
		s.hold(c)
		return
	}
	s.quoted = s.quoted != quotes
	if separates {
		s.where = before
	}
	s.out = append(s.out, c)
}

// hold takes a byte of a cell's beginning, which may decide what the cell is.
func (s *spreadsheet) hold(c byte) {
	s.held = append(s.held, c)
	s.where = doubt
	switch first := s.held[0]; {
	case first == '=' || first == '@':
		s.decide(true)
	case isSigned(first):
		if !numeric(c) || len(s.held) > longestNumber {
			s.decide(true)
		}
	case first != wide[0][0]:
		s.decide(false)
	case len(s.held) == len(wide[0]):
		text := string(s.held)
		s.decide(text == wide[0] || text == wide[1] || text == wide[2] || text == wide[3])
	}
}

// decide lets go of what was held, behind an apostrophe if it would be a formula.
func (s *spreadsheet) decide(formula bool) {
	if formula {
		s.out = append(s.out, '\'')
	}
	s.out = append(s.out, s.held...)
	s.held = s.held[:0]
	s.where = within
}

var (
	wide   = [...]string{"＝", "＋", "－", "＠"}                                   // of three bytes that begin with the same one
	number = regexp.MustCompile(`^[+-][0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"?$`) // up to the quotation mark that ends the cell
)

func isSigned(c byte) bool { return c == '+' || c == '-' }

// numeric reports whether a byte may stand in a number or end it.
func numeric(c byte) bool {
	return '0' <= c && c <= '9' || isSigned(c) || c == '.' || c == 'e' || c == 'E' || c == '"'
}

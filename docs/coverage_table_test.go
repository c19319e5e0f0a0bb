package docs_test

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const (
	coverageFile = "coverage.md"
	coverageMark = "<!-- what follows is written by go test ./docs -run Coverage -update -->\n"
)

// coverageRow names a row of the table.
type coverageRow struct{ method, world, what string }

// readCoverage reads the rows of the table.
func readCoverage(t *testing.T) map[coverageRow][]string {
	t.Helper()
	data, err := os.ReadFile(coverageFile)
	if err != nil {
		t.Fatal(err)
	}
	rows := make(map[coverageRow][]string)
	_, table, _ := strings.Cut(string(data), coverageMark)
	method := ""
	for line := range strings.Lines(table) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "### "); ok {
			method = name
		}
		cells := strings.Split(line, " | ")
		if method != "" && len(cells) == 2+len(coverageSizes) {
			last := len(cells) - 1
			cells[0], cells[last] = strings.TrimPrefix(cells[0], "| "), strings.TrimSuffix(cells[last], " |")
			rows[coverageRow{method, cells[0], cells[1]}] = cells[2:]
		}
	}
	return rows
}

// percentOf reads a cell.
func percentOf(cells []string, i int) (percent float64, ok bool) {
	if i >= len(cells) {
		return 0, false
	}
	percent, err := strconv.ParseFloat(cells[i], 64)
	return percent, err == nil
}

// tried tries the intervals of studies for the rows of the table.
func (s *study) tried(rows map[coverageRow][]string) {
	for _, w := range s.worlds {
		var told, covers, claims []string
		for _, n := range coverageSizes {
			f := figures{math.NaN(), math.NaN(), math.NaN()}
			if n >= w.from {
				f = w.figures(s.method, n, cmp.Or(w.samples, coverageWorlds*max(w.more, 1)))
			}
			told, covers, claims = append(told, percent(f.told)), append(covers, percent(f.covers)), append(claims, percent(f.claims))
		}
		row := func(what string) coverageRow { return coverageRow{s.method, w.name, what} }
		clear := []coverageRow{row("told"), row("covers"), row("claims")}
		for _, r := range clear {
			delete(rows, r)
		}
		rows[row(w.shows())] = covers
		if w.null {
			rows[row(w.shows())] = claims
		}
		if strings.Trim(strings.Join(told, ""), "10–") != "" {
			rows[row("told")] = told
		}
	}
}

// shows is what the table has of a world.
func (w world) shows() string {
	if w.null {
		return "claims"
	}
	return "covers"
}

// tableOf writes the rows.
func tableOf(all []study, rows map[coverageRow][]string) string {
	var worst, each strings.Builder
	head, rule := "|", "|"
	for _, n := range coverageSizes {
		head += fmt.Sprintf(" n = %d |", n)
		rule += " ---: |"
	}
	fmt.Fprintf(&worst, "\n| interval %s claims |\n| --- %s ---: |\n", head, rule)
	for _, s := range all {
		least, claims := s.worst(rows)
		fmt.Fprintf(&worst, "| [%s](#%s) |", s.method, anchor(s.method))
		for _, x := range least {
			worst.WriteString(" " + percent(x) + " |")
		}
		worst.WriteString(" " + percent(claims) + " |\n")
		s.write(&each, head, rule, rows)
	}
	return worst.String() + exceptions(all) + "\n## Each interval\n" + each.String()
}

// worst is the least coverage of each size, and the most false claims.
func (s *study) worst(rows map[coverageRow][]string) (least []float64, claims float64) {
	claims = math.NaN()
	for i := range coverageSizes {
		lowest := math.NaN()
		for _, w := range s.worlds {
			x, ok := percentOf(rows[coverageRow{s.method, w.name, w.shows()}], i)
			switch {
			case !ok:
			case w.null && !(x <= claims):
				claims = x
			case !w.null && !(x >= lowest):
				lowest = x
			}
		}
		least = append(least, lowest)
	}
	return least, claims
}

// write writes the table of a study.
func (s *study) write(b *strings.Builder, head, rule string, rows map[coverageRow][]string) {
	fmt.Fprintf(b, "\n### %s\n\nn counts %s. ", s.method, s.unit)
	if s.note != "" {
		b.WriteString(s.note + " ")
	}
	b.WriteString("Told by ")
	for i, name := range s.tells {
		if i > 0 {
			b.WriteString(", ")
		}
		name, what, _ := strings.Cut(name, " ")
		b.WriteString("`" + name + "`")
		if what != "" {
			b.WriteString(" " + what)
		}
	}
	fmt.Fprintf(b, ".\n\n| world | share of samples %s\n| --- | --- %s\n", head, rule)
	for _, w := range s.worlds {
		for _, what := range []string{w.shows(), "told"} {
			if cells := rows[coverageRow{s.method, w.name, what}]; cells != nil {
				fmt.Fprintf(b, "| %s | %s | %s |\n", w.name, what, strings.Join(cells, " | "))
			}
		}
	}
}

// percent is a cell; a dash where there is no figure.
func percent(x float64) string {
	switch text := fmt.Sprintf("%.1f", x); {
	case math.IsNaN(x):
		return "–"
	case text == "100.0":
		return "100"
	default:
		return text
	}
}

// anchor is where a heading is linked to.
func anchor(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(heading) {
		switch {
		case r == ' ':
			b.WriteRune('-')
		case r == '-' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// everyInterval names the exported fields, methods and functions of the library that are
// intervals.
func everyInterval(t *testing.T) (names []string) {
	t.Helper()
	for _, pattern := range []string{"../*.go", "../*/*.go", "../*/*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") || strings.Contains(name, "internal") || strings.Contains(name, "examples") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range file.Decls {
				for _, of := range intervalsOf(d) {
					names = append(names, file.Name.Name+"."+of)
				}
			}
		}
	}
	return names
}

// noIntervals have fields or results that look like those of an interval.
var noIntervals = map[string]bool{
	"Estimate.Lo": true, // what an interval is made of
	"Band.Lo":     true, // where a class of probabilities begins
}

// intervalsOf are the names of intervals that a declaration has.
func intervalsOf(d ast.Decl) (names []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if d.Recv != nil {
			name = strings.TrimLeft(receiverName(d.Recv.List[0].Type), "*") + "." + name
		}
		if d.Type.Results != nil && ast.IsExported(d.Name.Name) && ast.IsExported(name) && isEstimate(d.Type.Results.List[0].Type) {
			names = append(names, name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			of, ok := spec.(*ast.TypeSpec)
			if !ok || !of.Name.IsExported() {
				continue
			}
			if fields, ok := of.Type.(*ast.StructType); ok {
				names = append(names, intervalFields(of.Name.Name, fields)...)
			}
		}
	}
	return names
}

func intervalFields(of string, fields *ast.StructType) (names []string) {
	for _, f := range fields.Fields.List {
		estimate := isEstimate(f.Type)
		if estimate && f.Names == nil {
			names = append(names, of+".Estimate")
		}
		for _, n := range f.Names {
			name := of + "." + n.Name
			if (estimate && n.IsExported() || n.Name == "Lo") && !noIntervals[name] {
				names = append(names, name)
			}
		}
	}
	return names
}

func receiverName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiverName(e.X)
	case *ast.IndexExpr:
		return receiverName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// isEstimate reports whether a type is clientele.Estimate or a pointer to one.
func isEstimate(e ast.Expr) bool {
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	selected, ok := e.(*ast.SelectorExpr)
	return ok && selected.Sel.Name == "Estimate"
}

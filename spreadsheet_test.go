package clientele_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

func TestSpreadsheet(t *testing.T) {
	for text, want := range map[string]string{
		"":                            "",
		"a,b\n":                       "a,b\n",
		"=1+1,@x\n":                   "'=1+1,'@x\n",
		"\"=HYPERLINK(\"\"x\"\")\"\n": "\"'=HYPERLINK(\"\"x\"\")\"\n",
		"-5,+5,-0.25,+1e9,-1E-07\n":   "-5,+5,-0.25,+1e9,-1E-07\n",
		"\"-5\",-5-1,-,+,-.5,-5.,-x,+49 30,-1e,--1\n": "\"-5\",'-5-1,'-,'+,'-.5,'-5.,'-x,'+49 30,'-1e,'--1\n",
		"\"-5\"\"\",\"+1\"\"2\"\n":                    "\"'-5\"\"\",\"'+1\"\"2\"\n",
		"\"+1,A1\",\"-1;-2\"\n":                       "\"'+1,A1\",\"'-1;-2\"\n",
		"-Inf,+Inf,-0x1p2,-1_0\n":                     "'-Inf,'+Inf,'-0x1p2,'-1_0\n",
		"a=b,1-2,x@y\n":                               "a=b,1-2,x@y\n",
		"＝1,＋1,－1,＠x,ａ,\xef,\n":                       "'＝1,'＋1,'－1,'＠x,ａ,\xef,\n",
		"\"\tx\",\"\r=\",\"\nx\"\n":                   "\"'\tx\",\"'\r'=\",\"'\nx\"\n",
		"a;=b;-1\n":                                   "a;'=b;-1\n",
		"\"a;=b\",\"a,=b\nc\n=d\"\n":                  "\"a;'=b\",\"a,'=b\nc\n'=d\"\n",
		"a\t\t=b\t-1\r\n-2\r\n":                       "a\t\t'=b\t-1\r\n-2\r\n",
		"'=a,''\n":                                    "'=a,''\n",
		"\"x;\"\"=a\"\n":                              "\"x;\"\"'=a\"\n", // where cells end with semicolons, quotation marks may open one
		" =a\n":                                       " =a\n",
		"-" + strings.Repeat("1", 300) + "\n":         "-" + strings.Repeat("1", 300) + "\n",
		"-" + strings.Repeat("1", 5000) + "\n":        "'-" + strings.Repeat("1", 5000) + "\n",
		"x\n-5":                                       "x\n", // may go on as a formula
		"x\n-5\n":                                     "x\n-5\n",
	} {
		for _, size := range []int{1, 2, 3, len(text) + 1} {
			var got bytes.Buffer
			w := clientele.Spreadsheet(&got)
			for rest := text; rest != ""; {
				n, err := w.Write([]byte(rest[:min(size, len(rest))]))
				if err != nil {
					t.Fatal(err)
				}
				rest = rest[n:]
			}
			if got.String() != want {
				t.Errorf("%.60q in pieces of %d is %.60q, want %.60q", text, size, got.String(), want)
			}
		}
	}
}

// Invariant: what csv.Writer writes has the same cells behind the guard, but for an apostrophe
// before those that begin like a formula; no cell does any more unless it is a number.
func TestSpreadsheetKeepsCells(t *testing.T) {
	cell := rapid.StringOf(rapid.SampledFrom([]rune("=+-@'\"a1.e \r\n\t,;＝")))
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 2, 2), 1, 4).Draw(t, "rows")
		var plain, guarded bytes.Buffer
		for w, into := range map[*csv.Writer]*bytes.Buffer{csv.NewWriter(&plain): &plain, csv.NewWriter(clientele.Spreadsheet(&guarded)): &guarded} {
			if err := w.WriteAll(rows); err != nil {
				t.Fatal(err, into)
			}
		}
		want, got := readCells(t, &plain), readCells(t, &guarded)
		if len(got) != len(want) {
			t.Fatalf("%d cells, want %d", len(got), len(want))
		}
		for i, cell := range got {
			if bare := strings.ReplaceAll(want[i], "'", ""); strings.ReplaceAll(cell, "'", "") != bare {
				t.Errorf("cell %q is %q", want[i], cell)
			}
			if _, err := strconv.ParseFloat(cell, 64); err != nil && cell != "" && strings.ContainsRune("=+-@\t\r\n＝", []rune(cell)[0]) {
				t.Errorf("cell %q is still %q", want[i], cell)
			}
		}
	})
}

func readCells(t *rapid.T, from *bytes.Buffer) (cells []string) {
	r := csv.NewReader(from)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		cells = append(cells, row...)
	}
	return cells
}

// An error of the writer comes back, also from all that is written later; no writer stays none.
func TestSpreadsheetOfABrokenWriter(t *testing.T) {
	full := errors.New("disk full")
	w := clientele.Spreadsheet(verify.FailingWriter{Err: full})
	for range 2 {
		if n, err := w.Write([]byte("a\n")); n != 0 || err != full {
			t.Errorf("Write = %d, %v, want %v", n, err, full)
		}
	}
	if clientele.Spreadsheet(nil) != nil {
		t.Error("a guard of no writer hides that there is none")
	}
}

// Invariant: what packages write as CSV, one place writes, so that it can be guarded.
func TestOnePlaceWritesCSV(t *testing.T) {
	for _, file := range sourceFiles(t) {
		if file.isPublic() && slices.Contains(file.imports(t), "encoding/csv") {
			t.Errorf("%s imports encoding/csv: internal/sheet writes for all", file.path)
		}
	}
}

package docs_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// aroundCode is what the programs in package comments take from the host.
const aroundCode = `package commentcode

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/account"
	"github.com/clientele-go/clientele/ltv/basket"
	"github.com/clientele-go/clientele/ltv/contract"
	"github.com/clientele-go/clientele/ltv/lever"
	"github.com/clientele-go/clientele/ltv/price"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/clientele-go/clientele/rfm"
)

var (
	file io.Reader
	rows *csv.Reader

	now, today, endOfJune time.Time
	months                clientele.Calendar

	one, cost, visitors, leads, rent decimal.Decimal

	accounts *account.Accounts[string]
	contacts iter.Seq2[survey.Contact, error]
	cfg      survey.LoopReportConfig

	_ = []any{errors.Join, fmt.Sprint, os.Stdout, strconv.Atoi, strings.Fields}
	_ = []any{cohort.TriangleConfig{}, survival.Config{}, ltv.FitConfig{}, basket.Config{}, contract.SBG{}, lever.Chain{}, price.Config{}, nps.Tally{}, rfm.Config{}}
)

func money(string) decimal.Decimal                                { return one }
func purchase([]string) (p clientele.Purchase[string], err error) { return p, nil }
`

// codeLine is a line of code in a comment.
var codeLine = regexp.MustCompile(`^//\t(.*)$`)

// The code in package comments compiles, but that it need not use what it makes.
func TestCommentsShowCodeThatCompiles(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	code, found := strings.Builder{}, 0
	code.WriteString(aroundCode)
	for _, pattern := range []string{"../doc.go", "../*/doc.go", "../*/*/doc.go"} {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			if strings.Contains(name, "internal") {
				continue
			}
			for _, block := range blocksOf(t, name) {
				found++
				fmt.Fprintf(&code, "\nfunc _() error {\n//line %s\n%s\nreturn nil\n}\n", block.at, block.text)
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d programs were found", found)
	}
	for _, line := range buildErrors(t, root, code.String()) {
		t.Error(line)
	}
}

// block is a program in a comment, and where it stands.
type block struct{ at, text string }

// blocksOf returns the programs in the package comment of a file: what declares something.
func blocksOf(t *testing.T, name string) (all []block) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	for i := 0; i < len(lines); i++ {
		first := i
		var text []string
		for ; i < len(lines) && (codeLine.MatchString(lines[i]) || len(text) > 0 && lines[i] == "//" && codeLine.MatchString(lines[i+1])); i++ {
			text = append(text, strings.TrimPrefix(strings.TrimPrefix(lines[i], "//"), "\t"))
		}
		if program := strings.Join(text, "\n"); strings.Contains(program, ":=") {
			all = append(all, block{fmt.Sprintf("%s:%d", name, first+1), program})
		}
	}
	return all
}

// buildErrors compiles a file as a package of the module and returns what the compiler says,
// but for variables that are not used.
func buildErrors(t *testing.T, root, code string) (errs []string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "code.go")
	if err := os.WriteFile(file, []byte(code), 0o644); err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(root, "docs", "commentcode", "code.go"): file}})
	if err != nil {
		t.Fatal(err)
	}
	replace := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(replace, overlay, 0o644); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-overlay", replace, "-gcflags=-e", "./docs/commentcode")
	build.Dir = root
	said, _ := build.CombinedOutput() // an error is in what it says
	for line := range strings.Lines(string(said)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") && !strings.Contains(line, "declared and not used") {
			errs = append(errs, line)
		}
	}
	return errs
}

package verify

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write golden files anew")

// Messages compares the texts of errors, by name, with a golden file in the folder
// testdata of the package under test, so that a change of tone is seen in review.
// go test -run Messages -update writes the file anew. An error that is nil is a
// failure: every row must be refused.
func Messages(t *testing.T, file string, refused map[string]error) {
	t.Helper()
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(refused)) {
		err := refused[name]
		if err == nil {
			t.Errorf("%s: nothing was refused", name)
			continue
		}
		fmt.Fprintf(&b, "%s\n\t%s\n", name, strings.ReplaceAll(err.Error(), "\n", "\n\t"))
	}
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("messages are\n%s\nwant\n%s\n(go test -run Messages -update writes them anew)", got, want)
	}
}

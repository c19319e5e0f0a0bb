package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The input is read from a file and not from the page that takes its place.
func TestInputIsNotOverwritten(t *testing.T) {
	const content = "customer,date,amount\nAda,2026-01-02,1\nBen,2026-01-05,2\n"
	folder := t.TempDir()
	file, link, twice := filepath.Join(folder, "a.csv"), filepath.Join(folder, "link"), filepath.Join(folder, "new")
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Skip(err)
	}
	for _, args := range [][]string{
		{"-csv", file, "-html", file},
		{"-csv", file, "-svg", link},
		{"-csv", link, "-html", filepath.Join(folder, "..", filepath.Base(folder), "a.csv")},
		{"-csv", file, "-html", twice, "-svg", twice},
	} {
		err := run(args, strings.NewReader(""), io.Discard, io.Discard)
		if !errors.Is(err, errUsage) || !strings.Contains(err.Error(), "would be overwritten") {
			t.Errorf("%q: error is %v", args, err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != content {
		t.Errorf("the file has %.80q, %v", got, err)
	}
}

// A page takes the place of the old one when it is complete, and keeps its permissions and
// links to it.
func TestFileIsReplacedAtOnce(t *testing.T) {
	folder := t.TempDir()
	path, link := filepath.Join(folder, "page.html"), filepath.Join(folder, "link.html")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	reader, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	if err := writeFile(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(reader); err != nil || string(got) != "old" {
		t.Errorf("whoever reads the old page gets %q, %v", got, err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "new" {
		t.Errorf("the page is %q, %v", got, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("permissions %v, %v", info.Mode(), err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 2 {
		t.Errorf("the folder has %v, %v", left, err)
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"
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

// Where a page cannot be written as a whole, on a disk that is full for one, the old page stays
// as it was, and nothing stays of the new one.
func TestFileThatIsNotWrittenChangesNothing(t *testing.T) {
	for name, fill := range map[string]func(*os.File) error{
		"half of it": func(f *os.File) error {
			if _, err := f.WriteString("half of the new"); err != nil {
				return err
			}
			return syscall.ENOSPC
		},
		"not kept by the disk": func(f *os.File) error {
			if _, err := f.WriteString("new"); err != nil {
				return err
			}
			return f.Close() // so that it cannot be synced
		},
		"nowhere to be found": func(f *os.File) error {
			if _, err := f.WriteString("new"); err != nil {
				return err
			}
			return os.Remove(f.Name())
		},
	} {
		folder := t.TempDir()
		path := filepath.Join(folder, "page.html")
		if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := replaceFile(path, 0o644, fill); err == nil {
			t.Errorf("%s: no error", name)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != "old" {
			t.Errorf("%s: the page is %q, %v", name, got, err)
		}
		if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
			t.Errorf("%s: the folder has %v, %v", name, left, err)
		}
	}
}

// Characters that steer a terminal, hide text or turn its direction reach neither terminal
// nor page nor picture, wherever they stand in the input.
func TestControlCharactersStayOut(t *testing.T) {
	const steer = "\x1b[2J\u009b31m\u202e\x7f\x00\r"
	folder := t.TempDir()
	file, page, picture := filepath.Join(folder, "a.csv"), filepath.Join(folder, "a.html"), filepath.Join(folder, "a.svg")
	content := "customer,date,amount,group\nAda" + steer + "x,2026-01-02,1,web" + steer + "x\nBen,2025-01-05,2,\xff\n"
	write := func(content string) {
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	check := func(name, text string) {
		if i := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && r != '\t' && steers(r) }); i >= 0 {
			t.Errorf("%s has %q", name, text[i:min(i+20, len(text))])
		}
		if !utf8.ValidString(text) {
			t.Errorf("%s is no UTF-8", name)
		}
	}
	write(content)
	check("text", output(t, "-csv", file, "-html", page, "-svg", picture))
	for _, path := range []string{page, picture} {
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		check(path, string(got))
	}
	document := output(t, "-csv", file, "-json")
	check("JSON", document)
	var read struct {
		Moves struct{ Customers []struct{ Customer string } }
	}
	if err := json.Unmarshal([]byte(document), &read); err != nil || len(read.Moves.Customers) == 0 || read.Moves.Customers[0].Customer != "Ada"+steer+"x" {
		t.Errorf("JSON has %q, %v", read, err)
	}
	for name, content := range map[string]string{
		"header": "customer,date,amount" + steer + "\n",
		"value":  "customer,date,amount\nAda,2026-01-02,1" + steer + "\n",
	} {
		write(content)
		for _, args := range [][]string{{"-csv", file}, {"-csv", file, "-amount", "amount" + steer}, {"-csv", file + "\x1b[2J"}, {"-tz", "\x1b[2J"}} {
			var stderr bytes.Buffer
			status(run(args, strings.NewReader(""), io.Discard, &stderr), &stderr)
			check(name+" "+strings.Join(args, " "), stderr.String())
		}
	}
}

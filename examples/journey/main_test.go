package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden file")

// printed is what the command prints with arguments.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	var stdout bytes.Buffer
	if err := run(args, &stdout, io.Discard); err != nil {
		t.Fatal(err)
	}
	return stdout.String()
}

func TestOutputIsGolden(t *testing.T) {
	const golden = "testdata/output.txt"
	got := printed(t)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the command prints\n%s\nwant\n%s", got, want)
	}
}

// The picture is XML, has all touchpoints of the way, and is the same each time.
func TestPictureOfTheWays(t *testing.T) {
	var pictures [2]string
	for i := range pictures {
		file := filepath.Join(t.TempDir(), "ways.svg")
		printed(t, "-svg", file)
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		pictures[i] = string(content)
	}
	if pictures[0] != pictures[1] {
		t.Error("two pictures differ")
	}
	decoder := xml.NewDecoder(strings.NewReader(pictures[0]))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	for _, touchpoint := range []string{"search ad", "site", "number left", "call", "order"} {
		if !strings.Contains(pictures[0], touchpoint) {
			t.Errorf("the picture has no %q", touchpoint)
		}
	}
}

func TestErrorsSayWhatIsWrong(t *testing.T) {
	err := run([]string{"-customer", "7"}, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), `customer "7"`) {
		t.Errorf("an unknown customer: %v", err)
	}
	missing := filepath.Join(t.TempDir(), "none", "ways.svg")
	if err := run([]string{"-svg", missing}, io.Discard, io.Discard); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder that does not exist: %v", err)
	}
	if err := run([]string{"-h"}, io.Discard, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("help: %v", err)
	}
	if err := run([]string{"-lead"}, io.Discard, io.Discard); err == nil {
		t.Error("an unknown flag is taken")
	}
}

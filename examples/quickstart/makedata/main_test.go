package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/shop"
)

const committed = "../data/receipts.csv.gz"

// unzip returns the content of a file.
func unzip(t *testing.T, path string) []byte {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	zip, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestCommittedDataIsFresh(t *testing.T) {
	if runtime.GOARCH != "amd64" {
		t.Skipf("the data was made on amd64: floating-point functions may differ in the last digit on %s", runtime.GOARCH)
	}
	fresh := filepath.Join(t.TempDir(), "receipts.csv.gz")
	if err := run(fresh); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(unzip(t, committed), unzip(t, fresh)) {
		t.Error("the committed receipts are not those of the simulation: run go generate ./examples/quickstart")
	}
}

func TestCommittedDataIsUsable(t *testing.T) {
	n := 0
	for _, err := range clientele.Net(shop.ReadCSV(bytes.NewReader(unzip(t, committed)))) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n < 10_000 || n > 20_000 {
		t.Errorf("%d receipts", n)
	}
	info, err := os.Stat(committed)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 600_000 {
		t.Errorf("the file has %d bytes", info.Size())
	}
}

func TestCompressWritesNoTimeOrSystem(t *testing.T) {
	var b bytes.Buffer
	err := compress(&b, func(w io.Writer) error {
		_, err := io.WriteString(w, "receipts")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255} // RFC 1952: no flags, no time, best compression, unknown system
	if !bytes.HasPrefix(b.Bytes(), want) {
		t.Errorf("header is % x, want % x", b.Bytes()[:10], want)
	}
}

func TestRunReportsErrors(t *testing.T) {
	if err := run(filepath.Join(t.TempDir(), "missing", "file")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error is %v", err)
	}
	fault := errors.New("no receipts")
	if err := compress(io.Discard, func(io.Writer) error { return fault }); !errors.Is(err, fault) {
		t.Errorf("error is %v", err)
	}
}

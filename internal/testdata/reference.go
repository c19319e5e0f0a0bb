package testdata

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Reference returns the path of a file of the folder that CLIENTELE_REFERENCE names,
// which holds published data sets and values computed by other programs, and is no part
// of the module. It skips the test where the variable names none.
func Reference(t testing.TB, path ...string) string {
	t.Helper()
	folder := os.Getenv("CLIENTELE_REFERENCE")
	if folder == "" {
		t.Skip("CLIENTELE_REFERENCE does not name the folder of reference data")
	}
	return filepath.Join(append([]string{folder}, path...)...)
}

// OpenReference opens a file as [Reference] finds it, until the test ends.
func OpenReference(t testing.TB, path ...string) *os.File {
	t.Helper()
	f, err := os.Open(Reference(t, path...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// Golden decodes the value of a key of a file in the folder golden into v.
func Golden(t testing.TB, file, key string, v any) {
	t.Helper()
	var all map[string]json.RawMessage
	if err := json.NewDecoder(OpenReference(t, "golden", file)).Decode(&all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all[key], v); err != nil {
		t.Fatal(file, key, err)
	}
}

// GoldenEntry decodes the entry with an id of a file in the folder golden that is a list
// of entries into v.
func GoldenEntry(t testing.TB, file, id string, v any) {
	t.Helper()
	var list struct {
		Entries []json.RawMessage `json:"entries"`
	}
	if err := json.NewDecoder(OpenReference(t, "golden", file)).Decode(&list); err != nil {
		t.Fatal(err)
	}
	for _, raw := range list.Entries {
		var head struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(raw, &head); err != nil {
			t.Fatal(file, err)
		}
		if head.ID != id {
			continue
		}
		if err := json.Unmarshal(raw, v); err != nil {
			t.Fatal(file, id, err)
		}
		return
	}
	t.Fatal(file, "has no entry ", id)
}

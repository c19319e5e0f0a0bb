package verify

import (
	"encoding/json"
	"testing"
)

// ReadBack returns what is read of the JSON that a value is written as.
func ReadBack[T any](t testing.TB, v T) (back T) {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return back
}

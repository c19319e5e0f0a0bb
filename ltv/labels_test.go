package ltv

import (
	"testing"
	"unsafe"
)

// A label is kept as a copy, or it would keep the line of a file that it is a piece
// of; and as one copy, however often it comes.
func TestLabelsAreCopied(t *testing.T) {
	var l labels
	line := "web,2025-01-01,12.50"
	id := l.id(line[:3])
	if name := l.names[id]; name != "web" || unsafe.StringData(name) == unsafe.StringData(line) {
		t.Errorf("label %q is a piece of its line", name)
	}
	if again := l.id("we" + line[2:3]); again != id || len(l.names) != 1 {
		t.Errorf("numbers %d and %d, %d labels", id, again, len(l.names))
	}
	if other := l.id(""); other == id {
		t.Error("two labels with one number")
	}
	l.reset()
	if len(l.names) != 0 || l.id("shop") != 0 || l.names[0] != "shop" {
		t.Errorf("after reset: %q", l.names)
	}
}

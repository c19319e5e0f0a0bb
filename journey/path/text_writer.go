package path

import (
	"bufio"
	"fmt"
	"io"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/sheet"
)

// writeText calls write with a buffered writer, whose first error comes back.
func writeText(op string, w io.Writer, write func(p printer)) error {
	if w == nil {
		return fault.Of(op, "w", nil, sheet.ErrNoWriter)
	}
	out := bufio.NewWriter(w)
	write(printer{out})
	return out.Flush()
}

// printer writes formatted text. Its errors are those of the buffered writer, which keeps
// the first until it is flushed.
type printer struct{ w *bufio.Writer }

func (p printer) f(format string, args ...any) { _, _ = fmt.Fprintf(p.w, format, args...) }

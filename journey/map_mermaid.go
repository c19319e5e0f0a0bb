package journey

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/sheet"
)

// WriteMermaid writes the map as a user journey of Mermaid: a section a stage, and in it the
// touchpoints that serve the stage, each with a score from 1 (bad) to 5 (good) and its owner.
// score gives a touchpoint its score, such as what people say of it; nil = 3 for all. The
// characters ; # : and , which Mermaid takes for syntax, are written as spaces, and a
// name of nothing else as -.
//
// It returns a [clientele.ConfigError] for a map that [Map.Validate] refuses, an
// [clientele.InputError] of [clientele.ErrMissing] without a writer and of
// [clientele.ErrRange] for a score outside 1 to 5, before anything is written, and the first
// error of w as it is.
func (m Map) WriteMermaid(w io.Writer, score func(Touchpoint) int) error {
	const op = "journey.Map.WriteMermaid"
	if err := m.Validate(); err != nil {
		return err
	}
	if w == nil {
		return fault.Of(op, "w", nil, sheet.ErrNoWriter)
	}
	scores := make([]int, len(m.Touchpoints))
	for i, t := range m.Touchpoints {
		scores[i] = 3
		if score != nil {
			scores[i] = score(t)
		}
		if scores[i] < 1 || scores[i] > 5 {
			return fault.Of(op, "score", scores[i], rule.Want(rule.Range, "1 to 5, of touchpoint %q", t.Name))
		}
	}
	out := bufio.NewWriter(w)
	_, _ = fmt.Fprintf(out, "journey\n") // errors come back from Flush
	if m.Name != "" {
		_, _ = fmt.Fprintf(out, "\ttitle %s\n", mermaidText(m.Name))
	}
	for _, stage := range m.stages() {
		_, _ = fmt.Fprintf(out, "\tsection %s\n", cmp.Or(mermaidText(stage), "-"))
		for i, t := range m.Touchpoints {
			if slices.Contains(t.Stages, stage) {
				_, _ = fmt.Fprintf(out, "\t\t%s: %d%s\n", cmp.Or(mermaidText(t.Name), "-"), scores[i], ownerText(t.Owner))
			}
		}
	}
	return out.Flush()
}

// ownerText is the owner of a touchpoint as the actor of a task; "" = nobody.
func ownerText(owner string) string {
	if text := mermaidText(owner); text != "" {
		return ": " + text
	}
	return ""
}

// mermaidText is a text without the characters that a user journey takes for syntax, on one
// line.
func mermaidText(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(";#:,", r) }), " ")
}

package path_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey/path"
)

// writers are all pictures and exports of a log.
func writers(log *path.Log) map[string]func(io.Writer) error {
	g, _ := log.Graph(0)
	f, _ := log.Flow(0, 0)
	return map[string]func(io.Writer) error{
		"graph.dot": g.WriteDOT, "graph.mmd": g.WriteMermaid, "graph.svg": g.WriteSVG,
		"flow.mmd": f.WriteMermaid, "flow.json": f.WriteSankeyJSON, "flow.svg": f.WriteSVG,
	}
}

// Whatever labels are, pictures are well-formed: SVG is XML without numbers that are none,
// Sankey JSON names each node once, Mermaid's Sankey is ASCII, and no label breaks a line.
func FuzzPictures(f *testing.F) {
	for _, seed := range []string{"site", "сайт", "a,b;c:d#e", `"quoted" \ <b>&`, "line\nbreak\x00", "\xff\xfe", "%%{init}%%", "end", "日本語", "é", "", strings.Repeat("long ", 60)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, label string) {
		log := logOf(t, path.Config{}, way("1", "x", "y"+label, "x", "y", "z"+label), way("2", "y"+label, "y"))
		for name, write := range writers(log) {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(name, err)
			}
			checkPicture(t, name, b.String())
		}
	})
}

func checkPicture(t *testing.T, name, text string) {
	t.Helper()
	switch {
	case strings.HasSuffix(name, ".svg"):
		for d := xml.NewDecoder(strings.NewReader(text)); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
			element, _ := token.(xml.StartElement)
			for _, a := range element.Attr {
				if strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf") || strings.Contains(a.Value, "%!") {
					t.Fatalf("%s: %s=%q", element.Name.Local, a.Name.Local, a.Value)
				}
			}
		}
	case name == "flow.json":
		var form struct{ Nodes []struct{ Name string } }
		if err := json.Unmarshal([]byte(text), &form); err != nil {
			t.Fatal(err)
		}
	case name == "flow.mmd":
		for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n")[2:] {
			if strings.Count(line, `","`) < 1 || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r > '~' }) {
				t.Fatalf("%q", line)
			}
		}
	default:
		for line := range strings.Lines(text) {
			if !strings.HasSuffix(line, "\n") || strings.ContainsAny(strings.TrimSuffix(line, "\n"), "\n\r\x00") {
				t.Fatalf("%q", line)
			}
		}
	}
}

// Labels that are the same in Latin letters stay different nodes.
func TestLatinNamesStayApart(t *testing.T) {
	var b bytes.Buffer
	if err := verify.Must(logOf(t, path.Config{}, way("1", "сайт", "x"), way("2", "sayt", "x")).Flow(0, 0)).WriteMermaid(&b); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); !strings.Contains(got, `"1 sayt","2 x",1`) || !strings.Contains(got, `"1 sayt #2","2 x",1`) {
		t.Error(got)
	}
}

// A flow whose links lead to no node is refused.
func TestPicturesOfBrokenFlows(t *testing.T) {
	nodes := []path.FlowNode{{Position: 1, Label: "a", People: 1}, {Position: 2, Label: "b", People: 1}}
	for _, c := range []struct {
		flow  path.Flow
		field string
	}{
		{path.Flow{People: 1, Links: []path.FlowLink{{From: 0, To: 1, People: 1}}}, "Links[0].From"},
		{path.Flow{People: 1, Nodes: nodes, Links: []path.FlowLink{{From: 0, To: 1, People: 1}, {From: 1, To: 2, People: 1}}}, "Links[1].To"},
		{path.Flow{People: 1, Nodes: nodes, Links: []path.FlowLink{{From: -1, To: 1, People: 1}}}, "Links[0].From"},
	} {
		for name, write := range map[string]func(io.Writer) error{
			"WriteSVG": c.flow.WriteSVG, "WriteMermaid": c.flow.WriteMermaid, "WriteSankeyJSON": c.flow.WriteSankeyJSON,
		} {
			var b bytes.Buffer
			verify.InputError(t, write(&b), "path.Flow."+name, -1, c.field, clientele.ErrRange)
			if b.Len() > 0 {
				t.Errorf("%s wrote %q", name, b.String())
			}
		}
	}
}

// A nil graph and a nil flow are empty pictures; a missing or broken writer is an error.
func TestPicturesOfNothing(t *testing.T) {
	broken := errors.New("disk full")
	for name, write := range writers(nil) {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Error(name, err)
		}
		checkPicture(t, name, b.String())
		if err := write(nil); !errors.Is(err, clientele.ErrMissing) {
			t.Error(name, err)
		}
		if err := write(verify.FailingWriter{Err: broken}); !errors.Is(err, broken) {
			t.Error(name, err)
		}
	}
}

package path_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/path"
)

func TestReadRefuses(t *testing.T) {
	broken := errors.New("the line went dead")
	good := way("1", "a", "b")
	for _, row := range []struct {
		name   string
		change func(*journey.Timeline)
		field  string
		kind   error
	}{
		{"nobody", func(w *journey.Timeline) { w.Profile = "" }, "Profile", clientele.ErrMissing},
		{"no touchpoint", func(w *journey.Timeline) { w.Touches[1].Touchpoint = "" }, "Touches[1].Touchpoint", clientele.ErrMissing},
		{"no moment", func(w *journey.Timeline) { w.Touches[1].At = time.Time{} }, "Touches[1].At", clientele.ErrZeroTime},
		{"order of time", func(w *journey.Timeline) { w.Touches[1].At = clock(8, 0) }, "Touches[1].At", clientele.ErrRange},
		{"order of numbers", func(w *journey.Timeline) { w.Touches[1].At, w.Touches[0].Seq = w.Touches[0].At, 1 }, "Touches[1].At", clientele.ErrRange},
		{"the label of what is hidden", func(w *journey.Timeline) { w.Touches[1].Touchpoint = path.Other }, "Touches[1].Touchpoint", clientele.ErrDuplicate},
		{"the label of who left", func(w *journey.Timeline) { w.Touches[0].Touchpoint = path.Left }, "Touches[0].Touchpoint", clientele.ErrDuplicate},
		{"end", func(w *journey.Timeline) { w.Touches[0].Until = clock(8, 0) }, "Touches[0].Until", clientele.ErrRange},
	} {
		t.Run(row.name, func(t *testing.T) {
			bad := way("2", "a", "b")
			row.change(&bad)
			_, err := path.Read(clientele.All([]journey.Timeline{good, bad}), path.Config{})
			verify.InputError(t, err, "path.Read", 1, row.field, row.kind)
			log := logOf(t, path.Config{}, good)
			before := answers(log, 0)
			verify.InputError(t, log.Add(bad), "path.Log.Add", -1, row.field, row.kind)
			if answers(log, 0) != before {
				t.Error("a refused timeline changed the log")
			}
		})
	}
	_, err := path.Read(nil, path.Config{})
	verify.ConfigError(t, err, "path.Read", "src")
	_, err = path.Read(clientele.All([]journey.Timeline{{Profile: "1"}}), path.Config{})
	verify.InputError(t, err, "path.Read", -1, "timelines", clientele.ErrEmpty)
	_, err = path.Read(clientele.Read(func() (journey.Timeline, error) { return journey.Timeline{}, broken }), path.Config{})
	verify.InputError(t, err, "path.Read", 0, "", broken)
}

func TestMergeRefuses(t *testing.T) {
	log := logOf(t, path.Config{}, way("1", "a"))
	verify.InputError(t, log.Merge(nil), "path.Log.Merge", -1, "other", clientele.ErrMissing)
	verify.InputError(t, log.Merge(new(path.Log)), "path.Log.Merge", -1, "other", clientele.ErrMissing)
	verify.InputError(t, log.Merge(log), "path.Log.Merge", -1, "other", clientele.ErrDuplicate)
	verify.InputError(t, log.Merge(path.New(path.Config{Collapse: true})), "path.Log.Merge", -1, "Config.Collapse", clientele.ErrMismatch)
	verify.InputError(t, log.Merge(path.New(path.Config{Waits: true})), "path.Log.Merge", -1, "Config.Waits", clientele.ErrMismatch)
	verify.InputError(t, new(path.Log).Merge(log), "path.Log.Merge", -1, "Config", clientele.ErrMissing)
}

func TestQuestionsRefuse(t *testing.T) {
	empty, log := path.New(path.Config{}), logOf(t, path.Config{}, way("1", "a", "b"))
	for name, ask := range map[string]func(*path.Log, int) error{
		"Graph":    func(l *path.Log, n int) error { return verify.Second(l.Graph(n)) },
		"Variants": func(l *path.Log, n int) error { return verify.Second(l.Variants(n)) },
		"Matrix":   func(l *path.Log, n int) error { return verify.Second(l.Matrix(n, n)) },
		"Flow":     func(l *path.Log, n int) error { return verify.Second(l.Flow(n, n)) },
	} {
		if err := ask(empty, 0); !errors.Is(err, clientele.ErrEmpty) {
			t.Errorf("%s: %v", name, err)
		}
		if err := ask(nil, 0); !errors.Is(err, clientele.ErrMissing) {
			t.Errorf("%s: %v", name, err)
		}
		if err := ask(log, -1); !errors.Is(err, clientele.ErrNegative) {
			t.Errorf("%s: %v", name, err)
		}
		if err := ask(log, math.MaxInt); err != nil {
			t.Errorf("%s: more than there are is all: %v", name, err)
		}
	}
	_, err := log.Next("z")
	verify.InputError(t, err, "path.Log.Next", -1, "label", clientele.ErrUnknown)
	_, err = log.Next("a", "z")
	verify.InputError(t, err, "path.Log.Next", -1, "shown", clientele.ErrUnknown)
}

// A label chooses steps; collapsed steps last from the first touch to the last end.
func TestLabelsAndCollapse(t *testing.T) {
	w := way("1", "site", "site", "ad", "site", "order")
	w.Touches[1].Until = clock(10, 30)
	byChannel := path.Config{Collapse: true, Label: func(t journey.Touch) string {
		if t.Touchpoint == "ad" {
			return ""
		}
		return t.Touchpoint
	}}
	log := logOf(t, byChannel, w, way("2", "ad"))
	if v := verify.Must(log.Variants(0)); len(v) != 1 || v[0].String() != "site > order" {
		t.Errorf("%v", v)
	}
	if log.Unlabelled() != 2 || log.Pathless() != 1 || log.People() != 1 || log.Steps() != 2 {
		t.Errorf("%d touches without a label, %d people without a step, %d people, %d steps", log.Unlabelled(), log.Pathless(), log.People(), log.Steps())
	}
	if e := verify.Must(log.Graph(0)).Edges[0]; e.Wait.Mean != time.Hour {
		t.Errorf("%+v: the last site at 12:00 has no end of its own, the order is at 13:00", e)
	}
}

// A label that Config.Label makes may not be one of the package's own either; a touchpoint of
// such a name may be if it gets another label.
func TestOwnLabelsAreRefused(t *testing.T) {
	named := func(label string) path.Config {
		return path.Config{Label: func(t journey.Touch) string {
			if t.Touchpoint == path.Left {
				return label
			}
			return t.Touchpoint
		}}
	}
	log := path.New(named(path.Other))
	verify.InputError(t, log.Add(way("1", "a", "b", path.Left)), "path.Log.Add", -1, "Touches[2]", clientele.ErrDuplicate)
	if log.People() != 0 || log.Pathless() != 0 || len(log.Labels()) != 0 {
		t.Errorf("a refused timeline is counted: %d people, labels %q", log.People(), log.Labels())
	}
	if got := logOf(t, named("left"), way("1", "a", path.Left)).Labels(); !slices.Equal(got, []string{"a", "left"}) {
		t.Errorf("labels %q", got)
	}
}

// A matrix of more cells than a page can show is refused before it is made.
func TestMatrixIsBounded(t *testing.T) {
	points := make([]string, 1100)
	for i := range points {
		points[i] = string(rune('a' + i))
	}
	log := logOf(t, path.Config{}, way("1", points...))
	_, err := log.Matrix(0, 0)
	verify.InputError(t, err, "path.Log.Matrix", -1, "positions", clientele.ErrRange)
	if m := verify.Must(log.Matrix(0, 20)); len(m.Rows) != 21 || len(m.Left) != 1100 {
		t.Errorf("%d rows, %d positions", len(m.Rows), len(m.Left))
	}
}

package xes_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/xes"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// readAll reads a document to its end or first error.
func readAll(document string) (all []journey.Timeline, warnings []error, err error) {
	in := xes.NewReader(strings.NewReader(document))
	for t, err := range in.All() {
		if err != nil {
			return all, in.Warnings(), err
		}
		all = append(all, t)
	}
	return all, in.Warnings(), nil
}

// trace is a document of one trace with these events.
func trace(events ...string) string {
	return `<log><trace><string key="concept:name" value="1"/>` + strings.Join(events, "") + `</trace></log>`
}

// step is an event at a minute of an hour.
func step(name, transition string, minute int) string {
	return fmt.Sprintf(`<event><string key="concept:name" value="%s"/><string key="lifecycle:transition" value="%s"/><date key="time:timestamp" value="2025-03-01T09:%02d:00.000Z"/></event>`, name, transition, minute)
}

// A complete ends the earliest open start of its name; starts without one have no end; other
// transitions and nested attributes are counted, not lost in silence.
func TestReaderPairsStartsAndCompletes(t *testing.T) {
	all, warnings, err := readAll(trace(
		step("A", "start", 0), step("A", "START", 1), step("B", "schedule", 2), step("A", "complete", 5), step("C", "complete", 6),
		`<event><string key="concept:name" value="D"><int key="meta" value="1"/></string><date key="time:timestamp" value="2025-03-01T09:07:00"/><list key="l"><values><int key="x" value="1"/></values></list></event>`,
	))
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	var got []string
	for _, touch := range all[0].Touches {
		got = append(got, fmt.Sprint(touch.Touchpoint, touch.At.Minute(), "-", touch.End().Minute()))
	}
	if want := []string{"A0-5", "A1-1", "C6-6", "D7-7"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if len(warnings) != 3 || !strings.HasPrefix(warnings[0].Error(), "2 attributes") || !strings.HasPrefix(warnings[1].Error(), "1 events have") || !strings.HasPrefix(warnings[2].Error(), "1 events start") {
		t.Errorf("%v", warnings)
	}
}

func TestReaderRefuses(t *testing.T) {
	deep := strings.Repeat(`<list key="l">`, 40) + strings.Repeat(`</list>`, 40)
	for _, row := range []struct {
		name, document, field string
		index                 int
		kind                  error
	}{
		{"nothing", "", "", -1, clientele.ErrEncoding},
		{"another document", "<html/>", "", -1, clientele.ErrEncoding},
		{"no XML", "<log", "", -1, clientele.ErrEncoding},
		{"entities", `<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><log/>`, "", -1, clientele.ErrEncoding},
		{"entity", trace(`<event><string key="concept:name" value="&b;"/></event>`), "", 0, clientele.ErrEncoding},
		{"too deep", "<log>" + deep + "</log>", "", 0, clientele.ErrEncoding},
		{"too deep in an event", trace("<event>" + deep + "</event>"), "", 0, clientele.ErrEncoding},
		{"cut off", trace(step("A", "complete", 0))[:120], "", 0, clientele.ErrEncoding},
		{"another encoding", `<?xml version="1.0" encoding="latin1"?><log/>`, "", -1, clientele.ErrEncoding},
		{"trace without a name", "<log><trace/></log>", "Profile", 0, clientele.ErrMissing},
		{"event without a name", trace(`<event><date key="time:timestamp" value="2025-03-01T09:00:00Z"/></event>`), "Touches[0].Touchpoint", 0, clientele.ErrMissing},
		{"event without a time", trace(`<event><string key="concept:name" value="A"/></event>`), "Touches[0].At", 0, clientele.ErrZeroTime},
		{"time", trace(`<event><date key="time:timestamp" value="yesterday"/></event>`), "time:timestamp", 0, clientele.ErrEncoding},
		{"cost", trace(`<event><float key="cost:total" value="NaN"/></event>`), "cost:total", 0, clientele.ErrEncoding},
		{"id", trace(`<event><id key="identity:id" value="7"/></event>`), "identity:id", 0, clientele.ErrEncoding},
		{"ends before it begins", trace(step("A", "start", 5), step("A", "complete", 1)), "Touches[0].Until", 0, clientele.ErrRange},
		{"negative cost", trace(`<event><string key="concept:name" value="A"/><date key="time:timestamp" value="2025-03-01T09:00:00Z"/><float key="cost:total" value="-1"/></event>`), "Touches[0].Cost", 0, clientele.ErrNegative},
		{"huge cost", trace(`<event><string key="concept:name" value="A"/><date key="time:timestamp" value="2025-03-01T09:00:00Z"/><float key="cost:total" value="1e200"/></event>`), "Touches[0].Cost", 0, clientele.ErrAmountRange},
		{"party", trace(`<event><string key="journey:by" value="them"/></event>`), "Party", 0, clientele.ErrUnknown},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, _, err := readAll(row.document)
			verify.InputError(t, err, "xes.Reader.All", row.index, row.field, row.kind)
		})
	}
}

// The error of a file is that of the file, and a reader can be read once.
func TestReaderOfBrokenFiles(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, read := range []string{"", "<log>", trace(step("A", "complete", 0))[:150]} {
		for _, err := range xes.NewReader(io.MultiReader(strings.NewReader(read), iotest.ErrReader(broken))).All() {
			if err != broken {
				t.Errorf("after %q: %v", read, err)
			}
		}
	}
	in := xes.NewReader(strings.NewReader(trace()))
	for range in.All() {
	}
	for _, err := range in.All() {
		verify.InputError(t, err, "xes.Reader.All", -1, "r", clientele.ErrConsumed)
	}
	for _, in := range []*xes.Reader{nil, {}, xes.NewReader(nil)} {
		for _, err := range in.All() {
			verify.InputError(t, err, "xes.Reader.All", -1, "r", clientele.ErrMissing)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	broken := errors.New("disk full")
	ways := []journey.Timeline{{Profile: "1"}}
	verify.ConfigError(t, xes.Write(nil, nil), "xes.Write", "w", "src")
	verify.InputError(t, xes.Write(io.Discard, clientele.All([]journey.Timeline{{Profile: "1"}, {}})), "xes.Write", 1, "Profile", clientele.ErrMissing)
	if err := xes.Write(verify.FailingWriter{Err: broken}, clientele.All(ways)); !errors.Is(err, broken) {
		t.Error(err)
	}
}

// Invariant: what is written is read back, but for the numbers of touches.
func TestWriteReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ways := rapid.SliceOfN(rapid.Custom(drawTimeline), 0, 4).Draw(t, "ways")
		var log bytes.Buffer
		if err := xes.Write(&log, clientele.All(ways)); err != nil {
			t.Fatal(err)
		}
		got, warnings, err := readAll(log.String())
		if err != nil || warnings != nil || len(got) != len(ways) {
			t.Fatal(got, warnings, err, log.String())
		}
		for i := range ways {
			for j := range ways[i].Touches {
				got[i].Touches[j].Seq = ways[i].Touches[j].Seq
			}
			if a, b := jsonOf(got[i]), jsonOf(ways[i]); a != b {
				t.Fatalf("%v\n%v\n%s", a, b, log.String())
			}
		}
	})
}

// drawTimeline draws a timeline with everything that a touch may have.
func drawTimeline(t *rapid.T) journey.Timeline {
	text := rapid.SampledFrom([]string{"a", "ж", `<&">`, "line\nbreak", "label:x", "concept:name", " "})
	w := journey.Timeline{Profile: text.Draw(t, "profile"), Touches: []journey.Touch{}}
	at := time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)
	for range rapid.IntRange(0, 5).Draw(t, "touches") {
		at = at.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "later")) * 1234567891)
		touch := journey.Touch{
			Touchpoint: text.Draw(t, "touchpoint"), Channel: text.Draw(t, "channel"), At: at, By: journey.Party(rapid.IntRange(0, 2).Draw(t, "by")),
			Cost: decimal.New(int64(rapid.IntRange(0, 999).Draw(t, "cost")), -2), Value: decimal.New(int64(rapid.IntRange(-99, 99).Draw(t, "value")), 0),
			Staff: text.Draw(t, "staff"), Outcome: text.Draw(t, "outcome"),
		}
		if rapid.Bool().Draw(t, "ends") {
			touch.Until = at.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "length")) * time.Minute)
		}
		if rapid.Bool().Draw(t, "known") {
			touch.ID = uuid.UUID{1, byte(rapid.IntRange(0, 255).Draw(t, "id"))}
			touch.Identifiers = []journey.Identifier{{Kind: text.Draw(t, "kind"), Value: rapid.SampledFrom([]string{"", "7"}).Draw(t, "value")}}
			touch.Labels = map[string]string{text.Draw(t, "label"): rapid.SampledFrom([]string{"", "x"}).Draw(t, "text")}
		}
		w.Touches = append(w.Touches, touch)
	}
	return w
}

// jsonOf is a value as JSON.
func jsonOf(v any) string { return string(verify.Must(json.Marshal(v))) }

// Whatever is read is refused with an error that has a place, or valid and written so that
// it reads back the same.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		trace(step("A", "start", 0), step("A", "complete", 5), step("B", "complete", 6)), "<log/>", "<log><trace>", `<!DOCTYPE a><log/>`,
		trace(`<event><string key="concept:name" value="A"/><date key="time:timestamp" value="2025-03-01T09:00:00+05:30"/><float key="cost:total" value="1.5"/><string key="identifier:phone" value="7"/><string key="x" value="y"/></event>`),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, document string) {
		all, _, err := readAll(document)
		if err != nil {
			if in, ok := err.(*clientele.InputError); !ok || in.Op != "xes.Reader.All" {
				t.Fatal(err)
			}
			return
		}
		var log bytes.Buffer
		if err := xes.Write(&log, clientele.All(all)); err != nil {
			t.Fatal(err)
		}
		again, _, err := readAll(log.String())
		if err != nil || len(again) != len(all) {
			t.Fatal(err, log.String())
		}
		for i := range all {
			if len(all[i].Touches) != len(again[i].Touches) {
				t.Fatal(all[i], again[i])
			}
		}
	})
}

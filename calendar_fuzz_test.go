package clientele_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
)

// FuzzCalendarJSON decodes any bytes as a calendar. What fails must say so by
// kind and change nothing; what decodes must survive being written and read
// again; and of what decodes only the zone can keep it from opening.
func FuzzCalendarJSON(f *testing.F) {
	for _, row := range calendarForms {
		f.Add([]byte(row.json))
	}
	for _, seed := range []string{
		``, `null`, `{}`, `[]`, `{"unit":7}`, `{"unit":"fortnight"}`, `{"weekStart":"someday"}`,
		`{"zone":"Local"}`, `{"zone":"../UTC"}`, `{"zone":"\u0000"}`, `{"UNIT":"week","unit":"day"}`,
		`{"unit":"week"} {}`, `{"weekStart":"monday","weekStart":"friday"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		was := clientele.Calendar{Unit: clientele.Quarter, Zone: "Asia/Tokyo", WeekStart: time.Tuesday}
		c := was
		if err := json.Unmarshal(data, &c); err != nil {
			checkDecodeError(t, err)
			if c != was {
				t.Fatalf("%q failed and changed the calendar to %+v", data, c)
			}
			return
		}

		written, err := json.Marshal(c)
		if err != nil {
			t.Fatalf("%q decoded to %+v, which cannot be written: %v", data, c, err)
		}
		var back clientele.Calendar
		if err := json.Unmarshal(written, &back); err != nil || back != c {
			t.Fatalf("%s decoded to %+v, %v, want %+v", written, back, err, c)
		}
		if again, err := json.Marshal(back); err != nil || !bytes.Equal(again, written) {
			t.Fatalf("%s became %s, %v", written, again, err)
		}
		checkOpen(t, c)
	})
}

func checkDecodeError(t *testing.T, err error) {
	t.Helper()
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return // found by package json before the calendar was asked
	}
	in, ok := errors.AsType[*clientele.InputError](err)
	if !ok || !errors.Is(in, clientele.ErrUnknown) && !errors.Is(in, clientele.ErrEncoding) {
		t.Fatalf("decoding failed with %T %v", err, err)
	}
}

func checkOpen(t *testing.T, c clientele.Calendar) {
	t.Helper()
	p, err := c.Open()
	if err != nil {
		conf, ok := errors.AsType[*clientele.ConfigError](err)
		if !ok || len(conf.Faults) != 1 {
			t.Fatalf("%+v: opening failed with %T %v", c, err, err)
		}
		wantInputError(t, conf.Faults[0], "Zone", c.Zone, clientele.ErrUnknown)
		return
	}
	if p.Calendar() != c {
		t.Fatalf("opened %+v, got %+v", c, p.Calendar())
	}
	if got := p.Index(p.Start(0)); got != 0 {
		t.Fatalf("%+v: period 0 starts in period %d", c, got)
	}
}

package clientele_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
)

var unitTexts = []struct {
	unit clientele.Unit
	text string
}{
	{clientele.Day, "day"},
	{clientele.Week, "week"},
	{clientele.Month, "month"},
	{clientele.Quarter, "quarter"},
	{clientele.Year, "year"},
}

func TestUnitText(t *testing.T) {
	for _, row := range unitTexts {
		t.Run(row.text, func(t *testing.T) {
			if got := row.unit.String(); got != row.text {
				t.Errorf("String() = %q", got)
			}
			if text, err := row.unit.MarshalText(); err != nil || string(text) != row.text {
				t.Errorf("MarshalText() = %q, %v", text, err)
			}
			got := clientele.Unit(99)
			if err := got.UnmarshalText([]byte(row.text)); err != nil || got != row.unit {
				t.Errorf("UnmarshalText gave %v, %v", got, err)
			}
		})
	}
}

func TestUnitUnknown(t *testing.T) {
	beyond := clientele.Year + 1
	if got := beyond.String(); got != "Unit(5)" {
		t.Errorf("String() = %q", got)
	}
	_, err := beyond.MarshalText()
	wantInputError(t, err, "Unit", uint8(beyond), clientele.ErrUnknown)

	for _, text := range []string{"", "Day", "days", " day", "day\x00", "0", "fortnight"} {
		unit := clientele.Quarter
		wantInputError(t, unit.UnmarshalText([]byte(text)), "Unit", text, clientele.ErrUnknown)
		if unit != clientele.Quarter {
			t.Errorf("UnmarshalText(%q) failed and changed the unit to %v", text, unit)
		}
	}
}

// wantInputError checks that err is an InputError outside any stream with this
// field, value and kind.
func wantInputError(t *testing.T, err error, field string, value any, kind error) {
	t.Helper()
	in, ok := errors.AsType[*clientele.InputError](err)
	if !ok {
		t.Fatalf("error is %T %v, want an InputError", err, err)
	}
	if in.Field != field || in.Value != value || in.Index != -1 || in.Op == "" || !errors.Is(in, kind) {
		t.Errorf("error is %+v, want field %q, value %v, kind %v", in, field, value, kind)
	}
}

var calendarForms = []struct {
	name     string
	calendar clientele.Calendar
	json     string
}{
	{"zero", clientele.Calendar{}, `{"unit":"day"}`},
	{"month in Paris", clientele.Calendar{Unit: clientele.Month, Zone: "Europe/Paris"}, `{"unit":"month","zone":"Europe/Paris"}`},
	{"week from Monday", clientele.Calendar{Unit: clientele.Week, WeekStart: time.Monday}, `{"unit":"week","weekStart":"monday"}`},
	{"week from Saturday in Cairo", clientele.Calendar{Unit: clientele.Week, Zone: "Africa/Cairo", WeekStart: time.Saturday}, `{"unit":"week","zone":"Africa/Cairo","weekStart":"saturday"}`},
	{"zone unchecked", clientele.Calendar{Unit: clientele.Year, Zone: "Mars/Olympus"}, `{"unit":"year","zone":"Mars/Olympus"}`},
}

func TestCalendarJSON(t *testing.T) {
	for _, row := range calendarForms {
		t.Run(row.name, func(t *testing.T) {
			data, err := json.Marshal(row.calendar)
			if err != nil || string(data) != row.json {
				t.Fatalf("Marshal = %s, %v, want %s", data, err, row.json)
			}
			var back clientele.Calendar
			if err := json.Unmarshal(data, &back); err != nil || back != row.calendar {
				t.Errorf("Unmarshal gave %+v, %v", back, err)
			}
		})
	}
}

func TestCalendarJSONNested(t *testing.T) {
	type settings struct {
		Calendar clientele.Calendar  `json:"calendar"`
		Other    *clientele.Calendar `json:"other"`
	}
	was := settings{
		Calendar: clientele.Calendar{Unit: clientele.Week, WeekStart: time.Friday},
		Other:    &clientele.Calendar{Unit: clientele.Year},
	}
	data, err := json.Marshal(was)
	if err != nil {
		t.Fatal(err)
	}
	var got settings
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.Calendar != was.Calendar || *got.Other != *was.Other {
		t.Errorf("%s decoded to %+v, %+v", data, got.Calendar, *got.Other)
	}
}

func TestCalendarJSONKeepsAbsentKeys(t *testing.T) {
	was := clientele.Calendar{Unit: clientele.Week, Zone: "Asia/Tokyo", WeekStart: time.Monday}
	for _, row := range []struct {
		name, json string
		want       clientele.Calendar
	}{
		{"null", `null`, was},
		{"no keys", `{}`, was},
		{"null fields", `{"unit":null,"zone":null,"weekStart":null}`, was},
		{"zone only", `{"zone":""}`, clientele.Calendar{Unit: clientele.Week, WeekStart: time.Monday}},
		{"Sunday by name", `{"weekStart":"sunday"}`, clientele.Calendar{Unit: clientele.Week, Zone: "Asia/Tokyo"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := was
			if err := json.Unmarshal([]byte(row.json), &got); err != nil || got != row.want {
				t.Errorf("Unmarshal gave %+v, %v, want %+v", got, err, row.want)
			}
		})
	}
}

func TestCalendarJSONRefuses(t *testing.T) {
	for _, row := range []struct {
		name, json string
		field      string
		value      any
		kind       error
	}{
		{"unknown unit", `{"unit":"fortnight"}`, "unit", "fortnight", clientele.ErrUnknown},
		{"empty unit", `{"unit":""}`, "unit", "", clientele.ErrUnknown},
		{"unit in capitals", `{"unit":"DAY"}`, "unit", "DAY", clientele.ErrUnknown},
		{"unknown weekday", `{"unit":"week","weekStart":"noday"}`, "weekStart", "noday", clientele.ErrUnknown},
		{"weekday in capitals", `{"weekStart":"Monday"}`, "weekStart", "Monday", clientele.ErrUnknown},
		{"good zone, then unknown unit", `{"zone":"Asia/Tokyo","unit":"eon"}`, "unit", "eon", clientele.ErrUnknown},
		{"unit as number", `{"unit":1}`, "unit", json.Number("1"), clientele.ErrEncoding},
		{"weekday as number", `{"weekStart":1}`, "weekStart", json.Number("1"), clientele.ErrEncoding},
		{"zone as number", `{"zone":1}`, "zone", json.Number("1"), clientele.ErrEncoding},
		{"unknown key", `{"unit":"day","tz":"UTC"}`, "tz", nil, clientele.ErrEncoding},
		{"a string", `"day"`, "", "day", clientele.ErrEncoding},
		{"a list", `["day"]`, "", nil, clientele.ErrEncoding},
	} {
		t.Run(row.name, func(t *testing.T) {
			was := clientele.Calendar{Unit: clientele.Week, Zone: "Europe/Paris", WeekStart: time.Friday}
			got := was
			wantInputError(t, json.Unmarshal([]byte(row.json), &got), row.field, row.value, row.kind)
			if got != was {
				t.Errorf("a failed decode changed the calendar to %+v", got)
			}
		})
	}
}

func TestCalendarJSONRefusesToWrite(t *testing.T) {
	_, err := json.Marshal(clientele.Calendar{Unit: 9})
	wantInputError(t, err, "Unit", uint8(9), clientele.ErrUnknown)
	for _, day := range []time.Weekday{-1, 7} {
		_, err = json.Marshal(clientele.Calendar{WeekStart: day})
		wantInputError(t, err, "WeekStart", int(day), clientele.ErrUnknown)
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, row := range []struct {
		name     string
		calendar clientele.Calendar
		fields   []string
	}{
		{"unit", clientele.Calendar{Unit: clientele.Year + 1}, []string{"Unit"}},
		{"zone", clientele.Calendar{Zone: "Mars/Olympus"}, []string{"Zone"}},
		{"zone that differs between machines", clientele.Calendar{Zone: "Local"}, []string{"Zone"}},
		{"zone file that differs between machines", clientele.Calendar{Zone: "localtime"}, []string{"Zone"}},
		{"zone that leaves the database", clientele.Calendar{Zone: "../etc/localtime"}, []string{"Zone"}},
		{"zone with a space", clientele.Calendar{Zone: " UTC"}, []string{"Zone"}},
		{"weekday before Sunday", clientele.Calendar{WeekStart: -1}, []string{"WeekStart"}},
		{"weekday after Saturday", clientele.Calendar{WeekStart: 7}, []string{"WeekStart"}},
		{"everything", clientele.Calendar{Unit: 255, Zone: "?", WeekStart: 8}, []string{"Unit", "Zone", "WeekStart"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			p, err := row.calendar.Open()
			if p != nil {
				t.Error("a faulty calendar opened")
			}
			conf, ok := errors.AsType[*clientele.ConfigError](err)
			if !ok || !errors.Is(err, clientele.ErrConfig) {
				t.Fatalf("error is %T %v, want a ConfigError", err, err)
			}
			var fields []string
			for _, fault := range conf.Faults {
				in, ok := errors.AsType[*clientele.InputError](fault)
				if !ok || !errors.Is(in, clientele.ErrUnknown) || in.Op != "clientele.Calendar.Open" {
					t.Fatalf("fault is %+v, want an InputError of Open with ErrUnknown", fault)
				}
				fields = append(fields, in.Field)
			}
			if !slices.Equal(fields, row.fields) {
				t.Errorf("faults in %q, want %q", fields, row.fields)
			}
		})
	}
}

func TestOpenNamesTheLoadersReason(t *testing.T) {
	_, err := clientele.Calendar{Zone: "Mars/Olympus"}.Open()
	_, reason := time.LoadLocation("Mars/Olympus")
	if err == nil || reason == nil || !strings.Contains(err.Error(), reason.Error()) {
		t.Errorf("error %q does not hold the loader's reason %q", err, reason)
	}
}

func TestOpenKeepsTheCalendar(t *testing.T) {
	for _, c := range []clientele.Calendar{
		{},
		{Zone: "UTC"},
		{Unit: clientele.Week, Zone: "Asia/Kathmandu", WeekStart: time.Monday},
	} {
		p, err := c.Open()
		if err != nil {
			t.Fatal(err)
		}
		if p.Calendar() != c {
			t.Errorf("Calendar() = %+v, want %+v", p.Calendar(), c)
		}
		if want, err := time.LoadLocation(c.Zone); err != nil || p.Zone().String() != want.String() {
			t.Errorf("Zone() = %v, want %v (%v)", p.Zone(), want, err)
		}
	}
}

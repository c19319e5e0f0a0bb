package cohort_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

// fullConfigs have no field that is zero, except for Workers, which is not stored.
func fullConfigs() []any {
	at, later := date(2025, 1, 1), date(2025, 6, 1)
	calendar := clientele.Calendar{Unit: clientele.Week, Zone: "Europe/Paris", WeekStart: time.Monday}
	churn := cohort.ChurnConfig{
		AsOf: at, Rule: cohort.ChurnRule{Silent: 90, Intervals: 2.5, MinSilent: 30}, Calendar: calendar, Top: 5, Level: 0.9,
	}
	return []any{
		&cohort.TriangleConfig{
			AsOf: later, Calendar: calendar, Window: 30, Step: cohort.Days24h, Brackets: []cohort.Bracket{{From: 0, To: 7}}, Grouping: cohort.ByKey,
			Entry: cohort.FirstSince, Since: at, Retention: cohort.OnOrAfter, MinPurchases: 2, StartLabels: []string{"trial"}, ReturnLabels: []string{"paid"}, Strict: true, Level: 0.9,
		},
		&cohort.LifecycleConfig{AsOf: later, Calendar: calendar, Level: 0.9},
		&cohort.OutcomeConfig{AsOf: later, From: 2, Within: 90, Since: at, Until: later, Key: cohort.OfStart},
		&cohort.CompareConfig{
			AsOf: later, From: 2, Within: 90, Since: at, Until: later, Key: cohort.OfStart, Control: "none",
			Adjust: clientele.Bonferroni, Level: 0.9,
		},
		&cohort.PartConfig{AsOf: later, Since: at, Until: later, Within: 90, Metric: cohort.AverageCheck},
		&cohort.RepeatConfig{AsOf: later, ByDay: true, Calendar: calendar, Early: []clientele.Days{7, 30}, Top: 5, Level: 0.9},
		&cohort.SpellConfig{AsOf: later, From: 2, To: 4, ByDay: true, Calendar: calendar},
		&cohort.LadderConfig{AsOf: later, MaxRungs: 3, Within: 90, ByDay: true, Calendar: calendar, Level: 0.9},
		&cohort.ContactConfig{
			AsOf: later, Within: 90, Regular: 4, Since: at, Until: later, Kinds: []string{"call"}, Shares: []float64{0.1}, Level: 0.9,
		},
		&churn.Rule, &churn, &cohort.ChurnEventConfig{ChurnConfig: churn, Within: 9, IntervalClasses: 5, Adjust: clientele.Bonferroni},
	}
}

// Every configuration reads back what it writes, and refuses a key that it does not have
// and keeps what it held.
func TestConfigsAreStrictJSON(t *testing.T) {
	for _, cfg := range fullConfigs() {
		kind := reflect.TypeOf(cfg).Elem()
		t.Run(kind.Name(), func(t *testing.T) {
			for _, f := range reflect.VisibleFields(kind) {
				if f.Name != "Workers" && !f.Anonymous && reflect.ValueOf(cfg).Elem().FieldByIndex(f.Index).IsZero() {
					t.Errorf("%s is zero", f.Name)
				}
			}
			text, err := json.Marshal(cfg)
			if err != nil {
				t.Fatal(err)
			}
			read := reflect.New(kind).Interface()
			if err := json.Unmarshal(text, read); err != nil || fmt.Sprint(read) != fmt.Sprint(cfg) {
				t.Errorf("%s is read as %+v, %v", text, read, err)
			}
			before := fmt.Sprint(read)
			err = json.Unmarshal([]byte(strings.Replace(string(text), "{", `{"kep":1,`, 1)), read)
			in, ok := errors.AsType[*clientele.InputError](err)
			if !ok || in.Op != "cohort."+kind.Name()+".UnmarshalJSON" || in.Field != "kep" || !errors.Is(err, clientele.ErrEncoding) {
				t.Errorf("an unknown key: %v", err)
			}
			if fmt.Sprint(read) != before {
				t.Errorf("what was refused has changed the receiver: %+v", read)
			}
		})
	}
}

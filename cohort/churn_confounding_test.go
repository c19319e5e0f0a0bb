package cohort_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/verify"
)

// confoundedShop has fast and slow customers, with 8 and 24 days between purchases in the
// mean. Catalogues go to slow ones only and change nothing. Complaints multiply the chance
// to leave, of 4 % after each purchase. Twenty kinds of noise are rare.
func confoundedShop(t testing.TB, rng *rand.Rand, customers int, factor float64) (*cohort.Activity[int64], []cohort.Event[int64]) {
	a := outcomeActivity(t)
	var events []cohort.Event[int64]
	for id := range int64(customers) {
		mean := 8.0
		if isSlow(id) {
			mean = 24
		}
		for day := rng.Float64() * 100; day < 400; day += 0.1 + rng.ExpFloat64()*mean {
			if err := a.Add(outcomeBuys(id, day, "1", "")); err != nil {
				t.Fatal(err)
			}
			leaves := 0.04
			if rng.Float64() < 0.1 {
				leaves *= factor
				events = append(events, churnEvent(id, day+0.5, "complaint"))
			}
			if isSlow(id) && rng.Float64() < 0.3 {
				events = append(events, churnEvent(id, day+1, "catalogue"))
			}
			if rng.Float64() < 0.02 {
				events = append(events, churnEvent(id, day+1, fmt.Sprint("noise ", rng.IntN(20))))
			}
			if rng.Float64() < leaves {
				break
			}
		}
	}
	return a, events
}

func isSlow(customer int64) bool { return customer%2 == 0 }

// judgements counts in how many of 100 shops what was said.
type judgements struct {
	first, claimed, warned int // of catalogues: that they come first, that they matter, that they may not
	found, doubted         int // of complaints: that they matter, that they may not
	noise                  int // shops in which any noise is said to matter
	covered                int // shops in which the interval of catalogues holds 1
	lift                   float64
}

// askedBy is a question with classes, and with labels or without.
type askedBy struct {
	classes int
	label   func(int64) string
}

func judge(t *testing.T, factor float64, questions ...askedBy) []judgements {
	const shops = 100
	all := make([]judgements, len(questions))
	for i := range uint64(shops) {
		a, events := confoundedShop(t, rand.New(rand.NewPCG(i, 1)), 300, factor)
		for i, q := range questions {
			cfg := cohort.ChurnEventConfig{
				ChurnConfig: cohort.ChurnConfig{AsOf: outcomeDay(400), Rule: cohort.ChurnRule{Silent: 40}, Workers: 1},
				Within:      5, IntervalClasses: q.classes,
			}
			r, err := a.ChurnEventsBy(cfg, clientele.All(events), q.label)
			if err != nil {
				t.Fatal(err)
			}
			all[i].add(r)
		}
	}
	t.Logf("complaints times %v: %+v", factor, all)
	return all
}

func (j *judgements) add(r *cohort.ChurnEventReport) {
	matters := make(map[string]int)
	for _, k := range r.Kinds {
		kind, _, _ := strings.Cut(k.Kind, " ")
		if k.Adjusted < 0.05 && k.Lift.Value > 1 {
			matters[kind] = 1
		}
		if kind == "catalogue" {
			j.lift += k.Lift.Value / 100
			j.covered += verify.OneIf(k.Lift.Contains(1))
		}
	}
	j.first += verify.OneIf(r.Kinds[0].Kind == "catalogue")
	j.claimed, j.found, j.noise = j.claimed+matters["catalogue"], j.found+matters["complaint"], j.noise+matters["noise"]
	for _, w := range r.Warnings {
		if w, ok := w.(cohort.LiftWarning); ok && w.Within != nil {
			j.warned += verify.OneIf(w.Kind == "catalogue")
			j.doubted += verify.OneIf(w.Kind == "complaint")
		}
	}
}

func labelOfPace(customer int64) string { return fmt.Sprint(isSlow(customer)) }

// Where catalogues go to slow customers only, they seem to drive customers away, and come
// before complaints, which do. Without strata that is warned of; strata by mean interval or by a
// label remove it, and complaints are found.
func TestChurnEventStrataRemoveConfounding(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	all := judge(t, 3, askedBy{0, nil}, askedBy{0, labelOfPace}, askedBy{5, nil})
	if j := all[0]; j.first < 50 || j.claimed < 90 || j.warned < 90 || j.doubted > 5 || j.noise > 8 {
		t.Errorf("without strata %+v", j)
	}
	if j := all[1]; j.first > 5 || j.claimed > 5 || j.found < 75 || j.noise > 8 || j.lift < 0.95 || j.lift > 1.05 || j.covered < 89 {
		t.Errorf("by label %+v", j)
	}
	if j := all[2]; j.first > 5 || j.claimed > 5 || j.found < 75 || j.noise > 8 || j.warned > 0 {
		t.Errorf("by mean interval %+v", j)
	}
}

// Where nothing drives customers away, nothing is said to.
func TestChurnEventsClaimNoNoise(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	if j := judge(t, 1, askedBy{0, labelOfPace})[0]; j.found > 5 || j.claimed > 5 || j.noise > 8 {
		t.Errorf("%+v", j)
	}
}

// Of label a 2 of 4 pauses with the event are lost and 1 of 2 others, of b 1 of 1 and 3 of 6,
// and c has none without it: by Mantel & Haenszel
//
//	(2·2/6 + 1·6/7) / (1·4/6 + 3·1/7) = (32/21) / (23/21) = 32/23
//
// and together (3+2)/(5+2) against 4/8.
func TestChurnEventsByWorkedOut(t *testing.T) {
	a := outcomeActivity(t)
	var events []cohort.Event[int64]
	label := make(map[int64]string)
	add := func(name string, customers, lost int, event bool) {
		for i := range customers {
			id := int64(len(label) + 1)
			label[id] = name
			days := []float64{0, 20}
			if i < lost {
				days = days[:1]
			}
			for _, day := range days {
				if err := a.Add(outcomeBuys(id, day, "1", "")); err != nil {
					t.Fatal(err)
				}
			}
			if event {
				events = append(events, churnEvent(id, 1, "late"))
			}
		}
	}
	add("a", 4, 2, true)
	add("a", 2, 1, false)
	add("b", 1, 1, true)
	add("b", 6, 3, false)
	add("c", 2, 2, true)
	cfg := cohort.ChurnEventConfig{ChurnConfig: cohort.ChurnConfig{AsOf: outcomeDay(45), Rule: cohort.ChurnRule{Silent: 30}}, Within: 5}
	r, err := a.ChurnEventsBy(cfg, clientele.All(events), func(id int64) string { return label[id] })
	if err != nil {
		t.Fatal(err)
	}
	late := r.Kinds[0]
	outcomeNear(t, "lift", late.Lift.Value, 32.0/23, 1e-15)
	outcomeNear(t, "lift of all", late.Crude.Value, 5.0/7/0.5, 1e-15)
	if late.Pauses != 7 || late.Compared != 5 || late.P != late.Adjusted || !(late.P > 0.4 && late.P <= 1) || len(r.Warnings) != 0 {
		t.Errorf("%+v", late)
	}
	var strata []string
	for _, s := range r.Strata {
		strata = append(strata, fmt.Sprint(s.Label, s.Pauses, s.Lost, s.LongerThan, s.UpTo, s.Rate.Value > 0))
	}
	if got := strings.Join(strata, "; "); got != "a6 3 0 0 true; b7 4 0 0 true; c2 2 0 0 true" {
		t.Error(got)
	}
	one, err := a.ChurnEvents(cfg, clientele.All(events))
	if err != nil || one.Kinds[0].Lift != late.Crude || one.Kinds[0].Crude != late.Crude || one.Kinds[0].Compared != 7 || one.Strata != nil {
		t.Errorf("without labels %+v, %v", one, err)
	}

	// Two of three pauses have no like ones.
	few := append(events[len(events)-2:], events[0])
	r, err = a.ChurnEventsBy(cfg, clientele.All(few), func(id int64) string { return label[id] })
	if err != nil {
		t.Fatal(err)
	}
	if w, ok := r.Warnings[0].(cohort.LiftWarning); !ok || w.Compared != 1 || w.Pauses != 3 || w.Within != nil || w.Kind != "late" {
		t.Errorf("%+v", r.Warnings)
	}
	var back cohort.ChurnEventReport
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &back); err != nil || outcomeJSON(t, back) != string(data) || back.Warnings[0] != r.Warnings[0] {
		t.Errorf("%s read as %+v, %v", data, back, err)
	}
}

// Classes of mean intervals hold equally many pauses, equal intervals share one, and pauses before a
// fourth day of purchases are in none.
func TestChurnEventClasses(t *testing.T) {
	a := outcomeActivity(t)
	for id := range int64(40) {
		gap := 6 + float64(id/10) // 6, 7, 8 or 9 days
		for i := range 8 {
			if err := a.Add(outcomeBuys(id, float64(i)*gap, "1", "")); err != nil {
				t.Fatal(err)
			}
		}
	}
	ask := func(classes int) *cohort.ChurnEventReport {
		cfg := cohort.ChurnEventConfig{ChurnConfig: cohort.ChurnConfig{AsOf: outcomeDay(100), Rule: cohort.ChurnRule{Silent: 20}}, Within: 5, IntervalClasses: classes}
		r, err := a.ChurnEvents(cfg, clientele.All([]cohort.Event[int64]{churnEvent(1, 50, "late")}))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for classes, want := range map[int]string{2: "[{0 7 100} {7 0 100}]", 4: "[{0 6 50} {6 7 50} {7 8 50} {8 0 50}]", 100: "[{0 6 50} {6 7 50} {7 8 50} {8 0 50}]", 1: "[]"} {
		type class struct {
			above, upTo float64
			pauses      int
		}
		got := []class{}
		r := ask(classes)
		for _, s := range r.Strata {
			got = append(got, class{s.LongerThan, s.UpTo, s.Pauses})
		}
		if fmt.Sprint(got) != want || classes > 1 && r.WithoutInterval != 3*40 {
			t.Errorf("%d classes: %v, want %s; %d without", classes, got, want, r.WithoutInterval)
		}
	}
}

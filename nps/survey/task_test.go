package survey_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

func TestFollowUp(t *testing.T) {
	all := survey.LoopConfig{CallBack: 48, AskWhy: 72, Invite: 168}
	for _, c := range []struct {
		name     string
		cfg      survey.LoopConfig
		score    int
		kind     survey.TaskKind
		attitude nps.Attitude
		hours    time.Duration // 0 = no task
	}{
		{"the worst", all, 0, survey.CallBack, nps.Detractor, 48},
		{"the best detractor", all, 6, survey.CallBack, nps.Detractor, 48},
		{"a passive", all, 7, survey.AskWhy, nps.Passive, 72},
		{"the best passive", all, 8, survey.AskWhy, nps.Passive, 72},
		{"a promoter", all, 9, survey.Invite, nps.Promoter, 168},
		{"passives left alone", loopCallsAndInvites(), 7, 0, 0, 0},
		{"detractors left alone", survey.LoopConfig{Invite: 1}, 6, 0, 0, 0},
		{"another scale", survey.LoopConfig{Scale: nps.CSATScale(), AskWhy: 24}, 3, survey.AskWhy, nps.Passive, 24},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := survey.Reply{Customer: "Ada", At: loopDay(1), Answer: c.score, Survey: "delivery", Comment: "late"}
			task, ok, err := survey.FollowUp(r, c.cfg)
			if err != nil || ok != (c.hours > 0) {
				t.Fatal(task, ok, err)
			}
			if !ok {
				if task != (survey.Task{}) {
					t.Fatal(task)
				}
				return
			}
			if task.Kind != c.kind || task.Attitude != c.attitude || !task.Due.Equal(r.At.Add(c.hours*time.Hour)) {
				t.Error(task)
			}
			if task.Customer != "Ada" || task.Answer != c.score || task.Survey != "delivery" || task.Comment != "late" || !task.At.Equal(r.At) || task.Priority != 0 {
				t.Error(task)
			}
		})
	}
}

// The id is what anybody can derive from the documented text, and depends on nothing
// else.
func TestFollowUpDerivesIDs(t *testing.T) {
	space := uuid.MustParse("5b1f7a52-7d0f-4c8e-9a39-0f6f4f6d8c11")
	cfg := survey.LoopConfig{CallBack: 48, Invite: 24, Space: space}
	base := survey.Reply{Customer: "Ada", At: time.Unix(1735812000, 0).UTC(), Answer: 3, Survey: "delivery"}
	id := func(r survey.Reply, cfg survey.LoopConfig) uuid.UUID {
		task, ok, err := survey.FollowUp(r, cfg)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		return task.ID
	}
	want := uuid.NewSHA1(space, []byte(`call back "delivery" "Ada" 1735812000000000000`))
	if got := id(base, cfg); got != want || got.Version() != 5 {
		t.Errorf("id is %v, want %v", got, want)
	}
	same := base
	same.Answer, same.Comment, same.At = 6, "late", base.At.In(time.FixedZone("", 3600))
	same.Value = new(decimal.NewFromInt(5))
	longer := cfg
	longer.CallBack, longer.Priorities = 24, []decimal.Decimal{decimal.NewFromInt(1)}
	if id(same, longer) != want {
		t.Error("a retry derives another id")
	}
	for name, change := range map[string]func(*survey.Reply, *survey.LoopConfig){
		"attitude":         func(r *survey.Reply, _ *survey.LoopConfig) { r.Answer = 9 },
		"moment":           func(r *survey.Reply, _ *survey.LoopConfig) { r.At = r.At.Add(1) },
		"customer":         func(r *survey.Reply, _ *survey.LoopConfig) { r.Customer = "Bob" },
		"survey":           func(r *survey.Reply, _ *survey.LoopConfig) { r.Survey = "" },
		"space":            func(_ *survey.Reply, c *survey.LoopConfig) { c.Space = uuid.UUID{} },
		"where names end":  func(r *survey.Reply, _ *survey.LoopConfig) { r.Survey, r.Customer = `delivery" "A`, "da" },
		"what is no UTF-8": func(r *survey.Reply, _ *survey.LoopConfig) { r.Customer = "Ada\xff" },
	} {
		r, c := base, cfg
		if change(&r, &c); id(r, c) == want {
			t.Errorf("another %s has the same id", name)
		}
	}
}

func TestFollowUpPriorities(t *testing.T) {
	cfg := survey.LoopConfig{CallBack: 48, Priorities: []decimal.Decimal{decimal.NewFromInt(1000), decimal.RequireFromString("99.90")}}
	var tasks []survey.Task
	for _, c := range []struct {
		name, value string // "" = not known
		day         int
		want        int
	}{
		{"most", "5000", 5, 1},
		{"just most", "1000", 4, 1},
		{"next", "999.99", 3, 2},
		{"just next", "99.9", 2, 2},
		{"rest", "99.89", 1, 3},
		{"debtor", "-1", 1, 3},
		{"unknown", "", 1, 0},
	} {
		r := loopReply(c.name, c.day, 2)
		if c.value != "" {
			r.Value = new(decimal.RequireFromString(c.value))
		}
		task, _, err := survey.FollowUp(r, cfg)
		if err != nil || task.Priority != c.want {
			t.Errorf("%s: priority %d, want %d: %v", c.name, task.Priority, c.want, err)
		}
		tasks = append(tasks, task)
	}
	slices.SortFunc(tasks, survey.Task.Compare)
	var names []string
	for _, task := range tasks {
		names = append(names, task.Customer)
	}
	if want := []string{"just most", "most", "just next", "next", "debtor", "rest", "unknown"}; !slices.Equal(names, want) {
		t.Error(names)
	}
	if tasks[0].Compare(tasks[0]) != 0 || tasks[1].Compare(tasks[0]) != 1 {
		t.Error("no order")
	}
}

func TestFollowUpRefuses(t *testing.T) {
	good := loopReply("Ada", 1, 3)
	for name, c := range map[string]struct {
		change func(*survey.Reply)
		field  string
		want   error
	}{
		"customer": {func(r *survey.Reply) { r.Customer = "" }, "Customer", clientele.ErrMissing},
		"no time":  {func(r *survey.Reply) { r.At = time.Time{} }, "At", clientele.ErrZeroTime},
		"far time": {func(r *survey.Reply) { r.At = noonOf(3000, 1, 1) }, "At", clientele.ErrTimeRange},
		"score":    {func(r *survey.Reply) { r.Answer = 11 }, "Answer", clientele.ErrRange},
		"negative": {func(r *survey.Reply) { r.Answer = -1 }, "Answer", clientele.ErrRange},
		"value":    {func(r *survey.Reply) { r.Value = new(decimal.New(1, 101)) }, "Value", clientele.ErrAmountRange},
	} {
		r := good
		c.change(&r)
		_, ok, err := survey.FollowUp(r, loopCallsAndInvites())
		in, is := errors.AsType[*clientele.InputError](err)
		if ok || !is || in.Op != "survey.FollowUp" || in.Index != -1 || in.Field != c.field || !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkFollowUp(b *testing.B) {
	r, cfg := loopReply("customer 4711", 1, 3), loopCallsAndInvites()
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := survey.FollowUp(r, cfg); err != nil {
			b.Fatal(err)
		}
	}
}

package survey_test

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

func TestFollow(t *testing.T) {
	all := survey.LoopConfig{CallBack: 48, AskWhy: 72, Invite: 168}
	for _, c := range []struct {
		name  string
		cfg   survey.LoopConfig
		score int
		kind  survey.TaskKind
		role  nps.Attitude
		hours time.Duration // 0 = no task
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
			if task.Kind != c.kind || task.Attitude != c.role || !task.Due.Equal(r.At.Add(c.hours*time.Hour)) {
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
func TestFollowDerivesIDs(t *testing.T) {
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
		"role":             func(r *survey.Reply, _ *survey.LoopConfig) { r.Answer = 9 },
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

func TestFollowPriorities(t *testing.T) {
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

func TestFollowRefuses(t *testing.T) {
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

func TestLoopConfigTellsAllFaults(t *testing.T) {
	one := decimal.NewFromInt(1)
	bad := survey.LoopConfig{
		Scale: nps.Scale{Min: 5, Max: 1}, CallBack: -1, Invite: math.MaxInt,
		Priorities: []decimal.Decimal{one, decimal.New(1, 200), one},
	}
	want := []string{"Scale", "CallBack", "Invite", "Priorities[1]", "Priorities[2]"}
	for name, err := range map[string]error{
		"validate": bad.Validate(),
		"follow":   func() error { _, _, err := survey.FollowUp(loopReply("Ada", 1, 3), bad); return err }(),
	} {
		if fields := faultFields(err); !slices.Equal(fields, want) {
			t.Errorf("%s: %v", name, fields)
		}
	}
	if err := (survey.LoopConfig{}).Validate(); !errors.Is(err, clientele.ErrConfig) || !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
	if err := loopCallsAndInvites().Validate(); err != nil {
		t.Error(err)
	}
}

// faultFields are the fields of all faults of a configuration.
func faultFields(err error) (fields []string) {
	if all, ok := errors.AsType[*clientele.ConfigError](err); ok {
		for _, fault := range all.Faults {
			if in, ok := errors.AsType[*clientele.InputError](fault); ok {
				fields = append(fields, in.Field)
			}
		}
	}
	return fields
}

func TestLoopJSON(t *testing.T) {
	cfg := survey.LoopConfig{CallBack: 48, Priorities: []decimal.Decimal{decimal.NewFromInt(500)}, Space: uuid.UUID{1}}
	data, err := json.Marshal(cfg)
	if want := `{"callBack":48,"priorities":["500"],"space":"01000000-0000-0000-0000-000000000000"}`; err != nil || string(data) != want {
		t.Fatal(string(data), err)
	}
	var read survey.LoopConfig
	if err := json.Unmarshal(data, &read); err != nil || !reflect.DeepEqual(read, cfg) {
		t.Error(read, err)
	}
	for _, bad := range []string{`{"callback":48,"other":1}`, `{"callBack":"48"}`, `[]`, `{"callBack":1.5}`} {
		if err := read.UnmarshalJSON([]byte(bad)); !errors.Is(err, clientele.ErrEncoding) || !reflect.DeepEqual(read, cfg) {
			t.Error(bad, err)
		}
	}
	task, _, err := survey.FollowUp(loopReply("Ada", 1, 3), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if data, err = json.Marshal(task); err != nil {
		t.Fatal(err)
	}
	var again survey.Task
	if err := json.Unmarshal(data, &again); err != nil || again != task {
		t.Error(again, err)
	}
	for kind, name := range map[survey.TaskKind]string{survey.CallBack: "call back", survey.AskWhy: "ask why", survey.Invite: "invite to refer"} {
		var read survey.TaskKind
		if err := read.UnmarshalText([]byte(name)); err != nil || read != kind || kind.String() != name {
			t.Error(name, read, err)
		}
	}
	if _, err := survey.TaskKind(9).MarshalText(); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	var kind survey.TaskKind
	if err := kind.UnmarshalText([]byte("Call back")); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
}

package survey_test

import (
	"errors"
	"iter"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/nps/survey"
	"pgregory.net/rapid"
)

// loopCase is worked out by hand. Calls are due two days after the answer, and the next
// answers counted 30 days more.
func loopCase() ([]survey.Reply, []survey.Contact) {
	call := func(customer string, day int) survey.Contact {
		return survey.Contact{Customer: customer, At: loopDay(day)}
	}
	replies := []survey.Reply{
		loopReply("Ada", 1, 3), loopReply("Ada", 20, 9), // called, recovered
		loopReply("Bob", 1, 0), loopReply("Bob", 20, 6), // called too late
		loopReply("Cyd", 1, 5),                          // called at the last moment, silent
		loopReply("Dan", 1, 6), loopReply("Dan", 20, 2), // never called
		loopReply("Eve", 1, 4), loopReply("Eve", 3, 10), loopReply("Eve", 33, 8), // called at once; the second is too early to be a next answer
		loopReply("Fay", 89, 1),                           // not yet due
		loopReply("Gus", 79, 2),                           // called; there is time for a next answer
		loopReply("Hal", -16, 0), loopReply("Hal", 5, 10), // the first is before the span
		loopReply("Ada", 92, 10), // after the end
	}
	contacts := []survey.Contact{
		call("Ada", 2), call("Bob", 5), call("Cyd", 3), call("Eve", 1), call("Fay", 90), call("Gus", 80),
		{Customer: "Hal", At: loopDay(8), Kind: survey.Invite},
		call("Ivy", 5), call("Ada", 0),
		{Customer: "Ada", At: loopDay(2), Kind: survey.AskWhy},
		call("Ada", 91),
	}
	return replies, contacts
}

func TestReportLoop(t *testing.T) {
	replies, contacts := loopCase()
	cfg := loopConfigOf(90)
	cfg.Since = loopDay(1)
	r := reportLoop(t, replies, contacts, cfg)
	if r.Outside != 1 || r.Later != 1 || len(r.Parts) != 2 || r.Config.Level != 0.95 {
		t.Fatalf("%+v", r)
	}
	if want := (survey.ContactCount{Counted: 7, Unasked: 2, Later: 1, NotInLoop: 1}); r.Contacts != want {
		t.Errorf("contacts are %+v, want %+v", r.Contacts, want)
	}
	calls, invites := r.Parts[0], r.Parts[1]
	for _, c := range []struct {
		name string
		part survey.LoopPart
		want [7]int // tasks, in time, late, never, open, watching, and the kind
	}{
		{"calls", calls, [7]int{8, 4, 1, 3, 1, 2, int(survey.CallBack)}},
		{"invitations", invites, [7]int{3, 1, 0, 2, 0, 0, int(survey.Invite)}},
	} {
		p := c.part
		if got := [7]int{p.Tasks, p.InTime, p.Late, p.Never, p.Open, p.Watching, int(p.Kind)}; got != c.want {
			t.Errorf("%s are %v, want %v", c.name, got, c.want)
		}
	}
	for _, c := range []struct {
		name  string
		group survey.LoopGroup
		want  [4]int // customers, answers, better, worse
	}{
		{"called", calls.Reached, [4]int{3, 2, 2, 0}},
		{"not called in time", calls.Missed, [4]int{2, 2, 1, 1}},
		{"invited", invites.Reached, [4]int{1, 0, 0, 0}},
		{"not invited", invites.Missed, [4]int{2, 1, 0, 1}},
	} {
		g := c.group
		if got := [4]int{g.Customers, int(g.Again.N()), g.Better, g.Worse}; got != c.want {
			t.Errorf("%s are %v, want %v", c.name, got, c.want)
		}
	}

	loopNear(t, "share", calls.Share.Value, 0.5)
	// Wilson: 1/2 ± z·sqrt(n/4 + z²/4)/(n + z²) = 1/2 ± z/(2 sqrt(n + z²)).
	const z = 1.959963984540054
	loopNear(t, "upper end of the share", calls.Share.Hi, 0.5+z/(2*math.Sqrt(8+z*z)))
	loopNear(t, "recovered", calls.Reached.Recovered.Value, 1)
	loopNear(t, "recovered without a call", calls.Missed.Recovered.Value, 0)
	loopNear(t, "change", calls.Reached.Change.Value, 150) // from -100 to 50
	later := verify.Must(calls.Reached.Again.Interval(nps.AdjustedT, 0))
	loopNear(t, "lower end of the change", calls.Reached.Change.Lo, later.Lo+100)
	loopNear(t, "upper end of the change", calls.Reached.Change.Hi, later.Hi+100)
	loopNear(t, "change without a call", calls.Missed.Change.Value, 0)
	if want := verify.Must(nps.Compare(calls.Missed.Again, calls.Reached.Again, nps.CompareConfig{})); *calls.Effect != want || want.Difference.Value != 150 {
		t.Error(*calls.Effect, want)
	}
	if invites.Reached.Change != nil || invites.Reached.Recovered != nil || invites.Missed.Recovered != nil || invites.Effect != nil {
		t.Errorf("%+v", invites)
	}
	loopNear(t, "change of promoters", invites.Missed.Change.Value, -100)
}

// A contact counts to the nanosecond of the deadline, and a task from it on.
func TestReportLoopAtTheDeadline(t *testing.T) {
	reply := []survey.Reply{loopReply("Ada", 1, 3)}
	call := survey.Contact{Customer: "Ada", At: loopDay(3)}
	cfg := loopConfigOf(3)
	if p := reportLoop(t, reply, []survey.Contact{call}, cfg).Parts[0]; p.Tasks != 1 || p.InTime != 1 || p.Watching != 1 {
		t.Errorf("%+v", p)
	}
	call.At, cfg.AsOf = call.At.Add(1), cfg.AsOf.Add(1)
	if p := reportLoop(t, reply, []survey.Contact{call}, cfg).Parts[0]; p.Late != 1 {
		t.Errorf("%+v", p)
	}
	cfg.AsOf = loopDay(3).Add(-1)
	_, err := survey.ReportLoop(clientele.All(reply), clientele.All([]survey.Contact(nil)), cfg)
	if !errors.Is(err, clientele.ErrEmpty) {
		t.Error(err)
	}
	cfg.AsOf = loopDay(33) // due + 30 days
	if p := reportLoop(t, reply, nil, cfg).Parts[0]; p.Watching != 0 || p.Missed.Customers != 1 {
		t.Errorf("%+v", p)
	}
}

func TestReportLoopRefuses(t *testing.T) {
	replies, contacts := loopCase()
	report := func(replies []survey.Reply, contacts []survey.Contact) error {
		_, err := survey.ReportLoop(clientele.All(replies), clientele.All(contacts), loopConfigOf(90))
		return err
	}
	boom := errors.New("boom")
	failing := func(yield func(survey.Contact, error) bool) {
		_ = yield(contacts[0], nil) && yield(survey.Contact{}, boom)
	}
	_, source := survey.ReportLoop(clientele.All(replies), failing, loopConfigOf(90))
	for name, c := range map[string]struct {
		err   error
		index int
		want  error
	}{
		"reply":           {report(append(replies[:2:2], survey.Reply{}), contacts), 2, clientele.ErrMissing},
		"the same moment": {report(append(replies[:3:3], loopReply("Ada", 1, 9)), contacts), 3, clientele.ErrDuplicate},
		"customer":        {report(replies, append(contacts[:1:1], survey.Contact{At: loopDay(1)})), 1, clientele.ErrMissing},
		"time":            {report(replies, []survey.Contact{{Customer: "Ada"}}), 0, clientele.ErrZeroTime},
		"kind":            {report(replies, []survey.Contact{{Customer: "Ada", At: loopDay(1), Kind: 9}}), 0, clientele.ErrUnknown},
		"source":          {source, 1, boom},
		"no replies":      {report(nil, contacts), -1, clientele.ErrEmpty},
	} {
		in, ok := errors.AsType[*clientele.InputError](c.err)
		if !ok || in.Op != "survey.ReportLoop" || in.Index != c.index || !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	bad := survey.LoopReportConfig{Since: loopDay(2), Until: loopDay(2), Level: 1}
	_, err := survey.ReportLoop(nil, nil, bad)
	if fields, want := faultFields(err), []string{"Loop.CallBack", "AsOf", "Until", "Again", "Level", "replies", "contacts"}; !slices.Equal(fields, want) {
		t.Error(fields)
	}
	bad = loopConfigOf(90)
	bad.Again, bad.Since, bad.Until, bad.Level = -1, noonOf(3000, 1, 1), noonOf(1, 1, 2), math.NaN()
	_, err = survey.ReportLoop(clientele.All(replies), clientele.All(contacts), bad)
	if fields, want := faultFields(err), []string{"Since", "Until", "Again", "Level"}; !slices.Equal(fields, want) {
		t.Error(fields)
	}
}

// Invariant: no result depends on the order of the sources, everything that was read is
// counted once, and estimates are in order and in their range.
func TestReportLoopLaws(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		replies, contacts := drawReplies(rt), rapid.SliceOfN(drawContact, 0, 40).Draw(rt, "contacts")
		cfg := loopConfigOf(rapid.IntRange(1, 250).Draw(rt, "asOf"))
		cfg.Loop.AskWhy = survey.Hours(rapid.SampledFrom([]int{0, 24}).Draw(rt, "ask why"))
		r, err := survey.ReportLoop(clientele.All(replies), clientele.All(contacts), cfg)
		if errors.Is(err, clientele.ErrEmpty) {
			return
		}
		other := reportLoop(t, rapid.Permutation(replies).Draw(rt, "order"), rapid.Permutation(contacts).Draw(rt, "order"), cfg)
		if err != nil || !reflect.DeepEqual(r, other) {
			rt.Fatal(r, other, err)
		}
		if c := r.Contacts; c.Counted+c.Unasked+c.Later+c.NotInLoop != len(contacts) {
			rt.Fatal(c, len(contacts))
		}
		tasks := r.Outside + r.Later
		for _, p := range r.Parts {
			tasks += p.Tasks + p.Open
			reached, reasons := p.InTime+p.Late, p.NoReason
			for _, r := range p.Reasons {
				reasons += r.Tasks
				loopOrdered(rt, "share of a reason", &r.Share, 0, 1)
			}
			if o := p.Outcomes; o.Resolved+o.Unresolved+o.NotRecorded != reached || reasons != reached+p.NotReached {
				rt.Fatal(p)
			}
			loopOrdered(rt, "share of the resolved", p.Outcomes.Share, 0, 1)
			if p.Tasks != p.InTime+p.Late+p.NotReached+p.Never || p.Reached.Customers+p.Missed.Customers > p.Tasks || p.Reached.Customers > p.InTime {
				rt.Fatal(p)
			}
			loopOrdered(rt, "share", p.Share, 0, 1)
			for _, g := range []survey.LoopGroup{p.Reached, p.Missed} {
				if n := int(g.Again.N()); n > g.Customers || g.Better+g.Worse > n {
					rt.Fatal(g)
				}
				loopOrdered(rt, "recovered", g.Recovered, 0, 1)
				from := 100 * float64(int(p.Kind)-1)
				loopOrdered(rt, "change", g.Change, -100-from, 100-from)
			}
		}
		if tasks > len(replies) || cfg.Loop.AskWhy > 0 && tasks != len(replies) {
			rt.Fatal(tasks, len(replies))
		}
	})
}

// Invariant: one more contact never makes fewer tasks done in time.
func TestReportLoopContactsHelp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		replies, contacts := drawReplies(rt), rapid.SliceOfN(drawContact, 1, 20).Draw(rt, "contacts")
		cfg := loopConfigOf(250)
		cfg.Loop.AskWhy = 24
		fewer, more := reportLoop(t, replies, contacts[1:], cfg), reportLoop(t, replies, contacts, cfg)
		for i, p := range fewer.Parts {
			if more.Parts[i].InTime < p.InTime || more.Parts[i].Never > p.Never || more.Parts[i].Tasks != p.Tasks {
				rt.Fatal(p, more.Parts[i])
			}
		}
	})
}

// Where calls change nothing, detractors still answer higher the next time, since they
// were chosen by a low answer; the effect is not misled by that, and covers 0 about as
// often as it says.
func TestReportLoopIsNotMisledByRegression(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 5))
	const runs, customers = 400, 150
	covered, change := 0, 0.0
	for range runs {
		var replies []survey.Reply
		var contacts []survey.Contact
		for i := range customers {
			who, mood := string(rune('a'+i)), rng.Float64() // of the customer, always
			answer := func() int { return min(max(int(11*mood)+rng.IntN(7)-3, 0), 10) }
			replies = append(replies, loopReply(who, 1, answer()), loopReply(who, 10+rng.IntN(20), answer()))
			if rng.IntN(2) == 0 {
				contacts = append(contacts, survey.Contact{Customer: who, At: loopDay(2)})
			}
		}
		cfg := loopConfigOf(90)
		cfg.Until = loopDay(2)
		calls := reportLoop(t, replies, contacts, cfg).Parts[0]
		change += calls.Missed.Change.Value / runs
		if calls.Effect.Difference.Contains(0) {
			covered++
		}
	}
	if change < 10 {
		t.Errorf("without a call they changed by %.1f points", change)
	}
	if share := float64(covered) / runs; math.Abs(share-0.95) > 4*math.Sqrt(0.95*0.05/runs) {
		t.Errorf("covered in %.3f of all cases", share)
	}
}

// loopBase are many customers with three replies and some calls.
func loopBase(n int) (iter.Seq2[survey.Reply, error], iter.Seq2[survey.Contact, error]) {
	rng := rand.New(rand.NewPCG(1, 2))
	replies, contacts := make([]survey.Reply, 0, n), make([]survey.Contact, 0, n/3)
	for i := range n / 3 {
		who := "customer " + string(rune(0x10000+i))
		for q := range 3 {
			replies = append(replies, loopReply(who, 1+90*q+rng.IntN(20), rng.IntN(11)))
		}
		contacts = append(contacts, survey.Contact{Customer: who, At: replies[3*i].At.Add(survey.Hours(rng.IntN(96)).Duration())})
	}
	return clientele.All(replies), clientele.All(contacts)
}

func BenchmarkReportLoop(b *testing.B) {
	const n = 300_000
	replies, contacts := loopBase(n)
	cfg := loopConfigOf(400)
	cfg.Again = 100
	for b.Loop() {
		verify.Must(survey.ReportLoop(replies, contacts, cfg))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/reply")
}

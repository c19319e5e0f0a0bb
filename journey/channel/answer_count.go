package channel

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/journey"
)

// answerCount counts conversations.
type answerCount struct {
	report   AnswerReport
	zone     *time.Location
	all      answered
	channels map[string]*channelAnswers
	hours    [24]answered
}

// answered is a group with the times of its answers.
type answered struct {
	AnswerGroup
	waits []time.Duration
}

// channelAnswers is the conversations that were asked in one channel, of all hours and of each.
type channelAnswers struct {
	answered
	hours [24]answered
}

func newAnswerCount(cfg AnswerConfig, zone *time.Location) *answerCount {
	return &answerCount{report: AnswerReport{Config: cfg}, zone: zone, channels: make(map[string]*channelAnswers)}
}

// add counts the conversations of a person.
func (c *answerCount) add(t *journey.Timeline) {
	talks := make(map[string][]*journey.Touch)
	for i := range t.Touches {
		touch := &t.Touches[i]
		switch {
		case touch.At.After(c.report.Config.AsOf):
			c.report.Later++
		case touch.Conversation == "":
			c.report.WithoutConversation++
		default:
			talks[touch.Conversation] = append(talks[touch.Conversation], touch)
		}
	}
	for _, talk := range talks { // counts do not depend on the order
		c.conversation(talk)
	}
}

// conversation counts a conversation.
func (c *answerCount) conversation(talk []*journey.Touch) {
	c.ended(talk)
	asked := slices.IndexFunc(talk, func(t *journey.Touch) bool { return t.By == journey.Customer })
	if asked < 0 {
		return
	}
	question, answer := talk[asked], (*journey.Touch)(nil)
	for _, t := range talk[asked+1:] {
		if t.By == journey.Company {
			answer = t
			break
		}
	}
	in := c.channels[question.Channel]
	if in == nil {
		in = new(channelAnswers)
		in.Channel = strings.Clone(question.Channel)
		c.channels[in.Channel] = in
	}
	hour := question.At.In(c.zone).Hour()
	c.hours[hour].Hour, in.hours[hour].Hour, in.hours[hour].Channel = hour, hour, in.Channel
	for _, g := range []*answered{&c.all, &in.answered, &c.hours[hour], &in.hours[hour]} {
		g.count(question.At, answer, &c.report.Config)
	}
}

// ended counts a conversation that has ended, and whether staff took part.
func (c *answerCount) ended(talk []*journey.Touch) {
	last := talk[0].End()
	for _, t := range talk {
		if end := t.End(); end.After(last) {
			last = end
		}
	}
	if c.report.Config.AsOf.Sub(last) < c.report.Config.Quiet.Duration() {
		c.report.Ongoing++
		return
	}
	c.report.Conversations++
	if !slices.ContainsFunc(talk, func(t *journey.Touch) bool { return t.Staff != "" }) {
		c.report.WithoutStaff++
	}
}

// count counts a question and its answer, which may be nil.
func (g *answered) count(asked time.Time, answer *journey.Touch, cfg *AnswerConfig) {
	g.Asked++
	within := cfg.Within.Duration()
	if answer == nil {
		if cfg.AsOf.Sub(asked) <= within {
			g.Open++
		} else {
			g.Unanswered++
		}
		return
	}
	wait := answer.At.Sub(asked)
	g.waits = append(g.waits, wait)
	if wait <= within {
		g.InTime++
	} else {
		g.Late++
	}
}

// finish completes the report.
func (c *answerCount) finish() *AnswerReport {
	r := &c.report
	level := r.Config.Level
	r.All = c.all.group(level)
	r.Hours = appendHours(r.Hours, &c.hours, level)
	for _, name := range slices.Sorted(maps.Keys(c.channels)) {
		in := c.channels[name]
		r.Channels = append(r.Channels, in.group(level))
		r.ChannelHours = appendHours(r.ChannelHours, &in.hours, level)
	}
	r.SelfService = interval.Share(r.WithoutStaff, r.Conversations, level)
	return r
}

// appendHours appends the hours that occur.
func appendHours(groups []AnswerGroup, hours *[24]answered, level float64) []AnswerGroup {
	for i := range hours {
		if hours[i].Asked > 0 {
			groups = append(groups, hours[i].group(level))
		}
	}
	return groups
}

// group completes a group.
func (g *answered) group(level float64) AnswerGroup {
	g.Share = interval.Share(g.InTime, g.Asked-g.Open, level)
	if n := len(g.waits); n > 0 {
		slices.Sort(g.waits)
		g.Median, g.Q90 = new(g.waits[(n-1)/2]), new(g.waits[(9*n-1)/10])
	}
	return g.AnswerGroup
}

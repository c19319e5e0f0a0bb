package channel_test

import (
	"testing"
	"time"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/channel"
)

// touch is a contact at an hour from the beginning of a day.
func touch(hour int, through string, change func(*journey.Touch)) journey.Touch {
	t := journey.Touch{Touchpoint: "contact", Channel: through, At: time.Date(2025, 3, 3, hour, 0, 0, 0, time.UTC)}
	if change != nil {
		change(&t)
	}
	return t
}

// conversation puts a touch into a talk that a member of staff leads.
func conversation(id, staff string) func(*journey.Touch) {
	return func(t *journey.Touch) { t.Conversation, t.Staff, t.By = id, staff, journey.Company }
}

// look is a recorded look at the profile.
func look(hour int) journey.Touch {
	t := touch(hour, "crm", nil)
	t.Touchpoint = "profile viewed"
	return t
}

// Stories of what customers meet, each with the level that a reader would give it.
func TestStories(t *testing.T) {
	for _, row := range []struct {
		name    string
		touches []journey.Touch
		level   channel.Integration
	}{
		{"a door ordered, delivered and followed up by telephone", []journey.Touch{
			touch(9, "telephone", nil), touch(50, "telephone", nil), touch(90, "telephone", nil),
		}, channel.Single},
		{"a chat asks for an e-mail address and the mail starts anew", []journey.Touch{
			touch(9, "chat", conversation("chat 1", "bot")), touch(10, "email", conversation("mail 1", "Olga")),
		}, channel.Multi},
		{"an advertisement in search, one in a social network, the purchase", []journey.Touch{
			touch(9, "search", nil), touch(30, "social", nil), touch(50, "shop", nil),
		}, channel.Cross},
		{"a second operator goes on with the talk of the first", []journey.Touch{
			touch(9, "telephone", conversation("case 1", "Olga")), touch(10, "telephone", conversation("case 1", "Ivan")),
		}, channel.Omni},
		{"a second operator starts anew", []journey.Touch{
			touch(9, "telephone", conversation("case 1", "Olga")), touch(10, "telephone", conversation("case 2", "Ivan")),
		}, channel.Single},
		{"a case goes from e-mail to telephone to messenger without a question asked twice", []journey.Touch{
			touch(9, "email", conversation("case 1", "Olga")), touch(10, "telephone", conversation("case 1", "Ivan")), touch(12, "messenger", conversation("case 1", "Olga")),
		}, channel.Omni},
		{"the operator looked at the profile before the answer", []journey.Touch{
			touch(9, "chat", conversation("chat 1", "bot")), look(10), touch(11, "telephone", conversation("call 1", "Olga")),
		}, channel.Omni},
		{"the operator looked while the customer was waiting", []journey.Touch{
			touch(9, "chat", conversation("chat 1", "bot")), touch(10, "telephone", func(t *journey.Touch) { t.By, t.Conversation = journey.Customer, "call 1" }),
			look(11), touch(12, "telephone", conversation("call 1", "Olga")),
		}, channel.Omni},
		{"the operator looked too late", []journey.Touch{
			touch(9, "chat", conversation("chat 1", "bot")), touch(11, "telephone", conversation("call 1", "Olga")), look(12),
		}, channel.Multi},
		{"one hand-off of two was broken", []journey.Touch{
			touch(9, "email", conversation("case 1", "Olga")), touch(10, "telephone", conversation("case 1", "Ivan")), touch(12, "chat", conversation("chat 1", "bot")),
		}, channel.Multi},
		{"two channels a year apart", []journey.Touch{touch(9, "email", nil), touch(9+24*365, "shop", nil)}, channel.Multi},
	} {
		t.Run(row.name, func(t *testing.T) {
			cfg := channel.Config{Looks: []string{"profile viewed"}}
			level, ok, err := cfg.IntegrationOf(journey.Timeline{Profile: "1", Touches: row.touches})
			if err != nil || !ok || level != row.level {
				t.Errorf("%v %v %v, want %v", level, ok, err, row.level)
			}
		})
	}
}

// The same message by two channels within a week is a repetition; by one channel, or later,
// it is not.
func TestRepeats(t *testing.T) {
	sale := func(t *journey.Touch) { t.By, t.Labels = journey.Company, map[string]string{"message": "sale"} }
	report := verify.Must(channel.Measure(source(
		journey.Timeline{Profile: "1", Touches: []journey.Touch{touch(9, "sms", sale), touch(10, "email", sale), touch(11, "email", sale), touch(11+24*8, "sms", sale)}},
		journey.Timeline{Profile: "2", Touches: []journey.Touch{touch(9, "sms", sale), touch(10, "email", sale)}},
		journey.Timeline{Profile: "3", Touches: []journey.Touch{touch(9, "sms", sale), touch(9, "", nil)}},
	), channel.Config{}))
	if len(report.Repeats) != 1 || report.Repeats[0] != (channel.Repeat{Message: "sale", From: "sms", To: "email", Count: 2}) {
		t.Errorf("%+v", report.Repeats)
	}
	if report.People != 3 || report.WithoutChannel != 1 || report.Several.Value != 2./3 || report.HandedOff != 2 || report.AllShared != 0 {
		t.Errorf("%+v", report)
	}
}

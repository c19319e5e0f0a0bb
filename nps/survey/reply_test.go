package survey_test

import (
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps/survey"
)

// An answer off the standard scale is told that scale, also where the zero one stands
// for it.
func TestRepliesAreToldTheScale(t *testing.T) {
	asOf := noonOf(2024, 4, 1)
	replies := clientele.All([]survey.Reply{{Customer: "Ada", At: asOf, Answer: 11}})
	_, wordOfMouth := survey.WordOfMouth(replies, clientele.All([]survey.Referral{}), survey.WordOfMouthConfig{AsOf: asOf, Within: 30})
	_, loop := survey.ReportLoop(replies, clientele.All([]survey.Contact{}), survey.LoopReportConfig{Loop: survey.LoopConfig{CallBack: 24}, AsOf: asOf, Again: 30})
	for _, err := range []error{wordOfMouth, loop} {
		if err == nil || !strings.Contains(err.Error(), "off the scale: want a whole number from 0 to 10") {
			t.Error(err)
		}
	}
}

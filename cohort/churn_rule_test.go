package cohort_test

import (
	"encoding/json"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

func TestChurnRuleJSON(t *testing.T) {
	var rule cohort.ChurnRule
	if err := json.Unmarshal([]byte(`{"silent":90,"intervals":3,"minSilent":30}`), &rule); err != nil || rule != (cohort.ChurnRule{90, 3, 30}) {
		t.Errorf("%+v, %v", rule, err)
	}
	if text := outcomeJSON(t, cohort.ChurnRule{Silent: 90}); text != `{"silent":90}` {
		t.Error(text)
	}
	err := json.Unmarshal([]byte(`{"silence":90}`), &rule)
	outcomeFault(t, err, -1, "silence", clientele.ErrEncoding)
	if rule.Silent != 90 {
		t.Error("a rule that was refused has changed the receiver")
	}
	text := outcomeJSON(t, cohort.ChurnEventConfig{ChurnConfig: churnMonthly, Within: 5})
	var cfg cohort.ChurnEventConfig
	if err := json.Unmarshal([]byte(text), &cfg); err != nil || outcomeJSON(t, cfg) != text || cfg.Within != 5 || cfg.Rule.Silent != 30 {
		t.Errorf("%s, %v", text, err)
	}
}

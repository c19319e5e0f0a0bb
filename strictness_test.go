package clientele_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/channel"
	"github.com/clientele-go/clientele/journey/funnel"
	"github.com/clientele-go/clientele/journey/identity"
	"github.com/clientele-go/clientele/journey/review"
	"github.com/clientele-go/clientele/journey/sales"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/account"
	"github.com/clientele-go/clientele/ltv/basket"
	"github.com/clientele-go/clientele/ltv/price"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/clientele-go/clientele/rfm"
)

// storedTypes are the configurations and policies that hosts store as JSON.
var storedTypes = []any{
	clientele.Calendar{},
	clientele.DealRule{},
	rfm.Config{},
	rfm.DiagnoseConfig{},
	rfm.Plan{},
	rfm.Rule{},
	rfm.Scale{},
	ltv.CovariateConfig{},
	ltv.FitConfig{},
	ltv.ForecastConfig{},
	ltv.SummaryConfig{},
	ltv.TrackConfig{},
	ltv.ValidateConfig{},
	account.Config{},
	account.PageConfig{},
	account.DealNumberConfig{},
	account.TenureConfig{},
	account.TierRules{},
	basket.AffinityConfig{},
	basket.AssortmentConfig{},
	basket.BestsellerConfig{},
	basket.BundleConfig{},
	basket.Config{},
	basket.FollowsConfig{},
	price.Config{},
	cohort.ChurnConfig{},
	cohort.ChurnEventConfig{},
	cohort.ChurnRule{},
	cohort.CompareConfig{},
	cohort.ContactConfig{},
	cohort.LadderConfig{},
	cohort.LifecycleConfig{},
	cohort.OutcomeConfig{},
	cohort.PartConfig{},
	cohort.RepeatConfig{},
	cohort.SpellConfig{},
	cohort.TriangleConfig{},
	survival.Config{},
	nps.ChangeConfig{},
	nps.CompareAllConfig{},
	nps.CompareConfig{},
	nps.DriverConfig{},
	nps.PanelConfig{},
	nps.RakeConfig{},
	nps.Scale{},
	nps.TrendConfig{},
	survey.InvitationConfig{},
	survey.LoopConfig{},
	survey.LoopReportConfig{},
	survey.Policy{},
	survey.WordOfMouthConfig{},
	channel.AnswerConfig{},
	channel.Config{},
	channel.OnlineConfig{},
	journey.AuditConfig{},
	journey.FactPolicy{},
	journey.FactRule{},
	journey.Map{},
	review.Config{},
	review.Scale{},
	review.ShiftConfig{},
	funnel.Config{},
	funnel.Funnel{},
	sales.Config{},
	identity.Rules{},
	identity.Kind{},
	identity.Block{},
	identity.Dates{},
}

// Invariant: what hosts store refuses an unknown key, a key given twice and a value of a
// wrong type, each under its path.
func TestStoredTypesAreStrict(t *testing.T) {
	for _, stored := range storedTypes {
		kind := reflect.TypeOf(stored)
		t.Run(kind.String(), func(t *testing.T) {
			refuses(t, kind, `{"zzz":1}`, "zzz", "unknown key")
			for _, f := range reflect.VisibleFields(kind) {
				key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
				if key == "" || key == "-" {
					continue
				}
				refuses(t, kind, fmt.Sprintf(`{%q:null,%[1]q:null}`, key), key, "key given twice")
				if f.Type.Kind() != reflect.Map {
					refuses(t, kind, fmt.Sprintf(`{%q:{"zzz":1}}`, key), key, "")
				}
			}
		})
	}
}

// refuses checks that a type does not read a document, and says so at a path or below it,
// for a reason unless that is "".
func refuses(t *testing.T, kind reflect.Type, document, at, reason string) {
	t.Helper()
	err := json.Unmarshal([]byte(document), reflect.New(kind).Interface())
	in, ok := err.(*clientele.InputError)
	if !ok || in.Field != at && !strings.HasPrefix(in.Field, at+".") || reason != "" && in.Reason() != reason {
		t.Errorf("%s: error is %v, want one at %s %s", document, err, at, reason)
	}
}

var storedNames = regexp.MustCompile(`(Config|Policy|Plan|Rules|Rule)$|^Scale$`)

// Invariant: the list of stored types has all that are named like one.
func TestStoredTypesAreAll(t *testing.T) {
	var listed []string
	for _, stored := range storedTypes {
		kind := reflect.TypeOf(stored)
		listed = append(listed, strings.TrimPrefix(kind.PkgPath()+"."+kind.Name(), module))
	}
	for _, file := range sourceFiles(t) {
		if !file.isPublic() {
			continue
		}
		for name, s := range structsOf(file) {
			full := path.Join("/", file.folder()) + "." + name
			if file.folder() == "." {
				full = "." + name
			}
			if storedNames.MatchString(name) && hasTags(s) && !slices.Contains(listed, full) {
				t.Errorf("%s is not in the list of stored types", full)
			}
		}
	}
}

// structsOf returns the exported structs of a file by name.
func structsOf(file sourceFile) map[string]*ast.StructType {
	found := make(map[string]*ast.StructType)
	ast.Inspect(file.File, func(n ast.Node) bool {
		if spec, ok := n.(*ast.TypeSpec); ok && spec.Name.IsExported() {
			if s, ok := spec.Type.(*ast.StructType); ok {
				found[spec.Name.Name] = s
			}
		}
		return true
	})
	return found
}

// hasTags reports whether a field of a struct has a JSON key.
func hasTags(s *ast.StructType) bool {
	return slices.ContainsFunc(s.Fields.List, func(f *ast.Field) bool { return f.Tag != nil && strings.Contains(f.Tag.Value, `json:"`) })
}

package clientele_test

import (
	"encoding/json"
	"go/ast"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/channel"
	"github.com/clientele-go/clientele/journey/funnel"
	"github.com/clientele-go/clientele/journey/identity"
	journeypath "github.com/clientele-go/clientele/journey/path"
	"github.com/clientele-go/clientele/journey/review"
	"github.com/clientele-go/clientele/journey/sales"
	"github.com/clientele-go/clientele/journey/xes"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/account"
	"github.com/clientele-go/clientele/ltv/basket"
	"github.com/clientele-go/clientele/ltv/contract"
	"github.com/clientele-go/clientele/ltv/lever"
	"github.com/clientele-go/clientele/ltv/price"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/clientele-go/clientele/rfm"
)

// zeroValues are zero values of all exported types with methods.
var zeroValues = []any{
	new(clientele.Adjustment),
	new(clientele.Calendar),
	new(clientele.ConfigError),
	new(clientele.Days),
	new(clientele.DealRule),
	new(clientele.Deal[int64]),
	new(clientele.Estimate),
	new(clientele.InputError),
	new(clientele.Line),
	new(clientele.Periods),
	new(clientele.PriceBook),
	new(clientele.PriceRanks),
	new(clientele.Purchase[int64]),
	new(clientele.Receipt[int64]),
	new(clientele.Role),
	new(clientele.Roster[int64]),
	new(clientele.Unit),
	new(rfm.Base[int64]),
	new(rfm.Box),
	new(rfm.Causes),
	new(rfm.Config),
	new(rfm.Cuts),
	new(rfm.DayCount),
	new(rfm.DiagnoseConfig),
	new(rfm.Diagnosis),
	new(rfm.Direction),
	new(rfm.Explanation),
	new(rfm.Facts),
	new(rfm.FrequencyKind),
	new(rfm.History),
	new(rfm.LevelWarning),
	new(rfm.Levels),
	new(rfm.Map),
	new(rfm.MapError),
	new(rfm.Measure),
	new(rfm.Metric),
	new(rfm.MonetaryKind),
	new(rfm.Move[int64]),
	new(rfm.Movement[int64]),
	new(rfm.Plan),
	new(rfm.Range),
	new(rfm.ReachWarning),
	new(rfm.RecencyKind),
	new(rfm.Report),
	new(rfm.Rule),
	new(rfm.RuleKind),
	new(rfm.Scale),
	new(rfm.Scales),
	new(rfm.Score),
	new(rfm.Segment),
	new(rfm.Standing),
	new(rfm.State[int64]),
	new(rfm.Table[int64]),
	new(rfm.Values),
	new(rfm.Weights),
	new(ltv.BGBB),
	new(ltv.BGCNBD),
	new(ltv.BGNBD),
	new(ltv.Compared),
	new(ltv.Comparison),
	new(ltv.CovariateConfig),
	new(ltv.Covariates),
	new(ltv.Design),
	new(ltv.Discount),
	new(ltv.Equity),
	new(ltv.FitConfig),
	new(ltv.FittedCovariates[ltv.BGNBD]),
	new(ltv.Fitted[ltv.BGNBD]),
	new(ltv.ForecastConfig),
	new(ltv.Forecaster),
	new(ltv.GGomNBD),
	new(ltv.GammaGamma),
	new(ltv.History),
	new(ltv.MBGCNBD),
	new(ltv.MBGNBD),
	new(ltv.NBD),
	new(ltv.Newcomer),
	new(ltv.Outlook),
	new(ltv.ParetoNBD),
	new(ltv.Prior),
	new(ltv.RegularityMethod),
	new(ltv.Sample),
	new(ltv.Span),
	new(ltv.Summaries[int64]),
	new(ltv.Summary),
	new(ltv.SummaryConfig),
	new(ltv.TrackConfig),
	new(ltv.Tracking),
	new(ltv.ValidateConfig),
	new(ltv.Warning),
	new(account.Account),
	new(account.Accounts[int64]),
	new(account.CalendarWarning),
	new(account.Campaign),
	new(account.CategorySales),
	new(account.Config),
	new(account.DealNumberConfig),
	new(account.DealNumberReport),
	new(account.Jobs[int64]),
	new(account.PageConfig),
	new(account.TenureConfig),
	new(account.TenureReport),
	new(account.Tier),
	new(account.TierRules),
	new(basket.AffinityConfig),
	new(basket.AffinityGroup),
	new(basket.AssortmentConfig),
	new(basket.Assortment[int64]),
	new(basket.Baskets[int64]),
	new(basket.BestsellerConfig),
	new(basket.BundleConfig),
	new(basket.CategoryShare),
	new(basket.Config),
	new(basket.Follows[int64]),
	new(basket.FollowsConfig),
	new(basket.ItemKind),
	new(basket.SalesMeasure),
	new(contract.BdW),
	new(contract.SBG),
	new(contract.Tenures),
	new(lever.Chain),
	new(lever.Effect),
	new(lever.Lever),
	new(lever.Rates),
	new(lever.RetentionChange),
	new(lever.RetentionValue),
	new(lever.SimpleValue),
	new(lever.Totals),
	new(price.Acceptance),
	new(price.Config),
	new(cohort.Activity[int64]),
	new(cohort.Bracket),
	new(cohort.ChurnConfig),
	new(cohort.ChurnEventConfig),
	new(cohort.ChurnEventReport),
	new(cohort.ChurnRule),
	new(cohort.CompareConfig),
	new(cohort.Comparison),
	new(cohort.ContactConfig),
	new(cohort.Decomposition),
	new(cohort.Entry),
	new(cohort.Grouping),
	new(cohort.History),
	new(cohort.KeySource),
	new(cohort.LadderConfig),
	new(cohort.LifecycleConfig),
	new(cohort.LiftWarning),
	new(cohort.Metric),
	new(cohort.Outcome),
	new(cohort.OutcomeConfig),
	new(cohort.Outcomes[int64]),
	new(cohort.PartConfig),
	new(cohort.RepeatConfig),
	new(cohort.Retention),
	new(cohort.SpellConfig),
	new(cohort.Step),
	new(cohort.Triangle),
	new(cohort.TriangleConfig),
	new(cohort.View),
	new(survival.Config),
	new(survival.Curve),
	new(survival.Curves),
	new(survival.GapWarning),
	new(survival.Limits),
	new(survival.Quantile),
	new(nps.Attitude),
	new(nps.Attitudes),
	new(nps.Category),
	new(nps.ChangeConfig),
	new(nps.CompareAllConfig),
	new(nps.CompareConfig),
	new(nps.Detectable),
	new(nps.Dimension),
	new(nps.Dirichlet),
	new(nps.DriverConfig),
	new(nps.DriverReport),
	new(nps.Method),
	new(nps.Panel),
	new(nps.PanelConfig),
	new(nps.Posterior),
	new(nps.RakeConfig),
	new(nps.ResampleWarning),
	new(nps.SampleSize),
	new(nps.Scale),
	new(nps.Series),
	new(nps.Stratified),
	new(nps.Tally),
	new(nps.Test),
	new(nps.ThinWarning),
	new(nps.Trend),
	new(nps.TrendConfig),
	new(nps.Weighted),
	new(survey.Hours),
	new(survey.InvitationConfig),
	new(survey.LoopConfig),
	new(survey.LoopReportConfig),
	new(survey.Outcome),
	new(survey.Policy),
	new(survey.Refusal),
	new(survey.Refusals),
	new(survey.SegmentQuota),
	new(survey.Survey),
	new(survey.Surveyor),
	new(survey.Task),
	new(survey.TaskKind),
	new(survey.WordOfMouthConfig),
	new(journeypath.Flow),
	new(xes.Reader),
	new(channel.AnswerConfig),
	new(channel.Config),
	new(channel.Integration),
	new(channel.Minutes),
	new(channel.OnlineConfig),
	new(review.Config),
	new(review.Counter),
	new(review.Kind),
	new(review.Lateness),
	new(review.Repeat),
	new(review.Report),
	new(review.Review),
	new(review.Scale),
	new(review.ShiftConfig),
	new(review.TieWarning),
	new(review.UnusableWarning),
	new(xes.Warning),
	new(journeypath.Graph),
	new(journeypath.Log),
	new(journeypath.Variant),
	new(journey.AuditConfig),
	new(journey.AuditReport),
	new(journey.Decision),
	new(journey.Fact),
	new(journey.FactPolicy),
	new(journey.FactRule),
	new(journey.Identifier),
	new(journey.Map),
	new(journey.UnidentifiedWarning),
	new(journey.Party),
	new(journey.Reason),
	new(journey.Source),
	new(journey.TieWarning),
	new(journey.Timeline),
	new(journey.Timelines),
	new(journey.Touch),
	new(funnel.Config),
	new(funnel.Counter),
	new(funnel.Funnel),
	new(funnel.Group),
	new(funnel.Matcher),
	new(funnel.Open),
	new(funnel.Order),
	new(funnel.Passage),
	new(funnel.Report),
	new(funnel.Span),
	new(funnel.Pick),
	new(sales.Check),
	new(sales.Column),
	new(sales.Config),
	new(sales.Counter[int64]),
	new(sales.Credit),
	new(sales.Group),
	new(sales.Marks),
	new(sales.Match),
	new(sales.Measures),
	new(sales.NobodyWarning),
	new(sales.Scorecard),
	new(sales.Shift),
	new(sales.Sign),
	new(sales.Standing),
	new(sales.StrangerWarning),
	new(sales.Tally),
	new(identity.Block),
	new(identity.ConflictWarning),
	new(identity.Dates),
	new(identity.Form),
	new(identity.Kind),
	new(identity.Refusal),
	new(identity.RefusedWarning),
	new(identity.Rules),
	new(identity.Stitcher),
}

// plainValues are the types that hosts use without a constructor: nil is no value of them.
var plainValues = []reflect.Type{reflect.TypeFor[*nps.Tally](), reflect.TypeFor[*nps.Weighted]()}

// rostered are methods that take an index their own type gave out, as a slice does, or give
// one out.
var rostered = []string{"*clientele.Roster[int64].ID", "*clientele.Roster[int64].Slot"}

// Invariant: methods of zero values, given nothing, and numbers that are small, large or
// negative, answer or return an error: they do not panic, and no number that is not finite
// leaves without an error. So do methods of nil where a constructor makes the value and the
// method returns anything but what it read: a nil error, and a nil to read into, have nothing
// to go on.
func TestZeroValuesAnswer(t *testing.T) {
	for _, zero := range zeroValues {
		pointer := reflect.ValueOf(zero)
		t.Run(pointer.Type().Elem().String(), func(t *testing.T) {
			for i := range pointer.NumMethod() {
				name := pointer.Type().Method(i).Name
				if slices.Contains(rostered, pointer.Type().String()+"."+name) {
					continue
				}
				for _, n := range []float64{0, 1, -1, 1e300} {
					fresh := reflect.New(pointer.Type().Elem())
					callWith(t, fresh.Method(i), name, n)
				}
				_, byValue := pointer.Type().Elem().MethodByName(name)
				_, isError := zero.(error)
				if onNil := reflect.Zero(pointer.Type()).Method(i); !byValue && !isError && onNil.Type().NumOut() > 0 &&
					!strings.HasPrefix(name, "Unmarshal") && !slices.Contains(plainValues, pointer.Type()) {
					callWith(t, onNil, "nil."+name, 0)
				}
			}
		})
	}
}

// callWith calls a method with zero arguments, numbers being n.
func callWith(t *testing.T, method reflect.Value, name string, n float64) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("%s with %v panics: %v", name, n, p)
		}
	}()
	var args []reflect.Value
	for i := range method.Type().NumIn() {
		if method.Type().IsVariadic() && i == method.Type().NumIn()-1 {
			break
		}
		args = append(args, argument(method.Type().In(i), n))
	}
	results := method.Call(args)
	for _, result := range results {
		if err, ok := result.Interface().(error); ok && err != nil {
			return
		}
		if result.Kind() == reflect.Bool && !result.Bool() {
			return // not known
		}
	}
	for _, result := range results {
		if found, ok := verify.NotFinite(name, result.Interface()); ok {
			t.Errorf("with %v: %s", n, found)
		}
		exhaust(result)
	}
}

// argument is a zero value of a type; a number is n where it can be.
func argument(kind reflect.Type, n float64) reflect.Value {
	v := reflect.New(kind).Elem()
	switch {
	case v.CanFloat():
		v.SetFloat(n)
	case v.CanInt():
		v.SetInt(int64(max(-1, min(n, 3))))
	}
	return v
}

// exhaust walks through a sequence.
func exhaust(v reflect.Value) {
	if v.Kind() != reflect.Func || v.IsNil() {
		return
	}
	if v.Type().CanSeq() {
		for range v.Seq() {
		}
	} else if v.Type().CanSeq2() {
		for range v.Seq2() {
		}
	}
}

// Invariant: zero values become JSON, or refuse to with an error that is the library's.
func TestZeroValuesHaveJSON(t *testing.T) {
	for _, zero := range zeroValues {
		kind := reflect.TypeOf(zero).Elem()
		data, err := json.Marshal(zero)
		if err != nil {
			continue
		}
		if err := json.Unmarshal(data, reflect.New(kind).Interface()); err != nil {
			if in, ok := err.(*clientele.InputError); !ok || in.Reason() == "" {
				t.Errorf("%v: %s is not read back: %v", kind, data, err)
			}
		}
	}
}

// Invariant: the list of zero values has all exported types with methods.
func TestZeroValuesAreAll(t *testing.T) {
	var listed []string
	for _, zero := range zeroValues {
		kind := reflect.TypeOf(zero).Elem()
		name, _, _ := strings.Cut(kind.Name(), "[")
		listed = append(listed, strings.TrimPrefix(kind.PkgPath(), module)+"."+name)
	}
	for _, file := range sourceFiles(t) {
		if !file.isPublic() {
			continue
		}
		for _, receiver := range receiversOf(file) {
			full := strings.TrimPrefix(path.Join("/", file.folder()), "/")
			if full != "" {
				full = "/" + full
			}
			if !slices.Contains(listed, full+"."+receiver) {
				t.Errorf("%s.%s is not in the list of zero values", full, receiver)
			}
		}
	}
}

// receiversOf returns the exported types whose exported methods a file has.
func receiversOf(file sourceFile) (names []string) {
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil || !f.Name.IsExported() {
			continue
		}
		if name := receiverOf(f); ast.IsExported(name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

package clientele_test

import (
	"database/sql"
	"go/ast"
	"path"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
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

// functions are all exported functions, with what their type parameters are in tests, but
// ltv.FitTask, whose argument hosts cannot make.
var functions = []struct {
	name string
	call any
}{
	{"clientele.All", clientele.All[int64]},
	{"clientele.Deals", clientele.Deals[int64]},
	{"clientele.Feed", clientele.Feed[int64]},
	{"clientele.FeedReceipts", clientele.FeedReceipts[int64]},
	{"clientele.JoinReceipts", clientele.JoinReceipts[int64]},
	{"clientele.Net", clientele.Net[int64]},
	{"clientele.Purchases", clientele.Purchases[int64, clientele.Receipt[int64]]},
	{"clientele.Query", clientele.Query[*sql.Rows, int64]},
	{"clientele.Read", clientele.Read[int64]},
	{"clientele.ReportDeals", clientele.ReportDeals[int64]},
	{"clientele.Rows", clientele.Rows[int64]},
	{"clientele.Spreadsheet", clientele.Spreadsheet},
	{"rfm.Bounds", rfm.Bounds},
	{"rfm.Compare", rfm.Compare[int64]},
	{"rfm.CompareScores", rfm.CompareScores[int64]},
	{"rfm.Cube", rfm.Cube},
	{"rfm.CubePlan", rfm.CubePlan},
	{"rfm.Degrading", rfm.Degrading[int64]},
	{"rfm.Edges", rfm.Edges},
	{"rfm.Eleven", rfm.Eleven},
	{"rfm.ElevenPlan", rfm.ElevenPlan},
	{"rfm.Falling", rfm.Falling[int64]},
	{"rfm.Fit", rfm.Fit[int64]},
	{"rfm.Grade", rfm.Grade[int64]},
	{"rfm.Grid", rfm.Grid},
	{"rfm.GridPlan", rfm.GridPlan},
	{"rfm.NaturalBreaks", rfm.NaturalBreaks},
	{"rfm.New", rfm.New[int64]},
	{"rfm.NewHistory", rfm.NewHistory},
	{"rfm.NewScales", rfm.NewScales},
	{"rfm.NewTable", rfm.NewTable[int64]},
	{"rfm.Percentiles", rfm.Percentiles},
	{"rfm.Quantiles", rfm.Quantiles},
	{"ltv.Bootstrap", ltv.Bootstrap[ltv.BGNBD]},
	{"ltv.Compare", ltv.Compare[int64]},
	{"ltv.Days", ltv.Days},
	{"ltv.NewEquity", ltv.NewEquity[int64]},
	{"ltv.Fit", ltv.Fit[ltv.BGNBD]},
	{"ltv.FitCovariates", ltv.FitCovariates[ltv.BGNBD]},
	{"ltv.Fixed", ltv.Fixed[ltv.BGNBD]},
	{"ltv.Forever", ltv.Forever},
	{"ltv.LikelihoodRatio", ltv.LikelihoodRatio},
	{"ltv.MonthlySteps", ltv.MonthlySteps},
	{"ltv.Months", ltv.Months},
	{"ltv.NewDesign", ltv.NewDesign},
	{"ltv.NewForecaster", ltv.NewForecaster[ltv.BGNBD]},
	{"ltv.NewHistory", ltv.NewHistory},
	{"ltv.NewSample", ltv.NewSample},
	{"ltv.NewSummaries", ltv.NewSummaries[int64]},
	{"ltv.PerYear", ltv.PerYear},
	{"ltv.Quarters", ltv.Quarters},
	{"ltv.Regularity", ltv.Regularity},
	{"ltv.Track", ltv.Track},
	{"ltv.Units", ltv.Units},
	{"ltv.Validate", ltv.Validate[int64]},
	{"ltv.Weeks", ltv.Weeks},
	{"ltv.WriteForecasts", ltv.WriteForecasts[int64]},
	{"ltv.Years", ltv.Years},
	{"account.ByDealNumber", account.ByDealNumber[int64]},
	{"account.ByTenure", account.ByTenure[int64]},
	{"account.New", account.New[int64]},
	{"account.NewJobs", account.NewJobs[int64]},
	{"account.NewPage", account.NewPage[int64]},
	{"basket.New", basket.New[int64]},
	{"basket.NewAssortment", basket.NewAssortment[int64]},
	{"basket.NewFollows", basket.NewFollows[int64]},
	{"contract.Fit", contract.Fit[contract.SBG]},
	{"contract.CountSpells", contract.CountSpells},
	{"contract.NewTenures", contract.NewTenures},
	{"lever.Sets", lever.Sets},
	{"price.Compare", price.Compare},
	{"price.EffectOfInformation", price.EffectOfInformation},
	{"price.NewAcceptance", price.NewAcceptance},
	{"cohort.DealLadder", cohort.DealLadder[int64]},
	{"cohort.Decompose", cohort.Decompose},
	{"cohort.ExactShare", cohort.ExactShare},
	{"cohort.New", cohort.New[int64]},
	{"cohort.NewHistory", cohort.NewHistory},
	{"cohort.OddsRatio", cohort.OddsRatio},
	{"survival.AlignTimes", survival.AlignTimes},
	{"survival.KaplanMeier", survival.KaplanMeier},
	{"survival.KaplanMeierBy", survival.KaplanMeierBy},
	{"survival.LogRank", survival.LogRank},
	{"survival.PetoPeto", survival.PetoPeto},
	{"nps.CESScale", nps.CESScale},
	{"nps.CSATScale", nps.CSATScale},
	{"nps.ChiSquare", nps.ChiSquare},
	{"nps.Compare", nps.Compare},
	{"nps.CompareAll", nps.CompareAll},
	{"nps.CompareTarget", nps.CompareTarget},
	{"nps.CompareWeighted", nps.CompareWeighted},
	{"nps.Count", nps.Count},
	{"nps.Drivers", nps.Drivers},
	{"nps.Equivalent", nps.Equivalent},
	{"nps.JeffreysPrior", nps.JeffreysPrior},
	{"nps.NewPanel", nps.NewPanel},
	{"nps.NewRating", nps.NewRating},
	{"nps.NewTally", nps.NewTally},
	{"nps.NewWeighted", nps.NewWeighted},
	{"nps.OneToTen", nps.OneToTen},
	{"nps.Permutation", nps.Permutation},
	{"nps.PostStratify", nps.PostStratify},
	{"nps.Rake", nps.Rake},
	{"nps.RankSum", nps.RankSum},
	{"nps.Standard", nps.Standard},
	{"nps.UniformPrior", nps.UniformPrior},
	{"survey.FollowUp", survey.FollowUp},
	{"survey.ReportInvitations", survey.ReportInvitations},
	{"survey.ReportLoop", survey.ReportLoop},
	{"survey.Sampled", survey.Sampled},
	{"survey.WordOfMouth", survey.WordOfMouth},
	{"channel.Answers", channel.Answers},
	{"channel.Measure", channel.Measure},
	{"channel.OnlineFirst", channel.OnlineFirst},
	{"review.Count", review.Count},
	{"review.FiveStars", review.FiveStars},
	{"review.New", review.New},
	{"xes.NewReader", xes.NewReader},
	{"xes.Write", xes.Write},
	{"path.New", journeypath.New},
	{"path.Read", journeypath.Read},
	{"journey.Audit", journey.Audit},
	{"journey.ByIdentifier", journey.ByIdentifier},
	{"journey.Decisions", journey.Decisions},
	{"journey.DefaultStages", journey.DefaultStages},
	{"journey.DeveloperMap", journey.DeveloperMap},
	{"journey.NewTimelines", journey.NewTimelines},
	{"journey.Sort", journey.Sort},
	{"funnel.At", funnel.At},
	{"funnel.Compile", funnel.Compile},
	{"funnel.Count", funnel.Count},
	{"funnel.Days", funnel.Days},
	{"funnel.Hours", funnel.Hours},
	{"funnel.ItemsToBought", funnel.ItemsToBought},
	{"funnel.Label", funnel.Label},
	{"funnel.LeadToSale", funnel.LeadToSale},
	{"funnel.New", funnel.New},
	{"funnel.ProposalToPaid", funnel.ProposalToPaid},
	{"funnel.Upsell", funnel.Upsell},
	{"sales.Measure", sales.Measure[int64]},
	{"sales.New", sales.New[int64]},
	{"identity.DefaultKinds", identity.DefaultKinds},
	{"identity.IsPlaceholder", identity.IsPlaceholder},
	{"identity.NewStitcher", identity.NewStitcher},
}

// Invariant: functions that are given nothing, and numbers that are small, large or
// negative, answer or return an error; see [TestZeroValuesAnswer].
func TestFunctionsAnswerToNothing(t *testing.T) {
	for _, f := range functions {
		t.Run(f.name, func(t *testing.T) {
			for _, n := range []float64{0, 1, -1, 1e300} {
				callWith(t, reflect.ValueOf(f.call), f.name, n)
			}
		})
	}
}

// Invariant: the list of functions has all that are exported.
func TestFunctionsAreAll(t *testing.T) {
	listed := make(map[string]bool)
	for _, f := range functions {
		listed[f.name] = true
	}
	for _, file := range sourceFiles(t) {
		if !file.isPublic() {
			continue
		}
		name := path.Base(file.folder())
		if name == "." {
			name = "clientele"
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if ok && f.Recv == nil && f.Name.IsExported() && f.Name.Name != "FitTask" && !listed[name+"."+f.Name.Name] {
				t.Errorf("%s.%s is not in the list of functions", name, f.Name.Name)
			}
		}
	}
}

package rfm

import (
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Diagnosis is a typical state of a customer base.
type Diagnosis uint8

const (
	// SleepersPromiseGrowth says that normal customers prevail, that best and worst ones are
	// few, and that enough good customers have fallen silent to be worth waking.
	SleepersPromiseGrowth Diagnosis = iota

	// ServeAndAcquire says that worst and sleeping customers prevail but have brought next
	// to no money: serve the normal ones and acquire new ones.
	ServeAndAcquire
)

var diagnosisNames = []string{"sleepers promise growth", "serve and acquire"}

// String returns the name used in JSON, or text such as "Diagnosis(9)" for a value without one.
func (d Diagnosis) String() string { return enum.String(diagnosisNames, d) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (d Diagnosis) MarshalText() ([]byte, error) { return enum.Marshal(diagnosisNames, d) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (d *Diagnosis) UnmarshalText(text []byte) error { return enum.Unmarshal(diagnosisNames, d, text) }

// DiagnoseConfig sets the thresholds of [Report.Diagnose]. All are shares from 0 to 1, and
// 0 stands for the default that the comment of the field states.
type DiagnoseConfig struct {
	// IdleRevenue is the largest share of the money of all time that worst and sleeping
	// customers may have brought for ServeAndAcquire; 0 = 0.07.
	IdleRevenue float64 `json:"idleRevenue,omitempty"`

	// Sleepers is the smallest share of customers that must sleep for
	// SleepersPromiseGrowth; 0 = 0.05.
	Sleepers float64 `json:"sleepers,omitempty"`

	// Best is the largest share of customers that may be best for SleepersPromiseGrowth;
	// 0 = 0.25.
	Best float64 `json:"best,omitempty"`

	// Worst is the largest share of customers that may be worst for SleepersPromiseGrowth;
	// 0 = 0.25.
	Worst float64 `json:"worst,omitempty"`

	// WinBack is the share of sleeping customers that is expected to come back when they are
	// asked to, for [Finding.AtStake]; 0 = 0.1.
	WinBack float64 `json:"winBack,omitempty"`
}

// Validate reports all faults of the thresholds at once in a [clientele.ConfigError], as
// [Report.Diagnose] does. It returns nil where there is none.
func (c DiagnoseConfig) Validate() error { return c.fill("rfm.DiagnoseConfig.Validate") }

// fill sets the defaults and reports all faults.
func (c *DiagnoseConfig) fill(op string) error {
	faults := clientele.ConfigError{Op: op}
	for _, s := range []struct {
		field string
		share *float64
		usual float64
	}{
		{"IdleRevenue", &c.IdleRevenue, 0.07},
		{"Sleepers", &c.Sleepers, 0.05},
		{"Best", &c.Best, 0.25},
		{"Worst", &c.Worst, 0.25},
		{"WinBack", &c.WinBack, 0.1},
	} {
		var kind error
		switch x := *s.share; {
		case !rule.IsFinite(x):
			kind = clientele.ErrNotFinite
		case x < 0:
			kind = clientele.ErrNegative
		case x > 1:
			kind = clientele.ErrRange
		}
		if kind != nil {
			faults.Add(s.field, *s.share, rule.Want(kind, "a share between 0 and 1, or 0 for %v", s.usual))
		}
		if *s.share == 0 {
			*s.share = s.usual
		}
	}
	return faults.Err()
}

// Finding is a diagnosis that fits the base, with its evidence.
type Finding struct {
	Diagnosis Diagnosis `json:"diagnosis"` // Diagnosis is the typical state.
	Evidence  string    `json:"evidence"`  // Evidence names the shares that led to it.
	Advice    string    `json:"advice"`    // Advice says what to do.

	// AtStake is the money a year that waking the sleeping customers would bring: the share
	// DiagnoseConfig.WinBack of Report.SleepersPerYear, what the sleeping customers
	// together brought a year while they bought. nil where Report.SleepersPerYear is nil.
	AtStake *decimal.Decimal `json:"atStake,omitempty"`
}

// Diagnose returns the diagnoses that fit the base, or none if no diagnosis fits. Normal
// customers prevail when no other standing has more; worst and sleeping ones when together
// they are more than half. Money is that of all time, since the silent bring none in a
// window. The map's segments must have the standings normal, sleeping and worst
// ([clientele.ErrConfig] otherwise), as those of [Cube], [Grid] and [Eleven] have. A base
// whose money is not positive never gets [ServeAndAcquire], since its shares are not
// defined.
func (r *Report) Diagnose(cfg DiagnoseConfig) ([]Finding, error) {
	const op = "rfm.Report.Diagnose"
	if err := cfg.fill(op); err != nil {
		return nil, err
	}
	if err := r.usable(op); err != nil {
		return nil, err
	}
	if err := r.wantStandings(op); err != nil {
		return nil, err
	}
	var findings []Finding
	if r.promisesGrowth(&cfg) {
		normal, sleeping := r.Standings[Normal-1], r.Standings[Sleeping-1]
		findings = append(findings, Finding{
			Diagnosis: SleepersPromiseGrowth,
			Evidence: fmt.Sprintf("normal customers prevail (%s); %s of the base sleep and have brought %s each, against %s on average",
				percent(normal.Share), percent(sleeping.Share), sleeping.AverageLTV.StringFixedBank(2), r.Total.AverageLTV.StringFixedBank(2)),
			Advice:  "wake the sleepers: they bought often and well before they fell silent",
			AtStake: r.atStake(&cfg),
		})
	}
	if held, idle := r.idle(); idle > 0.5 && held <= cfg.IdleRevenue {
		findings = append(findings, Finding{
			Diagnosis: ServeAndAcquire,
			Evidence:  fmt.Sprintf("worst and sleeping customers prevail (%s) and have brought %s of all money", percent(idle), percent(held)),
			Advice:    "serve the normal customers and acquire new ones: waking the silent brings little",
			AtStake:   r.atStake(&cfg),
		})
	}
	return findings, nil
}

// promisesGrowth reports whether the base looks as SleepersPromiseGrowth says.
func (r *Report) promisesGrowth(cfg *DiagnoseConfig) bool {
	normal := r.Standings[Normal-1]
	for _, p := range r.Standings {
		if p.Customers > normal.Customers {
			return false
		}
	}
	return r.Standings[Sleeping-1].Share >= cfg.Sleepers && r.Standings[Best-1].Share <= cfg.Best && r.Standings[Worst-1].Share <= cfg.Worst
}

// idle returns the share of the money of all time that worst and sleeping customers have
// brought, and their share of customers; that of money is above 1 where it is not defined.
func (r *Report) idle() (held, customers float64) {
	sleeping, worst := r.Standings[Sleeping-1], r.Standings[Worst-1]
	if r.Total.AllTimeRevenue.Sign() <= 0 {
		return math.Inf(1), 0
	}
	return share(worst.AllTimeRevenue.Add(sleeping.AllTimeRevenue), r.Total.AllTimeRevenue),
		float64(worst.Customers+sleeping.Customers) / float64(r.Total.Customers)
}

// atStake is Finding.AtStake.
func (r *Report) atStake(cfg *DiagnoseConfig) *decimal.Decimal {
	if r.SleepersPerYear == nil {
		return nil
	}
	return new(r.SleepersPerYear.Mul(decimal.NewFromFloat(cfg.WinBack)).RoundBank(averagePlaces))
}

// usable reports a report that is missing or, decoded, has money that no base has: it could
// not be computed with in reasonable time.
func (r *Report) usable(op string) error {
	if r == nil {
		return fault.Of(op, "report", nil, errNoReport)
	}
	lists, index := map[string]string{"segment": "Segments", "standing": "Standings", "cell": "Cells"}, map[string]int{}
	for kind, p := range r.populations() {
		place := "Total"
		if list := lists[kind]; list != "" {
			place = indexed(list, index[kind])
			index[kind]++
		}
		for _, money := range [...]struct {
			field string
			value decimal.Decimal
		}{
			{"Revenue", p.Revenue},
			{"AverageReceipt", p.AverageReceipt},
			{"AllTimeRevenue", p.AllTimeRevenue},
			{"AverageLTV", p.AverageLTV},
		} {
			if err := rule.Computed(money.value); err != nil {
				return fault.Of(op, place+"."+money.field, money.value, err)
			}
		}
	}
	if r.SleepersPerYear != nil {
		if err := rule.Computed(*r.SleepersPerYear); err != nil {
			return fault.Of(op, "SleepersPerYear", *r.SleepersPerYear, err)
		}
	}
	return nil
}

// wantStandings reports the standings that a diagnosis needs and the map lacks.
func (r *Report) wantStandings(op string) error {
	faults := clientele.ConfigError{Op: op}
	for _, standing := range []Standing{Normal, Sleeping, Worst} {
		if !slices.ContainsFunc(r.Segments, func(p Population) bool { return p.Standing == standing }) {
			faults.Add("Map.Segments", nil, rule.Because(clientele.ErrMissing, "no segment has a standing that is needed",
				"a segment of Standing %v", standing))
		}
	}
	err := faults.Err()
	if err == nil && len(r.Standings) != int(Worst) {
		err = fault.Of(op, "Standings", len(r.Standings), errStandings)
	}
	return err
}

var (
	errNoReport  = rule.Want(clientele.ErrMissing, "a report made by State.Report or decoded")
	errStandings = rule.Because(clientele.ErrRange, "wrong number of standings", "%d, as State.Report makes them", int(Worst))
)

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

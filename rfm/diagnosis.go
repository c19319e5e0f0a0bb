package rfm

import (
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Diagnosis is a typical state of a customer base.
type Diagnosis uint8

const (
	// SleepersPromiseGrowth says that normal customers prevail, and that enough good
	// customers have fallen silent to be worth waking.
	SleepersPromiseGrowth Diagnosis = iota

	// ServeAndAcquire says that worst and sleeping customers prevail but hold next to no
	// revenue: serve the normal ones and acquire new ones.
	ServeAndAcquire
)

var diagnosisNames = []string{"sleepers promise growth", "serve and acquire"}

// String returns the name used in JSON.
func (d Diagnosis) String() string { return enum.String(diagnosisNames, d) }

// MarshalText writes the name.
func (d Diagnosis) MarshalText() ([]byte, error) { return enum.Marshal(diagnosisNames, d) }

// UnmarshalText reads the name.
func (d *Diagnosis) UnmarshalText(text []byte) error { return enum.Unmarshal(diagnosisNames, d, text) }

// DiagnoseConfig sets the thresholds of [Report.Diagnose].
type DiagnoseConfig struct {
	// IdleRevenue limits ServeAndAcquire, which is reported only if worst and sleeping
	// customers bring at most this share of revenue; 0 to 1, 0 = 0.07.
	IdleRevenue float64 `json:"idleRevenue,omitempty"`

	// Sleepers limits SleepersPromiseGrowth, which is reported only if at least this share of
	// customers sleep; 0 to 1, 0 = 0.05.
	Sleepers float64 `json:"sleepers,omitempty"`
}

const (
	defaultIdleRevenue = 0.07
	defaultSleepers    = 0.05
)

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
		{"IdleRevenue", &c.IdleRevenue, defaultIdleRevenue},
		{"Sleepers", &c.Sleepers, defaultSleepers},
	} {
		var kind error
		switch x := *s.share; {
		case math.IsNaN(x) || math.IsInf(x, 0):
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
	Advice    string    `json:"advice"`    // Advice says what to do, in fixed English words; Diagnosis is the key for your own.
}

// Diagnose returns the diagnoses that fit the base, or none if no diagnosis fits. Normal
// customers prevail when no other standing has more; worst and sleeping ones when together
// they are more than half. The map's segments must have the standings normal, sleeping and
// worst ([clientele.ErrConfig] otherwise), as those of [Cube], [Grid] and [Eleven] have. A
// base whose revenue is not positive never gets [ServeAndAcquire], since its shares of
// revenue are not defined.
func (r *Report) Diagnose(cfg DiagnoseConfig) ([]Finding, error) {
	const op = "rfm.Report.Diagnose"
	if err := cfg.fill(op); err != nil {
		return nil, err
	}
	if r == nil {
		return nil, fault.Of(op, "report", nil, errNoReport)
	}
	if err := r.wantStandings(op); err != nil {
		return nil, err
	}
	normal, sleeping, worst := r.Standings[Normal-1], r.Standings[Sleeping-1], r.Standings[Worst-1]
	most := 0
	for _, p := range r.Standings {
		most = max(most, p.Customers)
	}
	var findings []Finding
	if normal.Customers == most && sleeping.Share >= cfg.Sleepers {
		findings = append(findings, Finding{
			Diagnosis: SleepersPromiseGrowth,
			Evidence: fmt.Sprintf("normal customers prevail (%s); %s of the base sleep, with an average receipt of %s against %s",
				percent(normal.Share), percent(sleeping.Share), sleeping.AverageReceipt.StringFixedBank(2), r.Total.AverageReceipt.StringFixedBank(2)),
			Advice: "wake the sleepers: they bought often and well before they fell silent",
		})
	}
	if r.Total.Revenue.Sign() <= 0 {
		return findings, nil
	}
	idle := float64(worst.Customers+sleeping.Customers) / float64(r.Total.Customers)
	held := share(worst.Revenue.Add(sleeping.Revenue), r.Total.Revenue)
	if idle > 0.5 && held <= cfg.IdleRevenue {
		findings = append(findings, Finding{
			Diagnosis: ServeAndAcquire,
			Evidence:  fmt.Sprintf("worst and sleeping customers prevail (%s) and hold %s of revenue", percent(idle), percent(held)),
			Advice:    "serve the normal customers and acquire new ones: waking the silent brings little",
		})
	}
	return findings, nil
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

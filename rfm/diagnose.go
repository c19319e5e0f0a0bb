package rfm

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
)

// Diagnosis is a typical state of a customer base.
type Diagnosis uint8

const (
	// SleepersPromiseGrowth: normal customers prevail, and enough good customers
	// have fallen silent to be worth waking.
	SleepersPromiseGrowth Diagnosis = iota

	// ServeAndAcquire: worst and sleeping customers prevail but hold next to no
	// revenue, so serve the normal ones and acquire new ones.
	ServeAndAcquire
)

var diagnosisNames = []string{"sleepers promise growth", "serve and acquire"}

// String returns the name used in JSON.
func (p Diagnosis) String() string { return enum.String(diagnosisNames, p) }

// MarshalText writes the name.
func (p Diagnosis) MarshalText() ([]byte, error) { return enum.Marshal(diagnosisNames, p) }

// UnmarshalText reads the name.
func (p *Diagnosis) UnmarshalText(text []byte) error { return enum.Unmarshal(diagnosisNames, p, text) }

// DiagnoseConfig sets the thresholds of [Report.Diagnose].
type DiagnoseConfig struct {
	// IdleRevenue is the share of revenue that worst and sleeping customers may
	// hold at most for ServeAndAcquire; 0 to 1, 0 = 0.07.
	IdleRevenue float64 `json:"idleRevenue,omitempty"`

	// Sleepers is the share of customers that must sleep at least for
	// SleepersPromiseGrowth; 0 to 1, 0 = 0.05.
	Sleepers float64 `json:"sleepers,omitempty"`
}

const (
	defaultIdleRevenue = 0.07
	defaultSleepers    = 0.05
)

// Finding is a picture that the base shows, with its evidence.
type Finding struct {
	Diagnosis Diagnosis `json:"diagnosis"`
	Evidence  string    `json:"evidence"` // the shares that led to it
	Advice    string    `json:"advice"`
}

// Diagnose names the typical pictures that the base shows; none is an answer too.
// Normal customers prevail when no role has more; worst and sleeping ones when they
// are more than half. The map's segments must have roles, as those of [Cube],
// [Grid] and [Eleven] have: normal, sleeping and worst at least. A base whose
// revenue is not positive shows no [ServeAndAcquire], since its shares of revenue
// are not defined.
func (r *Report) Diagnose(cfg DiagnoseConfig) ([]Finding, error) {
	if err := cfg.fill(); err != nil {
		return nil, err
	}
	if err := r.wantStandings(); err != nil {
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

func (c *DiagnoseConfig) fill() error {
	faults := clientele.ConfigError{Op: "rfm.Report.Diagnose"}
	for _, s := range []struct {
		field string
		share *float64
		usual float64
	}{
		{"IdleRevenue", &c.IdleRevenue, defaultIdleRevenue},
		{"Sleepers", &c.Sleepers, defaultSleepers},
	} {
		if err := checkShare(*s.share); err != nil {
			faults.Add(s.field, *s.share, err)
		} else if *s.share > 1 {
			faults.Add(s.field, *s.share, clientele.ErrRange)
		}
		if *s.share == 0 {
			*s.share = s.usual
		}
	}
	return faults.Err()
}

// wantStandings reports the roles that a diagnosis needs and the map lacks.
func (r *Report) wantStandings() error {
	faults := clientele.ConfigError{Op: "rfm.Report.Diagnose"}
	for _, role := range []Standing{Normal, Sleeping, Worst} {
		if !slices.ContainsFunc(r.Segments, func(s Population) bool { return s.Standing == role }) {
			faults.Add("Map.Segments.Standing", role, clientele.ErrMissing)
		}
	}
	err := faults.Err()
	if err == nil && len(r.Standings) != int(Worst) {
		err = &clientele.InputError{Op: faults.Op, Index: -1, Field: "Standings", Value: len(r.Standings), Err: clientele.ErrRange}
	}
	return err
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

package funnel

import (
	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// Report shows how many people, or cases, got how far. Every case is in exactly one of
// Total.Entered, Total.Open.Entered, Outside, Dropped and NotEntered.
type Report struct {
	Config Config `json:"config"` // the configuration, with defaults filled in

	Timelines  int `json:"timelines"`            // people who were counted
	NotEntered int `json:"notEntered,omitempty"` // people, or cases, that made no entry
	Outside    int `json:"outside,omitempty"`    // people, or cases, whose entries are all outside Since and Until
	Dropped    int `json:"dropped,omitempty"`    // people, or cases, that an exclusion took out

	Total  Group   `json:"total"`            // all groups together
	Groups []Group `json:"groups,omitempty"` // groups of the breakdown, the surest first: by the lower limit of Conversion, then by name

	// Passages are the chains behind the numbers, with Config.Passages: of everybody who
	// entered, in order of profile and case.
	Passages []Passage `json:"passages,omitempty"`

	Ties       int `json:"ties,omitempty"`       // touches of the funnel that share At and Seq with the one before, and so may be taken in any order
	Later      int `json:"later,omitempty"`      // touches after AsOf, which are left out
	Unassigned int `json:"unassigned,omitempty"` // touches of the funnel without the attribute Funnel.Per, which are left out
}

// Group is how far the people, or cases, of one group got. Except for Open, numbers are of
// those who have an entry of which the whole window is over.
type Group struct {
	Name string `json:"name,omitempty"` // value of the attribute; "" = not known, or the total

	Entered    int                `json:"entered"`    // who began
	Converted  int                `json:"converted"`  // who reached all required steps
	Conversion clientele.Estimate `json:"conversion"` // share Converted of Entered, with Wilson's interval; zero if nobody entered

	Steps   []StepCount `json:"steps"`   // how many reached each step
	AtLeast []int       `json:"atLeast"` // how many reached at least 1, 2, 3 … required steps, whichever these are

	Open Open `json:"open,omitzero"` // who began and may still go on

	// Reentered is how many of Entered have a later entry whose window is open. What comes of that
	// entry is not counted: a period that ends earlier has none.
	Reentered int `json:"reentered,omitempty"`
}

// Open are people, or cases, all of whose entries have a window that is still open. They are
// no drop-offs: nobody knows yet.
type Open struct {
	Entered   int   `json:"entered"`           // who began
	Converted int   `json:"converted"`         // who reached all required steps so far
	Reached   []int `json:"reached,omitempty"` // by step, who reached it so far
}

// IsZero reports whether nobody is open.
func (o Open) IsZero() bool { return o.Entered == 0 }

// StepCount is how many people, or cases, reached a step. An estimate without data is the
// zero Estimate.
type StepCount struct {
	Name     string `json:"name"`               // name of the step
	Optional bool   `json:"optional,omitempty"` // whether it may be left out

	Reached   int                `json:"reached"`          // who reached it
	People    int                `json:"people,omitempty"` // with Funnel.Per, people of whom at least one case reached it; 0 without
	OfEntered clientele.Estimate `json:"ofEntered"`        // share of those who entered, with Wilson's interval

	// OfBefore is the share of those who reached the required step before, with Wilson's
	// interval. The first step, and steps in any order, have none.
	OfBefore clientele.Estimate `json:"ofBefore"`

	// Lost is how many reached the required step before and not this one: the drop-off. 0 for
	// optional steps and for the first; for steps in any order, who entered and did not reach
	// it.
	Lost int `json:"lost"`

	Value          decimal.Decimal    `json:"value"`          // sum of Touch.Value over the touches that fill the step
	ValueOfEntered clientele.Estimate `json:"valueOfEntered"` // Value as a share of that of the first step, with the interval of Student's t over cases
	ValueOfBefore  clientele.Estimate `json:"valueOfBefore"`  // Value as a share of that of the required step before, with the interval of Student's t over cases

	SinceEntry  Times `json:"sinceEntry"`  // times from the first touch of the chain
	SinceBefore Times `json:"sinceBefore"` // times from the step before in the chain; the first step, and steps in any order, have none
}

// Times summarises times, in hours. Without any all fields are 0. Quantiles interpolate
// linearly between the sorted times: type 7 of Hyndman and Fan, Sample Quantiles in
// Statistical Packages, American Statistician 50 (1996).
type Times struct {
	N   int     `json:"n"`   // number of times
	Min float64 `json:"min"` // shortest, in hours
	Max float64 `json:"max"` // longest, in hours

	Q10    float64 `json:"q10"`    // quantile at 10 %, in hours
	Q25    float64 `json:"q25"`    // lower quartile, in hours
	Median float64 `json:"median"` // median, in hours
	Q75    float64 `json:"q75"`    // upper quartile, in hours
	Q90    float64 `json:"q90"`    // quantile at 90 %, in hours
}

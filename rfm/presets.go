package rfm

// CubePlan is the marketer's plan: rhythm, purchases per active year and average receipt,
// cut by three rules of three levels and named by [Cube]. The rules are usually [Bounds],
// whose two thresholds both belong to normal; any other rule of three levels works, such as
// Quantiles(3).
func CubePlan(recency, frequency, monetary Rule) Plan {
	return Plan{
		Measure: Measure{Recency: Rhythm, Frequency: PerActiveYear}, Recency: recency, Frequency: frequency, Monetary: monetary, Map: Cube(),
	}
}

// GridPlan is the analyst's plan: days since the last purchase, number of purchases and
// total money, each in quintiles, named by [Grid].
func GridPlan() Plan {
	return Plan{
		Measure: Measure{Monetary: Total}, Recency: Quantiles(5), Frequency: Quantiles(5), Monetary: Quantiles(5), Map: Grid(),
	}
}

// ElevenPlan measures and cuts as [GridPlan] does, and names the cells by [Eleven], so that
// money counts as much as frequency.
func ElevenPlan() Plan {
	plan := GridPlan()
	plan.Map = Eleven()
	return plan
}

// readyMaps are the maps that the JSON of a plan calls by name.
func readyMaps() [3]Map { return [...]Map{Cube(), Grid(), Eleven()} }

// Cube returns the map of 27 cells of worst, normal and best. Their codes run from WWW to
// BBB: recency, then frequency, then monetary. Five segments share them:
//
//	Best         2 cells  F and M best, R not worst
//	Normal      10 cells  F normal, or F best and M not best; R not worst
//	Occasional   6 cells  F worst, R not worst
//	Sleeping     4 cells  R worst, F and M at least normal
//	Worst        5 cells  R worst, F or M worst
func Cube() Map {
	atLeastNormal, worst, best := Range{2, 3}, Range{1, 1}, Range{3, 3}
	return Map{
		Name:   "cube",
		Levels: [3]int{3, 3, 3},
		Segments: []Segment{
			{Name: "Best", Standing: Best, Where: []Box{{R: atLeastNormal, F: best, M: best}}},
			{Name: "Normal", Standing: Normal, Where: []Box{
				{R: atLeastNormal, F: Range{2, 2}},
				{R: atLeastNormal, F: best, M: Range{1, 2}},
			}},
			{Name: "Occasional", Standing: Occasional, Where: []Box{{R: atLeastNormal, F: worst}}},
			{Name: "Sleeping", Standing: Sleeping, Where: []Box{{R: worst, F: atLeastNormal, M: atLeastNormal}}},
			{Name: "Worst", Standing: Worst, Where: []Box{
				{R: worst, F: worst},
				{R: worst, F: atLeastNormal, M: worst},
			}},
		},
	}
}

// Grid returns the map that most tutorials use: ten segments on 5×5 levels of recency and
// frequency. Of the published maps with such names, it alone gives every cell exactly one
// name. Monetary is graded, but the names do not depend on it.
func Grid() Map {
	rf := func(r, f Range) Box { return Box{R: r, F: f} }
	return Map{
		Name:   "grid",
		Levels: [3]int{5, 5, 5},
		Segments: []Segment{
			{Name: "Champions", Standing: Best, Where: []Box{rf(Range{5, 5}, Range{4, 5})}},
			{Name: "Loyal Customers", Standing: Best, Where: []Box{rf(Range{3, 4}, Range{4, 5})}},
			{Name: "Potential Loyalists", Standing: Normal, Where: []Box{rf(Range{4, 5}, Range{2, 3})}},
			{Name: "New Customers", Standing: Occasional, Where: []Box{rf(Range{5, 5}, Range{1, 1})}},
			{Name: "Promising", Standing: Occasional, Where: []Box{rf(Range{4, 4}, Range{1, 1})}},
			{Name: "Need Attention", Standing: Normal, Where: []Box{rf(Range{3, 3}, Range{3, 3})}},
			{Name: "About To Sleep", Standing: Occasional, Where: []Box{rf(Range{3, 3}, Range{1, 2})}},
			{Name: "Can't Lose Them", Standing: Sleeping, Where: []Box{rf(Range{1, 2}, Range{5, 5})}},
			{Name: "At Risk", Standing: Sleeping, Where: []Box{rf(Range{1, 2}, Range{3, 4})}},
			{Name: "Hibernating", Standing: Worst, Where: []Box{rf(Range{1, 2}, Range{1, 2})}},
		},
	}
}

// Eleven returns the map of eleven segments on recency and the mean of frequency and
// monetary. As published, the table gives most cells several names and four names no cell.
// Read as half-open ranges (low, high] on a scale from 0 to 5, the narrower range first, it
// gives every cell exactly one:
//
//	R   mean(F, M) up to 1   2             3           4         5
//	5   Recent               Potential     Potential   Loyal     Champions
//	4   Promising            Potential     Potential   Loyal     Loyal
//	3   About To Sleep       About To Sl.  Attention   Loyal     Loyal
//	2   Lost                 Hibernating   At Risk     At Risk   At Risk
//	1   Lost                 Lost          At Risk     At Risk   Can't Lose
func Eleven() Map {
	// Twice the mean, so that halves are whole: up to 1 is 2, above 1 up to 2 is 3 to 4.
	one, two, three, four, five := Range{2, 2}, Range{3, 4}, Range{5, 6}, Range{7, 8}, Range{9, 10}
	join := func(a, b Range) Range { return Range{a[0], b[1]} }
	at := func(r int, fm Range) Box { return Box{R: Range{r, r}, FM: fm} }
	return Map{
		Name:   "eleven",
		Levels: [3]int{5, 5, 5},
		Segments: []Segment{
			{Name: "Champions", Standing: Best, Where: []Box{at(5, five)}},
			{Name: "Loyal Customers", Standing: Best, Where: []Box{at(5, four), at(4, join(four, five)), at(3, join(four, five))}},
			{Name: "Potential Loyalist", Standing: Normal, Where: []Box{at(5, join(two, three)), at(4, join(two, three))}},
			{Name: "Recent Customers", Standing: Occasional, Where: []Box{at(5, one)}},
			{Name: "Promising", Standing: Occasional, Where: []Box{at(4, one)}},
			{Name: "Need Attention", Standing: Normal, Where: []Box{at(3, three)}},
			{Name: "About To Sleep", Standing: Occasional, Where: []Box{at(3, join(one, two))}},
			{Name: "At Risk", Standing: Sleeping, Where: []Box{at(2, join(three, five)), at(1, join(three, four))}},
			{Name: "Can't Lose Them", Standing: Sleeping, Where: []Box{at(1, five)}},
			{Name: "Hibernating", Standing: Worst, Where: []Box{at(2, two)}},
			{Name: "Lost", Standing: Worst, Where: []Box{at(2, one), at(1, join(one, two))}},
		},
	}
}

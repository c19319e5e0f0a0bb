package rfm

// Cube returns the 27-cell map of worst, normal and best: codes from WWW to BBB,
// recency before frequency before monetary. Its names partition the cells:
//
//	Best         2  F and M best, R not worst
//	Normal      10  what is left
//	Occasional   6  F worst, R not worst
//	Sleeping     4  R worst, F and M at least normal
//	Worst        5  R worst, the rest
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

// Grid returns the ten names on 5×5 levels of recency and frequency that most
// tutorials use. Of the published maps it is the only true partition; monetary is
// graded but does not name.
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

// Eleven returns the eleven names on recency and the mean of frequency and
// monetary. The table as published overlaps in most cells and leaves four names
// without any; read as half-open ranges (low, high] on a scale from 0 to 5, the
// narrower one first, it is the partition given here:
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

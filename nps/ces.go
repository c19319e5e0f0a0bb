package nps

// CESScale returns the scale of the customer effort score in its second version, "the
// company made it easy for me to handle my issue": 1, strongly disagree, to 7, strongly
// agree (Dixon, Toman and DeLisi, The Effortless Experience, 2013). [Tally.MeanInterval]
// on this scale is CES; 5 to 7 agree, and [Tally.TopBox] is their share; 1 to 3 disagree.
// High is good, unlike in the first version of 2010.
func CESScale() Scale { return Scale{Min: 1, Max: 7, Detractor: 3, Promoter: 5} }

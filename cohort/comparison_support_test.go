package cohort_test

import "math/rand/v2"

func compareRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

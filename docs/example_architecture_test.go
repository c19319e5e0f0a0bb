package docs_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/rfm"
)

func Example_onePass() {
	now := time.Date(2025, 6, 30, 12, 0, 0, 0, time.UTC)
	people := new(clientele.Roster[string])
	base, err := rfm.New(people, rfm.Config{AsOf: now})
	check(err)
	sums, err := ltv.NewSummaries(people, ltv.SummaryConfig{AsOf: now})
	check(err)
	activity, err := cohort.New(people)
	check(err)
	check(clientele.Feed(yesterday, base, sums, activity))
	fmt.Println(base.Len(), sums.Len(), activity.Len())
	// Output:
	// 3 3 3
}

// visits is an accumulator of a host: it counts what each customer did.
type visits struct {
	people *clientele.Roster[string]
	counts []int // by slot
}

func (v *visits) Roster() *clientele.Roster[string] { return v.people }

func (v *visits) AddSlots(slots []int32, batch []clientele.Purchase[string]) error {
	v.counts = append(v.counts, make([]int, v.people.Len()-len(v.counts))...)
	for _, slot := range slots {
		v.counts[slot]++
	}
	return nil
}

func Example_ownAccumulator() {
	v := &visits{people: new(clientele.Roster[string])}
	check(clientele.Feed(today, v)) // beside any others that share the roster
	for slot, customer := range []string{v.people.ID(0), v.people.ID(1)} {
		fmt.Println(customer, v.counts[slot])
	}
	// Output:
	// Ada 1
	// Dan 1
}

package rfm_test

import (
	"fmt"
	"testing"

	"github.com/clientele-go/clientele/rfm"
)

// A state is a snapshot: what is added to the base later does not reach it.
func TestStateIsASnapshot(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 4, 1, "600"), buy(2, 2, 1, "200"))
	state := mustGrade(t, b, cubeScales(t))
	before := toJSON(t, state.Report())
	mustFeed(t, b, append(buy(2, 30, 3, "9000"), buy(3, 1, 1, "1")...))
	if after := toJSON(t, state.Report()); after != before {
		t.Errorf("report has become %s, was %s", after, before)
	}
	if state.Len() != 2 || stands(state, 3) != (rfm.Score{}) || stands(state, 2).Code != "BNN" {
		t.Errorf("%d customers, the new one is %+v, the old one %+v", state.Len(), stands(state, 3), stands(state, 2))
	}
	b.Reset()
	if after := toJSON(t, state.Report()); after != before {
		t.Error("resetting the base has changed its state")
	}
}

// Iteration follows first appearance in the roster, and stops when it is told.
func TestOrderOfAppearance(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(9, 1, 1, "200"), buy(3, 1, 1, "200"), buy(5, 1, -1, "200"), buy(7, 1, 1, "200"), buy(9, 2, 1, "200"))
	state := mustGrade(t, b, cubeScales(t))
	var fromBase, fromState, inSegment []int64
	for id := range b.All() {
		fromBase = append(fromBase, id)
	}
	for id := range state.All() {
		fromState = append(fromState, id)
	}
	for id := range state.In("Occasional") {
		inSegment = append(inSegment, id)
	}
	if fmt.Sprint(fromBase, fromState, inSegment) != "[9 3 7] [9 3 7] [3 7]" {
		t.Errorf("base %v, state %v, segment %v", fromBase, fromState, inSegment)
	}
	for range b.All() {
		break
	}
	for range state.All() {
		break
	}
	for range state.In("Occasional") {
		break
	}
	for id := range state.In("nobody") {
		t.Errorf("customer %d is in a segment that the map lacks", id)
	}
}

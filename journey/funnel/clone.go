package funnel

import (
	"maps"
	"reflect"
	"slices"
)

// clone returns a funnel that shares nothing with f.
func (f Funnel) clone() Funnel {
	f.Steps = slices.Clone(f.Steps)
	for i := range f.Steps {
		f.Steps[i].Match = f.Steps[i].Match.clone()
	}
	f.Exclusions = slices.Clone(f.Exclusions)
	for i := range f.Exclusions {
		f.Exclusions[i].Match = f.Exclusions[i].Match.clone()
	}
	if f.ClickHouse != nil {
		f.ClickHouse = new(*f.ClickHouse)
	}
	return f
}

// clone returns a match that shares nothing with m.
func (m Match) clone() Match {
	m.Touchpoints, m.Channels, m.Outcomes = slices.Clone(m.Touchpoints), slices.Clone(m.Channels), slices.Clone(m.Outcomes)
	m.Labels = maps.Clone(m.Labels)
	return m
}

// isEqual reports whether two configurations count the same.
func (c Config) isEqual(o Config) bool {
	if !c.AsOf.Equal(o.AsOf) || !c.Since.Equal(o.Since) || !c.Until.Equal(o.Until) {
		return false
	}
	o.AsOf, o.Since, o.Until = c.AsOf, c.Since, c.Until
	return reflect.DeepEqual(c, o)
}

// Package journey has the terms of the customer journey, the way people take to a company and
// through it: touches over all channels, the timeline of one person, the map of touchpoints,
// and what is known of people.
//
// A [Touch] is one contact. [NewTimelines] sorts touches by the people whose they are and makes
// one [Timeline] of each person, which funnels, paths and attribution read. [ByIdentifier] names
// people by a number of the host's own; package identity joins telephone numbers, e-mail
// addresses and devices into one profile. A [Map] is the plan: stages, touchpoints, owners
// and the decisions taken there; [Audit] compares it with what people did. [FactPolicy]
// says which of several statements about a person holds.
//
// People are identified by strings. A touch has an ID, so that one that comes twice counts once.
// Touches of one moment are ordered by Touch.Seq. All money of one data set is in one
// currency.
package journey

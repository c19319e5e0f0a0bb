// Package gompertz is the mathematics of lifetimes whose hazard grows with age as in
// Gompertz's law, at a level that differs over customers as a gamma distribution:
// those of the GGom/NBD model of Bemmaor & Glady (2012).
//
// [Life] answers for a customer, [Row] is what a fit needs of a history. Both rest on
// one integral, of the density of lifetimes times a power of the age, which has no
// closed form and is sharp where leaving sets in.
package gompertz

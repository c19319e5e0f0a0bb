// Package exact keeps running totals of decimal amounts without rounding.
//
// A container of customers owns one or more [Sum] values per customer in large slices, and
// one [Wide] for all its sums:
//
//	var w exact.Wide
//	totals := make([]exact.Sum, customers)
//	w.Add(&totals[i], amount)
//	average := w.Ratio(totals[i], purchases)
//
// # Representation
//
// A Sum is 24 bytes without a pointer, so the garbage collector skips slices of
// them. It holds a 128-bit integer and a decimal exponent: 38 digits, enough
// for every total of an ordinary currency. A total that needs more digits moves
// to the Wide, which keeps it as a decimal.Decimal, and the Sum refers to it.
// Nothing is ever rounded, and nothing overflows.
//
// # Exactness and order
//
// The amounts may come in any order, have any mixture of exponents and be
// joined from any number of partial sums: the value is the same, and so are the
// results of [Wide.Decimal], [Wide.Ratio], [Wide.Quotient] and [Wide.Append],
// bit for bit. Compare Sums with [Wide.Compare], never with ==, since equal
// values can be held in different ways.
//
// # Limits
//
// Aligning two amounts takes memory in proportion to the distance of their
// exponents. Callers bound the exponents before they add: ±100 is what the
// library accepts of an amount.
//
// # Ownership and concurrency
//
// A Sum belongs to the Wide that made it and is passed by value to be read. A second Sum
// that will live on its own is made with [Wide.Copy], not by assignment: two assigned Sums
// would share an entry, which changes with either Sum. Reading is safe from many
// goroutines at once, writing is not.
package exact

// Package strict decodes stored configurations and policies without ignoring or
// guessing anything, in one way for the whole module.
//
// Beyond what encoding/json refuses, these are faults: a key that the type has no field
// for, a key given twice, a key in another case ("Zone" for "zone"), a list of another
// length than the array it is for, null in a list of values that cannot be nil, text that
// is not UTF-8, and values nested more than 64 levels deep. What is read is what encoding/json reads; the one
// difference is that lists, maps and what pointers point to are made anew, so that
// nothing is shared with the value before. Options of tags other than omitempty and
// omitzero, which do not matter here, are not known.
//
// A fault names the place by its path from the root of the document in terms of keys,
// as in "rules[1].edges[0]", also where types between read themselves by [Into], and
// says which values are allowed. The package imports nothing of the library but the
// rules, so that the root package may use it.
package strict

// Package clientele is the vocabulary of an embeddable library for relationship
// marketing: customers, purchases, receipts, deals, and the streams and calendars
// that its rooms share. The rooms are packages beside each other:
//
//	rfm     who are the best, normal, worst and sleeping customers, and who moves?
//	ltv     what has each customer brought, what will they bring, and what would raise it?
//	cohort  do they come back, repeat and pay, from deal to deal?
//	nps     do they recommend, and what follows from that?
//
// # Purchases, receipts, deals
//
// A [Purchase] is what a customer paid at one moment; most questions need no
// more. A [Receipt] is the whole slip with its lines. [Net] folds refunds into
// the receipts they name, and [Deals] groups receipts that solve one task (a TV
// today, its bracket next week) into one [Deal]. [Purchases] reduces either to
// purchases.
//
// # Streams
//
// Bulk input is an iter.Seq2 of records and errors: [All] adapts a slice, [Rows]
// a database cursor. [Feed] reads a source once into any number of accumulators
// that share a [Roster], which numbers customers.
//
// # Promises
//
// No result depends on a clock, on randomness that was not passed in or on the
// order of a map: the same input gives the same bytes. The one thing read from the
// surroundings is the time zone database, when a calendar is opened. Money is exact:
// it enters and leaves as decimal.Decimal. A data set has one currency. Nothing is
// dropped, clamped or guessed: a bad record is an [InputError] that says which
// record, field and value; a bad configuration is a [ConfigError] with all its
// faults; a question without an answer is [ErrEmpty].
package clientele

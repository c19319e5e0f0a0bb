// Package clientele is the vocabulary of an embeddable library for relationship
// marketing, which tells from a shop's receipts who its customers are, what they are worth,
// whether they come back and whether they recommend it. Make a source of purchases with
// [All], [Read], [Rows] or [Query], make an accumulator with the New of a package below,
// and fill it with [Feed]; then ask the accumulator.
//
//   - [github.com/clientele-go/clientele/rfm]: who are the best, sleeping and worst customers, and who moves?
//   - [github.com/clientele-go/clientele/ltv]: what has each customer brought, and what will each bring?
//   - [github.com/clientele-go/clientele/ltv/account]: what did each customer cost, and when did they pay back?
//   - [github.com/clientele-go/clientele/ltv/basket]: what is bought together?
//   - [github.com/clientele-go/clientele/ltv/price]: which price do customers accept?
//   - [github.com/clientele-go/clientele/ltv/lever]: what would raise the value of customers?
//   - [github.com/clientele-go/clientele/cohort]: do customers come back, repeat and pay, and did a campaign work?
//   - [github.com/clientele-go/clientele/cohort/survival]: how long do customers stay?
//   - [github.com/clientele-go/clientele/nps]: do customers recommend the shop, and what drives that?
//   - [github.com/clientele-go/clientele/nps/survey]: who may be asked when, and who calls back whom?
//
// # From a CSV file
//
// With the columns customer, day and money paid, and a function purchase that makes a
// [Purchase] of a row:
//
//	rows := csv.NewReader(file)
//	src := clientele.Read(func() (p clientele.Purchase[string], err error) {
//		row, err := rows.Read()
//		if err == nil {
//			p, err = purchase(row)
//		}
//		return p, err
//	})
//
// The example of [Read] has both in full, and JSON Lines besides.
//
// # Purchases, receipts, deals
//
// A [Purchase] is what a customer paid at one moment; most questions need no
// more. A [Receipt] is the whole slip with its lines. [Net] folds refunds into
// the receipts they name, and [Deals] groups receipts that solve one task (a TV
// today, its bracket next week) into one [Deal]. [Purchases] reduces either to
// purchases. [ReportDeals] tells how far counting receipts instead of deals overstates
// what is sold.
//
// # Streams
//
// Bulk input is an iter.Seq2 of records and errors. [All] adapts a slice, [Read] a
// function that returns the next record, [Rows] a database cursor, and [Query] a query
// that is asked anew for each reading. [Feed] reads a source once into any number of
// accumulators that share a [Roster], which numbers customers; [FeedReceipts] does the
// same with receipts. No call can see that a purchase comes twice: remove duplicates
// before.
//
// # Errors
//
// Nothing is dropped, clamped or guessed in silence. A bad record is an [InputError] that
// says which record, field and value, which rule was broken, and which values are allowed;
// a bad configuration is a [ConfigError] with all its faults. What kind of fault it is,
// errors.Is tells, as in errors.Is(err, [ErrEmpty]) for a question without an answer.
//
// # Promises
//
// No result depends on a clock, on randomness that was not passed in or on the
// order of a map: the same input gives the same bytes. The one thing read from the
// surroundings is the time zone database, when a calendar is opened. Money is exact:
// it enters and leaves as decimal.Decimal. A data set has one currency.
package clientele

// Package clientele is the vocabulary of an embeddable library for relationship
// marketing, which shows from a shop's receipts who its customers are, what they are worth,
// whether they come back and whether they recommend it. Most packages work in three steps:
// wrap your purchases as a source with [All], [Read], [Rows] or [Query], create an
// accumulator, which gathers facts about customers, with the package's New, and fill it
// with [Feed], or with [FeedReceipts] where lines of receipts are needed. Then ask the
// accumulator. Packages nps, survey, survival and journey read answers, spells and touches
// instead.
//
//   - [github.com/clientele-go/clientele/rfm]: who are the best, sleeping and worst customers, and who moves?
//   - [github.com/clientele-go/clientele/ltv]: what has each customer brought, and what will each bring?
//   - [github.com/clientele-go/clientele/ltv/account]: what did each customer cost, and when did they pay back?
//   - [github.com/clientele-go/clientele/ltv/basket]: what is bought together?
//   - [github.com/clientele-go/clientele/ltv/contract]: how long do subscribers stay, and what will they pay?
//   - [github.com/clientele-go/clientele/ltv/price]: which price do customers accept?
//   - [github.com/clientele-go/clientele/ltv/lever]: what would raise the value of customers?
//   - [github.com/clientele-go/clientele/cohort]: do customers come back, repeat and pay, and did a campaign work?
//   - [github.com/clientele-go/clientele/cohort/survival]: how long until an event, such as
//     the second purchase?
//   - [github.com/clientele-go/clientele/nps]: do customers recommend the shop, and what drives that?
//   - [github.com/clientele-go/clientele/nps/survey]: who may be asked when, and who calls back whom?
//   - [github.com/clientele-go/clientele/journey]: how do customers get here, over which channels?
//   - [github.com/clientele-go/clientele/journey/path]: which ways do people take, and where do they leave?
//   - [github.com/clientele-go/clientele/journey/channel]: do channels work as one, and how soon are people answered?
//   - [github.com/clientele-go/clientele/journey/xes]: which event logs do other tools read and write?
//
// # From a CSV file
//
// With the columns customer, day and money paid:
//
//	var days clientele.Periods // in UTC; Calendar.Open counts the days of a zone
//	rows := csv.NewReader(file)
//	_, err := rows.Read() // the header
//	src := clientele.Read(func() (p clientele.Purchase[string], err error) {
//		row, err := rows.Read()
//		if err != nil {
//			return p, err
//		}
//		p.Customer = row[0]
//		if p.At, err = days.ParseDate(row[1]); err != nil {
//			return p, err
//		}
//		p.Amount, err = decimal.NewFromString(row[2])
//		return p, err
//	})
//
// The examples of [Read] run such a program, and one that reads JSON Lines.
//
// # Purchases, receipts, deals
//
// A [Purchase] is what a customer paid at one moment; most questions need no
// more. A [Receipt] is the whole slip with its lines; [JoinReceipts] makes
// receipts from a table of order lines. [Net] folds refunds into
// the receipts they name, and [Deals] groups receipts that serve one need (a TV
// today, its bracket next week) into one [Deal]. [Purchases] reduces either to
// purchases. [ReportDeals] shows how far counting receipts instead of deals overstates
// what is sold.
//
// # Streams
//
// Bulk input is an iter.Seq2 of records and errors. [All] adapts a slice, [Read] a function
// that returns the next record, [Rows] a database cursor, and [Query] a query that is asked
// anew for each reading. [Feed] reads a source once into any number of accumulators that
// share a [Roster], which numbers customers; [FeedReceipts] does so with receipts, for
// accumulators that need share no roster. No call can see that a purchase comes twice:
// remove duplicates first.
//
// # Errors
//
// Nothing is silently dropped, clamped or guessed. A bad record is an [InputError] that
// says which record, field and value, which rule was broken, and which values are allowed;
// a bad configuration is a [ConfigError] with all its faults. Use errors.Is to find the
// kind of a fault: errors.Is(err, ErrEmpty) means that there was no data to answer from.
// "An InputError of ErrRange" in a comment is one in which errors.Is finds ErrRange.
//
// # Promises
//
// No result depends on a clock, on randomness that was not passed in or on the
// order of a map: the same input gives the same bytes. The one thing read from the
// environment is the time zone database, when a calendar is opened. Money is exact:
// it enters and leaves as decimal.Decimal. A data set has one currency.
package clientele

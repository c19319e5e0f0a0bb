package rule

import (
	"cmp"
	"math"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// The limits of times and amounts.
const (
	maxExponent = 100
	maxDays     = 106_751 // the longest time that a time.Duration holds, 292 years

	// MostPeriods bounds tables that have a row for every period between two moments.
	MostPeriods = 36_525

	// MaxAmountText bounds the text of an amount, of which a million digits would take long
	// to read.
	MaxAmountText = 1000

	// MaxDigits bounds the digits before the point of money of which quotients
	// are made, so that each is a float64.
	MaxDigits = 200
)

var (
	firstTime = time.Date(1678, 1, 1, 0, 0, 0, 0, time.UTC)
	afterTime = time.Date(2262, 1, 1, 0, 0, 0, 0, time.UTC)

	firstUnix, unixSpan = firstTime.Unix(), uint64(afterTime.Unix() - firstTime.Unix())
)

// FirstNanos and LastNanos are the first and the last moment that [Time] accepts, as
// Unix nanoseconds.
func FirstNanos() int64 { return firstTime.UnixNano() }

// LastNanos is the last moment that [Time] accepts, as Unix nanoseconds.
func LastNanos() int64 { return afterTime.UnixNano() - 1 }

// Moment is the time of Unix nanoseconds, in UTC.
func Moment(nanos int64) time.Time { return time.Unix(0, nanos).UTC() }

// Time refuses times that have no exact count of Unix nanoseconds.
func Time(t time.Time) error {
	switch {
	case uint64(t.Unix()-firstUnix) < unixSpan:
		return nil
	case t.IsZero():
		return errZeroTime
	}
	return errTimeRange
}

// AsOf is [Time] for the moment that ends an observation.
func AsOf(t time.Time) error {
	if t.IsZero() {
		return errZeroAsOf
	}
	return Time(t)
}

// InTime is [Time] without the reason.
func InTime(t time.Time) bool { return uint64(t.Unix()-firstUnix) < unixSpan }

// Amount refuses amounts whose sums could not be held in reasonable memory.
func Amount(d decimal.Decimal) error {
	if !InAmount(d) {
		return errAmountRange
	}
	return nil
}

// InAmount is [Amount] without the reason.
func InAmount(d decimal.Decimal) bool { return InExponent(d.Exponent()) }

// InExponent reports whether an amount may have an exponent.
func InExponent(e int32) bool { return -maxExponent <= e && e <= maxExponent }

// AtLeastZero refuses what is not a number from 0 up, and says what is wanted.
func AtLeastZero(v float64, want string) error {
	switch {
	case !IsFinite(v):
		return Want(NotFinite, "%s", want)
	case v < 0:
		return Want(Negative, "%s", want)
	}
	return nil
}

// IsFinite reports whether v is neither infinite nor NaN.
func IsFinite(v float64) bool { return math.Abs(v) <= math.MaxFloat64 }

// Days refuses lengths of time that are negative or longer than 106,751 days.
func Days[D ~int](d D) error {
	switch {
	case d < 0:
		return errNegativeDays
	case d > maxDays:
		return errTooManyDays
	}
	return nil
}

// Digits is the number of digits before the point.
func Digits(d decimal.Decimal) int { return d.NumDigits() + int(d.Exponent()) }

// ParseAmount reads an amount, and refuses one that is too long before it reads it.
func ParseAmount(text string) (decimal.Decimal, error) {
	if len(text) > MaxAmountText {
		return decimal.Decimal{}, ErrLongAmount
	}
	return decimal.NewFromString(text)
}

// Compare is a.Cmp(b) for amounts that nobody has checked: it writes out no zeros.
func Compare(a, b decimal.Decimal) int {
	size := func(d decimal.Decimal) int64 { return int64(d.NumDigits()) + int64(d.Exponent()) }
	switch sign := a.Sign(); {
	case sign != b.Sign():
		return cmp.Compare(sign, b.Sign())
	case sign == 0:
		return 0
	case size(a) != size(b):
		return sign * cmp.Compare(size(a), size(b))
	}
	return a.Cmp(b)
}

// Size refuses an amount of 10^200 or more.
func Size(d decimal.Decimal) error {
	if !d.IsZero() && Digits(d) > MaxDigits {
		return ErrSize
	}
	return nil
}

// Money refuses what [Amount] and [Size] refuse: a profit or a loss that can be compared
// and added in reasonable time.
func Money(d decimal.Decimal) error {
	if !InAmount(d) {
		return errAmountRange
	}
	return Size(d)
}

// Computed refuses what is no sum and no product of amounts, of which there are few: an
// exponent beyond ±1000.
func Computed(d decimal.Decimal) error {
	const maxExponent = 1000
	if e := d.Exponent(); e < -maxExponent || e > maxExponent {
		return errComputedRange
	}
	return nil
}

// Cost refuses what is no cost: a negative amount, and what [Money] refuses.
func Cost(d decimal.Decimal) error {
	if InAmount(d) && d.Sign() < 0 {
		return errNegativeCost
	}
	return Money(d)
}

// Currency adds money in a stated currency to money that so far was in *known: they
// are equal, or one is not stated (""). *known becomes the stated currency if it was
// not stated before.
func Currency(known *string, stated string) error {
	if *known == "" {
		*known = strings.Clone(stated) // it may be a piece of something large
	}
	if stated != "" && *known != stated {
		return Because(Mismatch, "differs from that of the receipts before",
			"%s as before; convert amounts first, at rates of your own", *known)
	}
	return nil
}

// Texts of the rules above.
var (
	errZeroTime      = Want(ZeroTime, "the moment it happened")
	errZeroAsOf      = Want(ZeroTime, "the last moment that counts")
	errTimeRange     = Want(TimeRange, "a time in these years, which has an exact count of nanoseconds")
	errComputedRange = Want(Range, "an exponent from -1000 to 1000")
	errAmountRange   = Want(AmountRange, "a number such as 12.50")

	errNegativeDays = Want(Negative, "0 days or more")
	errTooManyDays  = Want(Range, "at most 106751 days")
	errNegativeCost = Want(Negative, "0 or more")

	// ErrNoSource is the fault of a source of records that is nil.
	ErrNoSource = Want(Missing, "a source of records, such as clientele.All of a slice")

	// ErrPeriods is the fault of moments between which there are more than MostPeriods.
	ErrPeriods = Because(Range, "too many periods", "at most %d periods, a hundred years of days; check the dates, or take longer periods", MostPeriods)

	// ErrLongAmount is the fault of an amount of more than MaxAmountText bytes.
	ErrLongAmount = Because(Encoding, "too long for a number", "at most %d digits", MaxAmountText)

	// ErrNobody is the fault of data without customers.
	ErrNobody = Because(Empty, "there are no customers", "at least one, better some hundreds")

	// ErrNoRandomness is the fault of a simulation without a source of random numbers.
	ErrNoRandomness = Want(Missing, "a source of random numbers, such as rand.NewPCG(1, 2)")

	// ErrSize is the fault of an amount of 10^200 or more.
	ErrSize = Want(Range, "less than 10^200")
)

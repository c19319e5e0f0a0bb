package basket

import (
	"iter"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// Follow says how many customers buy the second item of a sequence after the first, and
// after how many days. What counts of a customer is the first purchase of each item. Each
// buyer of First is in one of Before, Together, TooRecent and Watched.
type Follow struct {
	Sequence

	Buyers    int64 `json:"buyers"`    // number of customers who bought First
	Before    int64 `json:"before"`    // number of buyers who had bought Then before First
	Together  int64 `json:"together"`  // number of buyers who first bought both at one moment
	TooRecent int64 `json:"tooRecent"` // number of other buyers who bought First less than Within before AsOf
	Watched   int64 `json:"watched"`   // number of the remaining buyers, who had all of Within for Then
	Followed  int64 `json:"followed"`  // number of watched buyers who bought Then within Within

	// Share is Followed of Watched, with Wilson's interval; the zero Estimate where
	// nobody was watched. A high Share is no proof that First brings Then: what everybody
	// buys follows everything.
	Share clientele.Estimate `json:"share"`

	// LowerQuartile, Median and UpperQuartile are quartiles of the days of 24 hours from
	// First to Then among the buyers of Followed, with linear interpolation, as by
	// default in R. They are 0 where Followed is 0.
	LowerQuartile float64 `json:"lowerQuartile"`
	Median        float64 `json:"median"`
	UpperQuartile float64 `json:"upperQuartile"`
}

// Report says of each sequence, in the order of the configuration, who bought its second
// item after its first. To rank sequences, compare the lower limits of Share: one buyer who
// followed of one is less sure than 20 of 40. level is the confidence level of the intervals, between 0 and 1; 0
// = 0.95.
func (f *Follows[K]) Report(level float64) ([]Follow, error) {
	const op = "basket.Follows.Report"
	if !f.configured() {
		return nil, fault.Unconfigured(op)
	}
	level, err := fault.Level(op, level)
	if err != nil {
		return nil, err
	}
	var all []Follow
	for _, s := range f.cfg.Sequences {
		all = append(all, f.follow(s, level))
	}
	return all, nil
}

// follow counts the buyers of a sequence.
func (f *Follows[K]) follow(s Sequence, level float64) Follow {
	row := Follow{Sequence: s}
	var days []float64
	for _, at := range f.customers(s) {
		row.Buyers++
		switch first, then := at[0], at[1]; {
		case then < first:
			row.Before++
		case then == first:
			row.Together++
		case !f.isWatched(first):
			row.TooRecent++
		default:
			row.Watched++
			if passed := elapsed(first, then); then != never && passed <= uint64(f.cfg.Within.Duration()) {
				days = append(days, float64(passed)/float64(24*time.Hour))
			}
		}
	}
	row.Followed = int64(len(days))
	row.Share = shareOf(row.Followed, row.Watched, level)
	slices.Sort(days)
	if row.Followed > 0 {
		row.LowerQuartile, row.Median, row.UpperQuartile = interval.Quantile(days, 0.25), interval.Quantile(days, 0.5), interval.Quantile(days, 0.75)
	}
	return row
}

// isWatched reports whether all of Within has passed since a moment.
func (f *Follows[K]) isWatched(first int64) bool {
	return elapsed(first, f.cfg.AsOf.UnixNano()) >= uint64(f.cfg.Within.Duration())
}

// Open yields, for a sequence of the configuration, the customers who bought its first
// item less than Within before AsOf and not yet its second, with the moment of the first:
// those to whom the second can be offered in time. They come in order of first appearance
// in the roster. Open returns [clientele.ErrUnknown] for a sequence that the
// configuration does not have.
func (f *Follows[K]) Open(first, then string) (iter.Seq2[K, time.Time], error) {
	const op = "basket.Follows.Open"
	if !f.configured() {
		return nil, fault.Unconfigured(op)
	}
	s := Sequence{first, then}
	if !slices.Contains(f.cfg.Sequences, s) {
		return nil, fault.Of(op, "sequence", s, rule.Want(rule.Unknown, "one of Config.Sequences"))
	}
	return func(yield func(K, time.Time) bool) {
		for customer, at := range f.customers(s) {
			if at[1] == never && !f.isWatched(at[0]) && !yield(customer, rule.Moment(at[0])) {
				return
			}
		}
	}, nil
}

// elapsed are the nanoseconds between two moments in order, which an int64 need not hold.
func elapsed(from, to int64) uint64 { return uint64(to) - uint64(from) }

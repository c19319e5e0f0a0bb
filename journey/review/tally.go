package review

import (
	"slices"

	"github.com/clientele-go/clientele/internal/boolean"
)

// tally counts reviews of one group.
type tally struct {
	reviews, rated, positive int
	passed, passedPositive   int   // reviews that were passed on
	times                    int64 // how often
	referrals, uncredited    int
	late                     int
	ratings                  ratings
}

// counted is a review that counts, as tallies see it.
type counted struct {
	*row
	isPositive   bool
	isLate       bool
	times        int64 // how often it was passed on
	referrals    int
	isUncredited bool
}

// counted is a pick with what it was passed on.
func (ch *chooser) counted(p *picks, own pick) counted {
	it := &p.items[own.item]
	c := counted{row: &ch.all[it.row], isLate: it.isLate, isUncredited: p.uncredited[own.item]}
	c.isPositive = c.isRated && c.rating >= ch.cfg.Scale.Positive
	for i := own.from; i < own.to; i++ {
		c.times += ch.all[p.items[i].row].passedOn
		c.referrals += int(p.referrals[i])
	}
	return c
}

// add counts a review.
func (t *tally) add(c *counted) {
	t.reviews++
	t.late += boolean.Int(c.isLate)
	if c.isRated {
		t.rated++
		t.positive += boolean.Int(c.isPositive)
		t.ratings.add(c.rating)
	}
	if c.times > 0 || c.referrals > 0 {
		t.passed++
		t.passedPositive += boolean.Int(c.isPositive)
	}
	t.times += c.times
	t.referrals += c.referrals
	t.uncredited += boolean.Int(c.isUncredited)
}

// ratings counts ratings by their value.
type ratings struct {
	counts []RatingCount // the first few, each once, then others as they came
	limit  int           // how long counts may become
}

// few is how many values are looked for before one is noted anew.
const few = 16

// add counts a rating.
func (r *ratings) add(rating float64) {
	for i := range r.counts[:min(few, len(r.counts))] {
		if r.counts[i].Rating == rating {
			r.counts[i].Reviews++
			return
		}
	}
	if r.counts = append(r.counts, RatingCount{rating, 1}); len(r.counts) > max(r.limit, 2*few) {
		r.settle()
		r.limit = 2 * len(r.counts)
	}
}

// settle puts values in order, each once.
func (r *ratings) settle() {
	slices.SortFunc(r.counts, func(a, b RatingCount) int {
		switch {
		case a.Rating < b.Rating:
			return -1
		case a.Rating > b.Rating:
			return +1
		}
		return 0
	})
	n := 0
	for i, c := range r.counts {
		if i > 0 && c.Rating == r.counts[n-1].Rating {
			r.counts[n-1].Reviews += c.Reviews
			continue
		}
		r.counts[n] = c
		n++
	}
	r.counts = r.counts[:n]
}

// tallies are those of all groups of some reviews.
type tallies struct {
	all    tally
	groups [Topic + 1]map[int32]*tally // by kind, then by number
}

// add counts a review in all its groups.
func (t *tallies) add(c *counted) {
	t.all.add(c)
	t.group(c.kind, c.object).add(c)
	for _, topic := range c.topics {
		t.group(Topic, topic).add(c)
	}
}

// addLate counts a review that is apart.
func (t *tallies) addLate(r *row) {
	t.all.late++
	t.group(r.kind, r.object).late++
	for _, topic := range r.topics {
		t.group(Topic, topic).late++
	}
}

// group is the tally of a group.
func (t *tallies) group(of Kind, number int32) *tally {
	all := t.groups[of]
	if all == nil {
		all = make(map[int32]*tally)
		t.groups[of] = all
	}
	own := all[number]
	if own == nil {
		own = new(tally)
		all[number] = own
	}
	return own
}

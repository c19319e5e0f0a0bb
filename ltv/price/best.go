package price

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// Config configures [Acceptance.Best].
type Config struct {
	Cost decimal.Decimal `json:"cost"` // cost of one piece, at least 0

	// Highest is the highest price that is considered, above Cost; 0 = the highest
	// answer. What people would pay beyond the highest answer is not known, so a higher
	// bound makes the interval wider and not the price higher.
	Highest decimal.Decimal `json:"highest"`

	Level float64 `json:"level,omitempty"` // confidence level of the intervals, between 0 and 1; 0 = 0.95
}

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [Acceptance.Best] does.
func (c Config) Validate() error {
	_, err := c.fill("price.Config.Validate")
	return err
}

// UnmarshalJSON reads a configuration strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *Config) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("price.Config.UnmarshalJSON", data, c)
}

// fill returns the configuration with its level, or all its faults.
func (c Config) fill(op string) (Config, error) {
	faults := clientele.ConfigError{Op: op}
	cost, highest := rule.Cost(c.Cost), rule.Cost(c.Highest)
	if cost != nil {
		faults.Add("Cost", c.Cost, cost)
	}
	switch {
	case highest != nil:
		faults.Add("Highest", c.Highest, highest)
	case cost == nil && !c.Highest.IsZero() && !c.Highest.GreaterThan(c.Cost):
		faults.Add("Highest", c.Highest, rule.Because(rule.Range, "not above Cost", "more than %v, or 0 for the highest answer", c.Cost))
	}
	c.Level = fault.AddLevel(&faults, c.Level)
	return c, faults.Err()
}

// Best is the price with the most profit among the people asked.
type Best struct {
	Price     decimal.Decimal `json:"price"`     // best price; of several, the lowest
	Accepting int             `json:"accepting"` // number of respondents who would pay it

	// Share is the share of people who would pay Price. Its interval holds for all prices
	// together, since Price was picked from the answers: one for a single price alone would
	// claim too much of it.
	Share clientele.Estimate `json:"share"`

	// Profit is the profit per respondent. Its interval is for the profit at the price
	// that is best in the population.
	Profit clientele.Estimate `json:"profit"`

	Lo float64 `json:"lo"` // lower confidence limit of the price that is best in the population
	Hi float64 `json:"hi"` // upper confidence limit of the price that is best in the population
}

// Best returns the price p with the most profit, (p - cost) times the share of people who
// would pay it, found exactly. It returns [clientele.ErrRange] if no answer is above the
// cost.
//
// The best price varies more from sample to sample than the mean: its error shrinks only
// with the cube root of the number of answers, and resampling answers does not measure
// how far (Abrevaya & Huang, On the Bootstrap of the Maximum Score Estimator,
// Econometrica 73 (2005)). The intervals here hold for any number n of answers and any
// curve, with at least the probability of the level: the whole curve of the population
// lies within ε = √(ln(2/(1-level)) / (2n)) of that of the sample (Massart, The Tight
// Constant in the Dvoretzky-Kiefer-Wolfowitz Inequality, Annals of Probability 18
// (1990)), and a price can be the best one if its profit on the upper edge of this band
// is at least the best profit on the lower edge. The intervals are conservative: wider
// than necessary.
func (a *Acceptance) Best(cfg Config) (Best, error) {
	const op = "price.Acceptance.Best"
	cfg, err := cfg.fill(op)
	if err != nil {
		return Best{}, err
	}
	if err := checkSample(op, "answers", a, 1); err != nil {
		return Best{}, err
	}
	highest := a.steps[len(a.steps)-1].price
	if !highest.GreaterThan(cfg.Cost) {
		return Best{}, fault.Of(op, "Cost", cfg.Cost, rule.Because(rule.Range, "nobody would pay more than the cost", "less than %v, the highest answer", highest))
	}
	if cfg.Highest.IsZero() {
		cfg.Highest = highest
	}
	var best Best
	var most decimal.Decimal // profit of all people asked
	offers := a.offers(cfg.Highest)
	for _, o := range offers {
		profit := o.price.Sub(cfg.Cost).Mul(decimal.NewFromInt(int64(o.above)))
		if profit.GreaterThan(most) {
			most, best.Price, best.Accepting = profit, o.price, o.above
		}
	}
	band := newBand(offers, a.n, cfg)
	best.Share = interval.Wilson(int64(best.Accepting), int64(a.n), cfg.Level)
	best.Share.Lo, best.Share.Hi = max(0, best.Share.Value-band.half), min(1, best.Share.Value+band.half)
	best.Lo, best.Hi = band.prices()
	best.Profit = band.profit(most.InexactFloat64() / float64(a.n))
	return best, nil
}

// offers are the answers up to a price and that price itself: within a step the
// highest price earns most.
func (a *Acceptance) offers(highest decimal.Decimal) []step {
	var all []step
	for _, s := range a.steps {
		if !s.price.LessThan(highest) {
			break
		}
		all = append(all, s)
	}
	return append(all, step{price: highest, value: highest.InexactFloat64(), above: a.accepting(highest)})
}

// band is a band around the curve of acceptance that holds the true curve.
type band struct {
	offers []step
	n      int
	cost   float64
	half   float64
	level  float64
	floor  float64 // the best profit on the lower edge
}

func newBand(offers []step, n int, cfg Config) band {
	b := band{offers: offers, n: n, cost: cfg.Cost.InexactFloat64(), level: cfg.Level}
	b.half = math.Sqrt(math.Log(2/(1-cfg.Level)) / (2 * float64(n)))
	for _, o := range offers {
		b.floor = max(b.floor, (o.value-b.cost)*max(b.share(o)-b.half, 0))
	}
	return b
}

func (b band) share(o step) float64 { return float64(o.above) / float64(b.n) }

// upper is the upper edge of the band.
func (b band) upper(o step) float64 { return min(1, b.share(o)+b.half) }

// prices are the first and the last price whose profit on the upper edge reaches the
// floor. Within a step that edge is level, so that profit grows with the price.
func (b band) prices() (lo, hi float64) {
	lo = math.Inf(1)
	for i, o := range b.offers {
		if o.value < b.cost || (o.value-b.cost)*b.upper(o) < b.floor {
			continue
		}
		reached := b.cost + b.floor/b.upper(o)
		if i > 0 {
			reached = max(reached, b.offers[i-1].value)
		}
		lo, hi = min(lo, reached, o.value), max(hi, o.value) // above its value by rounding alone
	}
	return lo, hi
}

// profit is the profit of the sample with the interval of that of everybody.
func (b band) profit(value float64) clientele.Estimate {
	e := clientele.Estimate{Value: value, Lo: b.floor, Level: b.level}
	for _, o := range b.offers {
		e.Hi = max(e.Hi, (o.value-b.cost)*b.upper(o))
	}
	return e
}

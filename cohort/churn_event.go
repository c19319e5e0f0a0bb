package cohort

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Event is something that happened to a customer, such as a complaint or a late
// delivery. It differs from survey.Event, which does not carry its customer.
type Event[K clientele.ID] struct {
	Customer K         `json:"customer"` // customer to whom it happened
	At       time.Time `json:"at"`       // when it happened
	Kind     string    `json:"kind"`     // what happened, as in "late delivery"; required
}

// ChurnEventConfig says who counts as lost, and which events precede a loss.
type ChurnEventConfig struct {
	ChurnConfig // only the zone of its Calendar matters, for the days of mean intervals

	// Within is how many days after a purchase events count, in which the customer must
	// not buy for there to be a pause; required, and shorter than any silence that the
	// rule allows.
	Within clientele.Days `json:"within"`

	// IntervalClasses is into how many classes of equal size, at most 100, pauses are divided
	// by the mean number of days between the days on which the customer had bought until
	// then. Lift then compares pauses within classes; those of customers who had bought on
	// fewer than four days are left out of it, since too little is known of theirs. 0 or 1 = no
	// classes. Five remove some 90 % of what differences in the mean interval add: Cochran, The
	// Effectiveness of Adjustment by Subclassification in Removing Bias in Observational
	// Studies, Biometrics 24 (1968).
	IntervalClasses int `json:"intervalClasses,omitempty"`

	// Adjust adjusts p-values upwards for the number of kinds; zero = Holm.
	Adjust clientele.Adjustment `json:"adjust,omitzero"`
}

const maxIntervalClasses = 100

// The faults of classes.
var (
	errNegativeClasses = rule.Want(rule.Negative, "a number of classes up to %d; 0 = no classes", maxIntervalClasses)
	errManyClasses     = rule.Want(rule.Range, "a number of classes up to %d; 0 = no classes", maxIntervalClasses)
)

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. The values are checked when the question is asked.
func (c *ChurnEventConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.ChurnEventConfig.UnmarshalJSON", data, c)
}

// fill returns the configuration with its defaults and notes its faults.
func (c ChurnEventConfig) fill(faults *clientele.ConfigError) ChurnEventConfig {
	c.ChurnConfig, _ = c.ChurnConfig.fill(faults)
	checkLength(faults, "Within", c.Within)
	if shortest := c.Rule.shortest(); rule.Days(c.Within) == nil && shortest > 0 && c.Within >= shortest {
		faults.Add("Within", c.Within, rule.Because(rule.Range, "not shorter than the silence that is allowed", "less than %d days", shortest))
	}
	switch {
	case c.IntervalClasses < 0:
		faults.Add("IntervalClasses", c.IntervalClasses, errNegativeClasses)
	case c.IntervalClasses > maxIntervalClasses:
		faults.Add("IntervalClasses", c.IntervalClasses, errManyClasses)
	}
	fault.AddValue(faults, "Adjust", c.Adjust.Validate())
	return c
}

// ChurnEvents shows whether customers are lost more often after an event, such as a
// complaint or a late delivery.
//
// It compares pauses. A pause begins with a purchase that no other follows for Within
// days of 24 hours; it ends with the next purchase or with the loss of the customer.
// Events in its first Within days, both ends included, count. Pauses with the event are
// compared with pauses without it, so that nobody has had more time to experience it,
// or has been silent for longer, than anybody else. If instead all events of customers
// who stayed were set against the last days of those who left, customers would seem to
// stay because of complaints, for they stayed to make them (the bias of immortal time:
// Suissa, American Journal of Epidemiology 167, 2008). The moment Within after the
// purchase is a landmark: Anderson, Cain & Gelber, Analysis of Survival by Tumor
// Response, Journal of Clinical Oncology 1 (1983). Only pauses whose allowed silence is
// over by AsOf count, however they ended.
//
// A customer may have many pauses, which resemble each other. Standard errors are therefore
// clustered by customer (delta method); intervals use Student's t, for the lift on the
// scale of logarithms. Where no pause lost its customer, or every one did, the interval of
// the rate is Wilson's for the number of customers.
//
// A lift is no proof of a cause: customers to whom the event happens may differ in other
// ways. If catalogues go to customers who buy rarely, and who therefore look lost more
// often, catalogues seem to drive them away. ChurnEventConfig.IntervalClasses compares
// customers who buy equally often, and [Activity.ChurnEventsBy] those with one label of the
// host's. Where a lift is above 1 without classes, and below its limits in five, a
// [LiftWarning] says so; ChurnEvents then counts twice. What no stratum holds remains: only
// events by chance, as in an experiment, remove all of it.
//
// Of many kinds some have a lift by chance alone. Kinds are ordered by the lower limit of
// the lift, so that what is known comes before what is large, and ChurnEventGroup.Adjusted
// says how surprising the lift is among so many.
//
// Time and memory follow from the payments and events: memory is that of the pairs of strata
// in which one customer has pauses with a kind of event, 250 bytes each.
//
// ChurnEvents returns [clientele.ErrUnknown], with the index of the event, if its customer
// has no purchase, and [clientele.ErrEmpty] if there is no pause.
func (a *Activity[K]) ChurnEvents(cfg ChurnEventConfig, events iter.Seq2[Event[K], error]) (*ChurnEventReport, error) {
	return a.churnEvents("cohort.Activity.ChurnEvents", cfg, events, nil)
}

// ChurnEventsBy is [Activity.ChurnEvents] within groups of customers who are alike, by a
// label of the host's, such as the segment in which they were before the events: Lift
// compares only pauses of customers with the same label. The label must not be a consequence
// of the events. The function is called once for each customer of the roster; nil means no
// labels.
func (a *Activity[K]) ChurnEventsBy(cfg ChurnEventConfig, events iter.Seq2[Event[K], error], label func(customer K) string) (*ChurnEventReport, error) {
	return a.churnEvents("cohort.Activity.ChurnEventsBy", cfg, events, label)
}

func (a *Activity[K]) churnEvents(op string, cfg ChurnEventConfig, events iter.Seq2[Event[K], error], label func(K) string) (*ChurnEventReport, error) {
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	fault.AddSource(&faults, "events", events)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	met, err := readStatements(op, a.known(), events, func(e Event[K]) statementOf[K] {
		return statementOf[K]{customer: e.Customer, field: "Kind", kind: e.Kind, timed: true, at: e.At}
	})
	if err != nil {
		return nil, err
	}
	strata := new(pauseStrata)
	if label != nil {
		strata.labelled(a.keys(label))
	}
	q := a.book.pauseQuestion(&cfg, met, strata)
	if cfg.IntervalClasses > 1 {
		q.classed(cfg.IntervalClasses)
	}
	all := q.counted()
	if err := checkBought(op, a.roster, met); err != nil {
		return nil, err
	}
	if all.base.all.n == 0 {
		return nil, a.book.nobody(op, cfg.AsOf.UnixNano(), all.nobody())
	}
	if _, rest := topOf(met.numbers(), cfg.Top, all.compare); len(rest) > 0 {
		q.met = met.folded(rest)
		all = q.counted()
	}
	return q.judged(all)
}

// nobody is why there are no pauses.
func (c *pauseCounter) nobody() error {
	if c.soon+c.open == 0 {
		return errOnlyRefunds
	}
	return rule.Because(rule.Empty, "no pause has ended by AsOf",
		"a later AsOf or a shorter Within: after %d purchases the allowed silence is not over, %d were followed by another within Within", c.open, c.soon)
}

package cohort

// pauseQuestion is what [Activity.ChurnEvents] asks of a book.
type pauseQuestion struct {
	*pauseFinder
	cfg    *ChurnEventConfig
	book   *book
	met    *statements
	strata *pauseStrata
}

// pauseQuestion is that of a configuration without faults.
func (b *book) pauseQuestion(cfg *ChurnEventConfig, met *statements, strata *pauseStrata) *pauseQuestion {
	find := &pauseFinder{patience: b.patience(&cfg.ChurnConfig), asOf: cfg.AsOf.UnixNano(), within: uint64(cfg.Within.Duration())}
	return &pauseQuestion{find, cfg, b, met, strata}
}

// classed divides pauses into classes of mean intervals, too.
func (q *pauseQuestion) classed(classes int) {
	q.patience.measure(q.book, &q.cfg.ChurnConfig)
	q.strata.classed(q.book, q.pauseFinder, classes, q.cfg.Workers)
}

// counted counts the pauses of all customers.
func (q *pauseQuestion) counted() *pauseCounter {
	newCounter := func() *pauseCounter {
		return &pauseCounter{
			pauseFinder: q.pauseFinder, book: q.book, strata: q.strata,
			met: q.met, kinds: make([]pauseTally, len(q.met.kinds.Names())+1),
		}
	}
	return count(q.book, q.cfg.Workers, newCounter, (*pauseCounter).visit)
}

// judged is the report of what was counted, with its warnings.
func (q *pauseQuestion) judged(all *pauseCounter) (*ChurnEventReport, error) {
	r, err := all.report(*q.cfg)
	if err != nil {
		return nil, err
	}
	if r.Strata != nil {
		r.warnOfStrata()
	}
	if !q.strata.classes && r.claims() {
		q.classed(checkedClasses)
		classed, err := q.counted().report(*q.cfg)
		if err != nil {
			return nil, err
		}
		r.warnOfIntervals(classed)
	}
	return r, nil
}

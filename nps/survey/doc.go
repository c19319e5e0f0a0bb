// Package survey decides which customer may be asked for an opinion now, turns answers
// into tasks for the staff, and reports what the surveys and call-backs led to.
//
//   - [Policy] says who may be asked what, how often and by which channel: a struct with a
//     JSON form that a settings page can store. [Policy.Compile] returns its [Surveyor].
//   - [Surveyor.Decide] decides about one customer now: ask, by which channel, or all the
//     reasons not to. [Surveyor.Choose] decides about many together, under quotas.
//   - [FollowUp] turns an answer into a [Task]: call a detractor back, ask a passive why,
//     invite a promoter to refer others.
//   - [ReportLoop] reports how many tasks were done in time, and whether customers who
//     were called back answer higher the next time than those who were not.
//   - [WordOfMouth] compares what customers said with the referrals that were observed, and
//     [ReportInvitations] what promoters did who were invited to refer others, and who were
//     not.
//
// The score itself, its intervals and tests are in package
// [github.com/clientele-go/clientele/nps]. Customer ids are text here, since they are
// hashed and become part of the ids of tasks; format yours the same way every time.
//
// # Whom to ask
//
// A [Survey] follows an event, such as a delivery, or recurs by customer. A [Request]
// holds all that a decision depends on: the moment, the event, what the customer was sent
// before, the channels to which the customer consents. The host keeps these; the package
// has no store and no clock, so the same request gives the same [Decision].
//
// A [Refusal] is a reason not to ask. Where reasons pass with time, Decision.NotBefore
// says when to try again. The sample of a survey depends on its salt and the customers'
// ids alone, so that it is always the same customers: see [Sampled].
//
// # Closing the loop
//
// [LoopConfig] says within how many hours customers of each attitude are contacted, and
// whom to serve first. The id of a [Task] follows from its answer, so that an answer that
// is handled twice makes one task. [ReportLoop] takes the replies and the contacts that
// the host has recorded, with the [Outcome] and the reason that each may have. It settles
// who was reached in time before it looks at what customers answered next, so that nobody
// counts as reached merely for having answered late.
//
// # Word of mouth
//
// Not everybody who would recommend does. [WordOfMouth] gives the share of
// promoters, passives and detractors who referred somebody within a window after their
// answer, organic referrals and paid ones apart, with the gap between saying and doing, and
// how many of those who came bought, within a window of their own. [ReportInvitations] says
// what became of the promoters who were invited to refer others: referrals, buyers and
// revenue, beside the referrals of promoters who were not invited.
//
// # From a CSV file
//
// With the columns customer, moment and answer:
//
//	rows := csv.NewReader(file)
//	_, err := rows.Read() // the header
//	replies := clientele.Read(func() (survey.Reply, error) {
//		row, err := rows.Read()
//		if err != nil {
//			return survey.Reply{}, err
//		}
//		at, err := time.Parse(time.RFC3339, row[1])
//		answer, wrong := strconv.Atoi(row[2])
//		return survey.Reply{Customer: row[0], At: at, Answer: answer}, errors.Join(err, wrong)
//	})
//	report, err := survey.ReportLoop(replies, contacts, cfg)
//
// where contacts are the call-backs that were made, read in the same way as [Contact], and cfg
// is a [LoopReportConfig].
//
// # Lengths of time
//
// Lengths from an event or an answer are [Hours], since whole days are too coarse there;
// cool-downs, recurrences and windows are [clientele.Days], each of 24 hours.
//
// # Errors, determinism, concurrency
//
// Every error says what was wrong, what is allowed and how to fix it. All faults of a
// configuration come at once in a [clientele.ConfigError], before any record is read.
// Results depend on their arguments alone and not on the order of records. A [Surveyor]
// never changes and may be used by many goroutines at once.
package survey

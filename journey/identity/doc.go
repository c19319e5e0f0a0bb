// Package identity joins the traces that people leave in many systems (telephone numbers,
// e-mail addresses, devices, cards, customer numbers) into one profile a person.
//
// [NewStitcher] with [Rules] makes a [Stitcher]; [Stitcher.AddAll] adds touches. Pass
// [Stitcher.Of] to [journey.NewTimelines], which puts the touches of all channels to their
// people. [Stitcher.Profile] and [Stitcher.All] describe people. The zero Rules are made for
// a shop: a profile has one customer number, a device goes over to who logs in, and
// placeholders such as "null" join nobody.
//
// Before trusting profiles, read [Stitcher.Warnings] and [Stitcher.Conflicts]: an
// identifier with many conflicts is not one person's. [Stitcher.Explain] shows the touches
// that made two identifiers one person's, [Stitcher.Unlink] parts them, [Stitcher.Relink]
// takes that back, and [Stitcher.Changes] tells which rows a host has to move.
//
// # How touches join
//
// All identifiers of a touch that may join are one person's, and so are those that they
// share with other touches. Kinds are ranked: the first of [Rules].Kinds is the most
// trusted, and a touch belongs to the person of its most trusted identifier. While the
// profiles that a touch would join break a Limit or an Unlink together, its least trusted
// identifier is set aside in this touch; or, if its kind is handed over, it goes to the
// touch's person from then on, and what came before stays with the owner before.
//
// # Where order matters
//
// Touches are given in any order, to one stitcher or to several that are merged: the
// profiles, their ids and the binary form are the same. What matters is when touches were:
// where two cannot join the same profile, the earlier one by At, Seq and ID has the first
// claim. Without a Limit, and without Unlinks, time does not matter either. Touches of one
// moment should have numbers in Seq, since their IDs say nothing of their order.
//
// # Ids of profiles
//
// The id of a profile is a UUID of version 5, derived from Rules.Space and the most
// trusted identifier of the profile's first touch. So the same person has the same id
// wherever it is computed. Of two profiles that become one, the older keeps its id; of one
// that is divided, the part with the first touch. A touch that comes late and is the first
// gives another id; Changes tells that too.
//
// # Errors, concurrency, cost
//
// All faults of rules come at once in a [clientele.ConfigError]. Values that join nobody
// are counted, never an error. Adding a touch is nearly constant time. Sets of identifiers
// that break a limit are divided when they are asked for, in time proportional to their
// touches; see [Stitcher.Settle], after which many goroutines may ask.
package identity

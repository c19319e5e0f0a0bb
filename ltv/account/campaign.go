package account

import (
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Campaign is a time of discounts, from From up to, but not at, Until.
type Campaign struct {
	From  time.Time `json:"from"`  // first moment of the campaign
	Until time.Time `json:"until"` // first moment after the campaign
}

// String returns the times, as in "2025-03-01T00:00:00Z to 2025-03-08T00:00:00Z".
func (c Campaign) String() string {
	return c.From.Format(time.RFC3339) + " to " + c.Until.Format(time.RFC3339)
}

// UnmarshalJSON reads a campaign strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *Campaign) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("account.Campaign.UnmarshalJSON", data, c)
}

func (c Campaign) equal(o Campaign) bool { return c.From.Equal(o.From) && c.Until.Equal(o.Until) }

func (c Campaign) overlaps(o Campaign) bool { return c.From.Before(o.Until) && o.From.Before(c.Until) }

// index names an element of a list.
func index(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

// maxCampaigns bounds a search for overlaps that looks at every two campaigns.
const maxCampaigns = 5000

// checkCampaigns notes times that are unusable, ends that are not after their
// beginnings, and overlaps.
func checkCampaigns(faults *clientele.ConfigError, all []Campaign) {
	if len(all) > maxCampaigns {
		faults.Add("Campaigns", len(all), rule.Want(rule.Range, "at most %d campaigns", maxCampaigns))
		return
	}
	var before []Campaign // that are usable
	for i, c := range all {
		place := index("Campaigns", i)
		if !c.check(faults, place) {
			continue
		}
		if j := slices.IndexFunc(before, c.overlaps); j >= 0 {
			faults.Add(place, c, rule.Because(rule.Range, "overlaps an earlier campaign of the list", "a time outside %v", before[j]))
		}
		before = append(before, c)
	}
}

// check notes the faults of a campaign by itself.
func (c Campaign) check(faults *clientele.ConfigError, place string) (ok bool) {
	begins := checkMoment(faults, place+".From", c.From, "the moment at which the campaign begins")
	ends := checkMoment(faults, place+".Until", c.Until, "the moment before which the campaign ends")
	if begins && ends && !c.Until.After(c.From) {
		faults.Add(place+".Until", c.Until, rule.Because(rule.Range, "not after From", "a moment after %v", c.From))
		return false
	}
	return begins && ends
}

package channel

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/journey"
)

// onlineCount counts purchases in the shop.
type onlineCount struct {
	cfg                    OnlineConfig
	online, shop, purchase map[string]bool
	all                    OnlineGroup
	categories             map[string]*OnlineGroup
}

func newOnlineCount(cfg OnlineConfig) *onlineCount {
	return &onlineCount{
		cfg: cfg, online: setOf(cfg.Online), shop: setOf(cfg.Shop), purchase: setOf(cfg.Purchase),
		categories: make(map[string]*OnlineGroup),
	}
}

func setOf(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, name := range names {
		set[name] = true
	}
	return set
}

// counts reports whether a touch is a purchase in the shop that counts.
func (c *onlineCount) counts(t *journey.Touch) bool {
	return c.purchase[t.Touchpoint] && c.shop[t.Channel] &&
		!t.At.Before(c.cfg.Since) && (c.cfg.Until.IsZero() || t.At.Before(c.cfg.Until))
}

// add counts the purchases of a person.
func (c *onlineCount) add(t *journey.Timeline) {
	var last time.Time // the last contact online
	for i := range t.Touches {
		touch := &t.Touches[i]
		if c.online[touch.Channel] {
			last = touch.At
			continue
		}
		if !c.counts(touch) {
			continue
		}
		online := !last.IsZero() && touch.At.Sub(last) <= c.cfg.Within.Duration()
		for _, g := range c.groups(touch) {
			g.add(touch, online)
		}
	}
}

// addUnidentified counts the purchases of people who are not known.
func (c *onlineCount) addUnidentified(op string, unidentified []journey.Touch) error {
	for i := range unidentified {
		if err := unidentified[i].Validate(); err != nil {
			return fault.Renamed(op, fault.Within(fmt.Sprintf("unidentified[%d].", i), err))
		}
		if !c.counts(&unidentified[i]) {
			continue
		}
		for _, g := range c.groups(&unidentified[i]) {
			g.addUnidentified(&unidentified[i])
		}
	}
	return nil
}

// groups are the groups that a purchase belongs to.
func (c *onlineCount) groups(t *journey.Touch) []*OnlineGroup {
	if c.cfg.Category == "" {
		return []*OnlineGroup{&c.all}
	}
	name := t.Labels[c.cfg.Category]
	g := c.categories[name]
	if g == nil {
		g = &OnlineGroup{Category: strings.Clone(name)}
		c.categories[g.Category] = g
	}
	return []*OnlineGroup{&c.all, g}
}

// finish completes the report.
func (c *onlineCount) finish() *OnlineReport {
	r := &OnlineReport{Config: c.cfg, All: c.all.finish(c.cfg.Level)}
	for _, g := range slices.SortedFunc(maps.Values(c.categories), func(a, b *OnlineGroup) int { return cmp.Compare(a.Category, b.Category) }) {
		r.Categories = append(r.Categories, g.finish(c.cfg.Level))
	}
	return r
}

// add counts a purchase of a person who is known, or money given back.
func (g *OnlineGroup) add(t *journey.Touch, online bool) {
	n := oneUnlessRefund(t)
	g.Purchases += n
	g.Money = g.Money.Add(t.Value)
	if online {
		g.Online += n
		g.OnlineMoney = g.OnlineMoney.Add(t.Value)
	}
}

// addUnidentified counts a purchase whose customer is not known, or money given back.
func (g *OnlineGroup) addUnidentified(t *journey.Touch) {
	g.Unidentified += oneUnlessRefund(t)
	g.UnidentifiedMoney = g.UnidentifiedMoney.Add(t.Value)
}

// oneUnlessRefund is how many purchases a touch is.
func oneUnlessRefund(t *journey.Touch) int {
	if t.Value.IsNegative() {
		return 0
	}
	return 1
}

// finish completes a group. One of money given back alone has no shares.
func (g *OnlineGroup) finish(level float64) OnlineGroup {
	g.Share = interval.Share(g.Online, g.Purchases, level)
	if all := float64(g.Purchases + g.Unidentified); all > 0 {
		g.Least, g.Most = float64(g.Online)/all, float64(g.Online+g.Unidentified)/all
	}
	return *g
}

package sales

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/boolean"
	"github.com/clientele-go/clientele/internal/rule"
)

// Expected is what the team as a whole, the person included, had with the same leads and in
// the same periods. Compare with it those who get other leads than their colleagues, or worked
// in another season. nil = no data.
type Expected struct {
	BookingsADay *float64 `json:"bookingsADay,omitempty"` // bookings per working day of the team, each period weighted by the person's working days in it
	MoneyADay    *float64 `json:"moneyADay,omitempty"`    // money per working day of the team, each period weighted by the person's working days in it
	Conversion   *float64 `json:"conversion,omitempty"`   // share of the team's bookings that became a sale, each channel weighted by the person's bookings in it
}

// expectations are what the team had by channel and by period.
type expectations struct {
	by        counting
	ended     []int // bookings by channel
	converted []int

	periodOf map[int]int // by day
	worked   map[int]int // by period
	bookings map[int]int
	money    map[int]float64
}

// expectations reads what the team did.
func (c *Counter[K]) expectations(people []person) *expectations {
	channels := len(c.channels.Names())
	e := &expectations{
		by: c.counting(), ended: make([]int, channels), converted: make([]int, channels),
		periodOf: make(map[int]int), worked: make(map[int]int), bookings: make(map[int]int), money: make(map[int]float64),
	}
	periods, _ := c.cfg.Calendar.Open()
	for i := range people {
		p := &people[i]
		for j := range p.bookings {
			if b := &p.bookings[j]; e.isEnded(b) {
				e.ended[b.channel]++
				e.converted[b.channel] += boolean.Int(b.converted)
			}
		}
		for j := range p.days {
			d := &p.days[j]
			period, known := e.periodOf[d.day]
			if !known {
				period = periodAt(periods, c.days, d.day)
				e.periodOf[d.day] = period
			}
			if p.name != "" {
				e.worked[period] += boolean.Int(d.worked)
				e.bookings[period] += d.bookings
				e.money[period] += d.money
			}
		}
	}
	return e
}

// periodAt is the period of a day.
func periodAt(periods, days *clientele.Periods, day int) int {
	at := days.Start(day)
	if !rule.InTime(at) {
		at = rule.Moment(rule.FirstNanos()) // the day began before the first moment that counts
	}
	return periods.Index(at)
}

func (e *expectations) isEnded(b *booking) bool {
	return b.customer >= 0 && elapsed(b.at, e.by.asOf) >= e.by.within
}

// of is what a person is compared with.
func (e *expectations) of(p *person) (x Expected) {
	if p.name == "" {
		return Expected{}
	}
	own := make(map[int32]int)
	ended := 0
	for i := range p.bookings {
		if b := &p.bookings[i]; e.isEnded(b) {
			own[b.channel]++
			ended++
		}
	}
	if ended > 0 {
		converted := 0.0
		for channel := range e.ended {
			if n := own[int32(channel)]; n > 0 {
				converted += float64(n) * float64(e.converted[channel]) / float64(e.ended[channel])
			}
		}
		x.Conversion = new(converted / float64(ended))
	}
	worked, bookings, money := 0, 0.0, 0.0
	for i := range p.days {
		if d := &p.days[i]; d.worked {
			period := e.periodOf[d.day]
			worked++
			bookings += float64(e.bookings[period]) / float64(e.worked[period])
			money += e.money[period] / float64(e.worked[period])
		}
	}
	if worked > 0 {
		x.BookingsADay, x.MoneyADay = new(bookings/float64(worked)), new(money/float64(worked))
	}
	return x
}

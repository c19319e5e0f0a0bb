package main

import (
	"math/rand/v2"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/examples/internal/contact"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
)

// data are the touches of all channels, joined into people.
type data struct {
	asOf     time.Time // the end of what is known
	stitcher *identity.Stitcher
	people   *journey.Timelines
}

// open joins the touches of all channels into people. In a program of your own they come
// from the logs of the site, the telephone system, the mailings and the tills.
func open() (*data, error) {
	touches := simulated()
	stitcher, err := identity.NewStitcher(identity.Rules{})
	if err != nil {
		return nil, err
	}
	if err := stitcher.AddAll(clientele.All(touches)); err != nil {
		return nil, err
	}
	people, err := journey.NewTimelines(clientele.All(touches), stitcher.Of)
	if err != nil {
		return nil, err
	}
	return &data{touches[len(touches)-1].At, stitcher, people}, nil
}

// simulated are two years of a shop with 600 customers, and the people who were lost on
// the way to it, in order of time.
func simulated() []journey.Touch {
	cfg := shop.Default()
	cfg.Customers = 600
	receipts := shop.Simulate(cfg, rand.NewPCG(2024, 2025))
	return contact.Simulate(receipts, contact.Default(), rand.NewPCG(2026, 2027))
}

package nps_test

import (
	"encoding/csv"
	"strconv"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// carpentriesDrivers are the responses to the instructor training survey of The
// Carpentries that say whether they would recommend it (CC BY 4.0), with five ratings.
func carpentriesDrivers(t testing.TB) []nps.Response {
	t.Helper()
	f := testdata.OpenReference(t, "data", "nps-carpentries-2018", "responses.csv")
	rows := verify.Must(csv.NewReader(f).ReadAll())
	column := make(map[string]int)
	for i, name := range rows[0] {
		column[name] = i
	}
	var all []nps.Response
	for _, row := range rows[1:] {
		answer := row[column["likelihood_to_recommend"]]
		if answer == "" {
			continue
		}
		r := nps.Response{Answer: verify.Must(strconv.Atoi(answer))}
		for _, name := range []string{"time_reasonable", "welcoming", "learned_skills", "material", "worth"} {
			var rating nps.Rating
			if x := row[column[name]]; x != "" {
				rating = nps.NewRating(verify.Must(strconv.ParseFloat(x, 64)))
			}
			r.Ratings = append(r.Ratings, rating)
		}
		all = append(all, r)
	}
	return all
}

// response is one with all ratings.
func response(answer int, ratings ...float64) nps.Response {
	r := nps.Response{Answer: answer}
	for _, x := range ratings {
		r.Ratings = append(r.Ratings, nps.NewRating(x))
	}
	return r
}

// driversOf looks for drivers called a, b, c and so on.
func driversOf(cfg nps.DriverConfig, responses ...nps.Response) (*nps.DriverReport, error) {
	var names []string
	for i := range responses[0].Ratings {
		names = append(names, string(rune('a'+i)))
	}
	return nps.Drivers(clientele.All(responses), names, cfg)
}

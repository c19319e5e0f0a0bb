package rfm_test

import (
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

func TestConfigFaults(t *testing.T) {
	for _, c := range []struct {
		name string
		cfg  rfm.Config
		want []fault
	}{
		{"usable", rfm.Config{AsOf: asOf}, nil},
		{"everything", rfm.Config{AsOf: asOf, Window: 106751, Recent: 5, Amounts: true, Workers: 64}, nil},
		{"zero", rfm.Config{}, []fault{{"AsOf", clientele.ErrZeroTime}}},
		{"too early", rfm.Config{AsOf: day(1677, 12, 31)}, []fault{{"AsOf", clientele.ErrTimeRange}}},
		{"too late", rfm.Config{AsOf: day(2262, 1, 1)}, []fault{{"AsOf", clientele.ErrTimeRange}}},
		{"window below 0", rfm.Config{AsOf: asOf, Window: -1}, []fault{{"Window", clientele.ErrNegative}}},
		{"window too long", rfm.Config{AsOf: asOf, Window: 106752}, []fault{{"Window", clientele.ErrRange}}},
		{"too many recent", rfm.Config{AsOf: asOf, Recent: 6}, []fault{{"Recent", clientele.ErrRange}}},
		{"all at once", rfm.Config{Window: -5, Recent: -1, Workers: -2}, []fault{
			{"AsOf", clientele.ErrZeroTime}, {"Window", clientele.ErrNegative}, {"Recent", clientele.ErrRange}, {"Workers", clientele.ErrNegative},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := rfm.New(new(clientele.Roster[int64]), c.cfg)
			checkFaults(t, err, c.want...)
			_, err = rfm.NewHistory(c.cfg)
			checkFaults(t, err, c.want...)
		})
	}
}

func TestConfigDefaults(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	got := mustNew[int64](t, rfm.Config{AsOf: asOf.In(berlin)}).Config()
	if want := (rfm.Config{AsOf: asOf, Recent: 3}); got != want {
		t.Errorf("configuration is %+v, want %+v", got, want)
	}
	if h := mustHistory(t, rfm.Config{AsOf: asOf}).Config(); h != got {
		t.Errorf("configuration of a history is %+v, want %+v", h, got)
	}
}

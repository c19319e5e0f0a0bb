package special
import "testing"
func BenchmarkBG(b *testing.B) {
	for _, c := range []struct {
		name       string
		r, alpha, a, bb, t float64
	}{
		{"cet z=.45", 2.243, 43.2, .793, 4.4,39},
		{"cet z=.57", 2.243, 43.2, .793, 4.4,52},
		{"x=20 z=.57", 20.243, 43.2, .793, 22.4,52},
		{"mean t=39 z=.9", .243, 4.414, .793, 2.4,39},
		{"mean z=.96", .243, 4.414, .793, 2.4,104},
		{"mean z=.995", .243, 4.414, .793, 2.4,1000},
		{"biga", .243, 4.414, 400.793, 200.4,39},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				BetaGeoMean(c.r,c.alpha, c.a, c.bb, c.t)
			}
		})
		b.Run(c.name+"/quad", func(b *testing.B) {
			for b.Loop() {
				meanByQuadrature(c.r, c.a, c.bb, c.t/c.alpha)
			}
		})
		b.Run(c.name+"/purch", func(b *testing.B) {
			z:=c.t/(c.alpha+c.t)
			for b.Loop() {
				meanByPurchases(c.r, c.a, c.bb,z, c.t/c.alpha)
			}
		})
	}
}

package special

import "testing"

func BenchmarkMills(b *testing.B) {
	for _, c := range []struct {
		name       string
		p, q, a, b float64
	}{
		{"method=series/z=0.02", 2.553, 0.606, 49.4, 50.5},
		{"method=series/z=0.32", 5.074, 0.5388, 208, 142},
		{"method=fraction/z=0.5", 6, 0.6, 100, 50},
		{"method=fraction/z=0.9", 6, 0.6, 100, 10},
		{"method=split/z=0.99", 6, 0.6, 100, 1},
		{"method=split/z=1", 6, 0.6, 1e12, 1e-6},
	} {
		b.Run("func=LogMills/"+c.name, func(b *testing.B) {
			for b.Loop() {
				LogMills(c.p, c.q, c.a, c.b)
			}
		})
		b.Run("func=LogMillsValue/"+c.name, func(b *testing.B) {
			for b.Loop() {
				LogMillsValue(c.p, c.q, c.a, c.b)
			}
		})
	}
}

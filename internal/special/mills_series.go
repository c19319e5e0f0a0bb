package special

// negligible is the size of a term, relative to the sum before it, at which a
// series of positive terms with ratios below 2/3 ends.
const negligible = 0x1p-54

// series returns the Mills ratio from the power series
//
//	M = b/(p+q-1) Σ (p)_n/(p+q)_n z^n
//
// whose terms are all positive (DLMF 15.2.1).
func (g *integrand) series() float64 {
	term, sum := g.p*g.z/g.c, 1.0
	for n := 1.0; term > negligible*sum; n++ {
		sum += term
		term *= g.z * (g.p + n) / (g.c + n)
	}
	return g.b / g.d * sum
}

// sumSeries finds the moments from the series of the Mills ratio F and its
// derivatives. With t_n = (p)_n/(c)_n z^n and c = p+q they are, all positive,
//
//	∂F/∂p =  Σ t_n Σ_{k<n} q/((p+k)(c+k))
//	-∂F/∂q = Σ t_n Σ_{k<n} 1/(c+k)
//	F - (1-z)·∂F/∂z = Σ q t_n (n+1)/(c+n)
//
// The factor p is taken out of t_n, n ≥ 1, so that p = 0 has derivatives too.
func (m *moments) sumSeries(g *integrand) {
	z, p, q := g.z, g.p, g.q
	first := 1 / g.c
	t, tp, tq := z*first, first, first // t_n/p and the inner sums
	var sum, sumP, sumQ, far float64
	pn, cn := p+1, g.c+1
	for n := 2.0; ; n++ {
		sum += t
		sumP += t * tp
		sumQ += t * tq
		inverse := 1 / (pn * cn)
		perC := inverse * pn
		u := t * perC
		far += n * u
		if t <= negligible*sum {
			break
		}
		t *= perC * pn * z
		tp += p * inverse
		tq += perC
		pn++
		cn++
	}
	perD, perF := 1/g.d, 1/(1+p*sum)
	m.mills = g.b * perD / perF
	m.logA = perD - q*sumP*perF
	m.logB = perD + p*sumQ*perF
	m.farB = q * (first + p*far) * perF
	m.farA = 1 - m.farB
}

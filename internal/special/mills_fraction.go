package special

// The continued fraction of Gauss (DLMF 15.7.1) has only positive coefficients
// when the argument of the 2F1 is negative. With w = a/b-1,
//
//	M = a/(c-1) / (1 + k_1 w/(1 + k_2 w/(1 + ...)))
//	k_{2m-1} = (q+m-1)(c+m-2)/((c+2m-3)(c+2m-2))
//	k_{2m}   = m(p+m-1)/((c+2m-2)(c+2m-1))
//
// so its convergents lie on both sides of the limit in turn, which bounds the
// error, and nothing cancels in their recurrence (DLMF 3.10(iii)). Below, K is
// what follows k_2 w, and H is what follows k_1 w:
//
//	H = 1/(1 + k_2 w K),  K = 1/(1 + k_3 w/(1 + ...))

const (
	// fractionSteps is where the fraction gives up. It needs at most a few
	// hundred steps unless the scales are more than a factor of 1e20 apart.
	fractionSteps = 1 << 14

	// fractionError is how far the last two convergents may be apart.
	fractionError = 0x1p-53

	// large is where numerators and denominators, which grow without bound, are
	// scaled together.
	large = 0x1p400
)

// fraction returns the Mills ratio from the continued fraction.
func (g *integrand) fraction() (float64, bool) {
	w := g.z / g.x
	n0, n1, d0, d1 := 0.0, 1.0, 1.0, 1.0
	u, v, next, after := g.q+1, g.d+1, 2.0, g.p+1
	e := g.c + 1
	for range fractionSteps {
		k := u * v / (e * (e + 1)) * w
		n0, n1 = n1, n1+k*n0
		d0, d1 = d1, d1+k*d0
		if agree(n1*d0, n0*d1) {
			h := 1 / (1 + g.second()*w*n1/d1)
			return g.a / (g.d * (1 + g.q/g.c*w*h)), true
		}
		u, v, next, after = next, after, u+1, v+1
		e++
		if d1 > large {
			n0, n1, d0, d1 = n0/large, n1/large, d0/large, d1/large
		}
	}
	return 0, false
}

// second is the coefficient k_2.
func (g *integrand) second() float64 { return g.p / (g.c * (g.c + 1)) }

// agree is true when two convergents are equal, given the products of each
// one's numerator and the other's denominator.
func agree(x, y float64) bool {
	e := fractionError * x
	return x-y <= e && y-x <= e
}

// convergent is a numerator or a denominator with its derivatives in p and q.
type convergent struct{ value, dp, dq float64 }

// evaluateFraction finds the moments from the continued fraction. Its
// coefficient is k = uv/(e(e+1)): u and v depend on p and q by turns, and
// ∂(uv)/∂p is u in both turns, whereas ∂(uv)/∂q is u+v in one and 0 in the other.
func (m *moments) evaluateFraction(g *integrand) bool {
	w := g.z / g.x
	var n0, d0, n1, d1 convergent
	n1.value, d0.value, d1.value = 1, 1, 1
	u, v, next, after := g.q+1, g.d+1, 2.0, g.p+1
	odd, even := 1.0, 0.0
	e := g.c + 1
	for range fractionSteps {
		scale := 1 / (e * (e + 1))
		k := u * v * scale
		scale *= w
		both := k * (2*e + 1)
		kp, kq := (u-both)*scale, (odd*(u+v)-both)*scale
		k *= w

		n0, n1 = n1, convergent{n1.value + k*n0.value, n1.dp + (k*n0.dp + kp*n0.value), n1.dq + (k*n0.dq + kq*n0.value)}
		d0, d1 = d1, convergent{d1.value + k*d0.value, d1.dp + (k*d0.dp + kp*d0.value), d1.dq + (k*d0.dq + kq*d0.value)}
		if agree(n1.value*d0.value, n0.value*d1.value) {
			m.closeFraction(g, w, &n1, &d1)
			return true
		}
		u, v, next, after = next, after, u+1, v+1
		odd, even = even, odd
		e++
		if d1.value > large {
			n0.shrink()
			n1.shrink()
			d0.shrink()
			d1.shrink()
		}
	}
	return false
}

func (c *convergent) shrink() {
	c.value /= large
	c.dp /= large
	c.dq /= large
}

// closeFraction finds the moments when K is n/d.
func (m *moments) closeFraction(g *integrand, w float64, n, d *convergent) {
	p, q, c := g.p, g.q, g.c
	k := n.value / d.value
	dkp, dkq := (n.dp-k*d.dp)/d.value, (n.dq-k*d.dq)/d.value

	second := g.second()
	slope := second * (2*c + 1)
	t := second * w * k
	h := 1 / (1 + t)
	perC := 1 / (c * (c + 1))
	dhp := -h * h * w * ((1-slope)*perC*k + second*dkp)
	dhq := -h * h * w * (second*dkq - slope*perC*k)

	h1 := q / c * h
	whole := 1 + w*h1
	perD, perWhole := 1/g.d, w/whole
	m.mills = g.a * perD / whole
	m.logA = perD + perWhole*(q*dhp-h1)/c
	m.logB = perD + perWhole*(q*dhq+p/c*h)/c
	m.nearB = g.d * h1
	m.farB = q / c * (1 + g.d*t*h)
	m.farA = 1 - m.farB
}

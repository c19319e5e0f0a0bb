package ltv

// keyed is an element's number with a key to sort it by.
type keyed struct {
	key uint64
	at  int32
}

// sorter sorts numbers by keys, least significant digit first, which for a
// hundred thousand keys is ten times faster than comparing them. It is stable, so
// sorting by a minor and then by a major key sorts by both.
type sorter struct {
	order, spare []keyed
	bits         int // of a digit
}

// maxDigits is the number of digits where there are many keys; with few, counting
// so many would cost more than the keys.
const maxDigits = 1 << 11

func newSorter(n int) *sorter {
	s := &sorter{make([]keyed, n), make([]keyed, n), 11}
	if n < 2*maxDigits {
		s.bits = 8
	}
	for i := range s.order {
		s.order[i].at = int32(i)
	}
	return s
}

// by sorts by key(at).
func (s *sorter) by(key func(at int32) uint64) {
	var all, some uint64 = ^uint64(0), 0 // bits that all keys have, and that some have
	for i := range s.order {
		e := &s.order[i]
		e.key = key(e.at)
		all &= e.key
		some |= e.key
	}
	for shift := 0; shift < 64; shift += s.bits {
		if (all^some)>>shift&s.mask() != 0 {
			s.pass(shift)
		}
	}
}

func (s *sorter) mask() uint64 { return 1<<s.bits - 1 }

// pass sorts by the digit at a shift.
func (s *sorter) pass(shift int) {
	var counts [maxDigits]int32
	ends, mask := counts[:s.mask()+1], s.mask()
	for i := range s.order {
		ends[s.order[i].key>>shift&mask]++
	}
	sum := int32(0)
	for d := range ends {
		sum, ends[d] = sum+ends[d], sum
	}
	for _, e := range s.order {
		d := e.key >> shift & mask
		s.spare[ends[d]] = e
		ends[d]++
	}
	s.order, s.spare = s.spare, s.order
}

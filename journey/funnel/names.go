package funnel

// nameTable finds what a name means. A slot is chosen by the length of a name and three of its
// bytes, which for the few names of a funnel is cheaper than a map; names whose slot is taken
// are in a map.
type nameTable struct {
	slots [nameSlots]nameSlot
	rest  map[string]marks
}

// nameSlots is a power of two, much larger than the number of names in most funnels.
const nameSlots = 256

type nameSlot struct {
	name string // "" for none
	marks
}

// find returns what a name means; nothing for one that is not known.
func (t *nameTable) find(name string) marks {
	if name == "" {
		return marks{}
	}
	if s := &t.slots[slotOf(name)]; s.name == name {
		return s.marks
	}
	return t.rest[name] // of a nil map as a rule
}

// slotOf spreads names, which are not "".
func slotOf(name string) uint32 {
	n := len(name)
	return (uint32(n)<<24 ^ uint32(name[0])<<16 ^ uint32(name[n/2])<<8 ^ uint32(name[n-1])) * 0x9e3779b1 >> 12 % nameSlots
}

// add adds a meaning to a name, which is not "".
func (t *nameTable) add(name string, m marks) {
	s := &t.slots[slotOf(name)]
	switch {
	case s.name == "":
		*s = nameSlot{name, m}
	case s.name == name:
		s.marks = s.or(m)
	default:
		if t.rest == nil {
			t.rest = make(map[string]marks)
		}
		t.rest[name] = t.rest[name].or(m)
	}
}

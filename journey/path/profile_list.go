package path

import "iter"

// profileList is the names of people one after another, each with the label with which the
// way ends.
type profileList struct {
	names  []byte
	ends   []int   // by person, where the name ends
	labels []int32 // by person
}

// add adds a person.
func (p *profileList) add(name string, label int32) {
	p.names = append(p.names, name...)
	p.ends = append(p.ends, len(p.names))
	p.labels = append(p.labels, label)
}

// merge adds the people of another list, whose labels have these numbers here.
func (p *profileList) merge(o *profileList, here []int32) {
	before := len(p.names)
	p.names = append(p.names, o.names...)
	for i, end := range o.ends {
		p.ends = append(p.ends, before+end)
		p.labels = append(p.labels, here[o.labels[i]])
	}
}

// of yields the people whose way ends with a label.
func (p *profileList) of(label int32) iter.Seq[string] {
	return func(yield func(string) bool) {
		begin := 0
		for i, end := range p.ends {
			if p.labels[i] == label && !yield(string(p.names[begin:end])) {
				return
			}
			begin = end
		}
	}
}

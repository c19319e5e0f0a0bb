package ltv

import (
	"maps"
	"slices"
	"strings"
)

// labels numbers the group labels that customers have or had.
type labels struct {
	names []string
	ids   map[string]int32
}

// id returns the number of a label.
func (l *labels) id(name string) int32 {
	if id, ok := l.ids[name]; ok {
		return id
	}
	if l.ids == nil {
		l.ids = make(map[string]int32)
	}
	name = strings.Clone(name) // it may be a piece of something large
	id := int32(len(l.names))
	l.names, l.ids[name] = append(l.names, name), id
	return id
}

func (l *labels) reset() {
	clear(l.names)
	l.names = l.names[:0]
	clear(l.ids)
}

func (l *labels) clone() labels {
	return labels{slices.Clone(l.names), maps.Clone(l.ids)}
}

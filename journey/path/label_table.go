package path

import "github.com/clientele-go/clientele/internal/labelset"

// labelTable numbers labels. Steps repeat few labels, so a small cache before the map answers
// nearly all of them.
type labelTable struct {
	set    labelset.Set
	recent [cached]cachedLabel
}

// cached is how many labels the cache holds, a power of two.
const cached = 64

type cachedLabel struct {
	name string
	id   int32
}

func (t *labelTable) len() int { return len(t.set.Names()) }

// number returns the number of a label that is not "".
func (t *labelTable) number(name string) int32 {
	n := len(name)
	at := &t.recent[(n+int(name[0])+7*int(name[n-1])+31*int(name[n/2]))%cached]
	if at.name == name {
		return at.id
	}
	id := t.set.ID(name)
	*at = cachedLabel{t.set.Names()[id], id}
	return id
}

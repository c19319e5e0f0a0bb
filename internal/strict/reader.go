package strict

import "encoding/json"

// maxDepth bounds how deep values are nested.
const maxDepth = 64

// reader is a place in a document that is known to be JSON.
type reader struct {
	data  []byte
	at    int
	depth int
}

// peek returns the first byte of the value, or the mark, that comes next.
func (r *reader) peek() byte {
	for {
		switch c := r.data[r.at]; c {
		case ' ', '\t', '\n', '\r':
			r.at++
		default:
			return c
		}
	}
}

// skip passes a value, in which it finds keys that occur twice, and returns its text.
func (r *reader) skip() ([]byte, *Fault) {
	kind, start := r.peek(), r.at
	switch kind {
	case '{':
		if fault := r.object(func(string) *Fault { return r.pass() }); fault != nil {
			return nil, fault
		}
	case '[':
		if fault := r.list(func(int) *Fault { return r.pass() }); fault != nil {
			return nil, fault
		}
	case '"':
		r.passText()
	default:
		r.passWord()
	}
	return r.data[start:r.at], nil
}

func (r *reader) pass() *Fault {
	_, fault := r.skip()
	return fault
}

// passText passes a text in quotes.
func (r *reader) passText() {
	for r.at++; r.data[r.at] != '"'; r.at++ {
		if r.data[r.at] == '\\' {
			r.at++
		}
	}
	r.at++
}

// passWord passes a number, true, false or null.
func (r *reader) passWord() {
	for r.at < len(r.data) {
		switch r.data[r.at] {
		case ' ', '\t', '\n', '\r', ',', ':', ']', '}':
			return
		}
		r.at++
	}
}

// text passes a text and returns what it says.
func (r *reader) text() string {
	start := r.at
	r.passText()
	return unquote(r.data[start:r.at])
}

// unquote returns what a text in quotes says.
func unquote(quoted []byte) (text string) {
	_ = json.Unmarshal(quoted, &text) // which is known to be JSON
	return text
}

// object passes an object; member passes the value of each key.
func (r *reader) object(member func(key string) *Fault) *Fault {
	seen := make(map[string]bool)
	return r.sequence('}', func(int) *Fault {
		r.peek()
		key := r.text()
		if seen[key] {
			return givenTwice().under(keyPath(key))
		}
		seen[key] = true
		r.peek()
		r.at++ // the colon
		return member(key).under(keyPath(key))
	})
}

// list passes a list; element passes each of its values.
func (r *reader) list(element func(i int) *Fault) *Fault {
	return r.sequence(']', func(i int) *Fault { return element(i).under(indexPath(i)) })
}

// sequence passes what stands between brackets, of which each part is passed by one.
func (r *reader) sequence(end byte, part func(i int) *Fault) *Fault {
	if r.depth++; r.depth > maxDepth {
		return broken("nested too deeply", "at most %d levels", maxDepth)
	}
	r.at++ // the bracket
	for i := 0; r.peek() != end; i++ {
		if r.data[r.at] == ',' {
			r.at++
		}
		if fault := part(i); fault != nil {
			return fault
		}
	}
	r.at++
	r.depth--
	return nil
}

package xes

import (
	"encoding/xml"
	"io"

	"github.com/clientele-go/clientele/internal/rule"
)

// deepest is how deep elements may be nested: a log, a trace, an event and its attributes
// make four levels, lists some more.
const deepest = 32

// scanner reads the elements of a document. Its first error is its last.
type scanner struct {
	source *source
	in     *xml.Decoder
	depth  int
}

// source keeps the error of a reader, so that it is told from a document that is no XML.
type source struct {
	io.Reader
	err error
}

func (s *source) Read(p []byte) (n int, err error) {
	n, err = s.Reader.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

func newScanner(r io.Reader) *scanner {
	from := &source{Reader: r}
	return &scanner{source: from, in: xml.NewDecoder(from)}
}

// next returns the next element that begins, or nil where one ends. At the end of the
// document it returns io.EOF.
func (s *scanner) next() (*xml.StartElement, error) {
	for {
		token, err := s.in.Token()
		if err != nil {
			return nil, s.told(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if s.depth++; s.depth > deepest {
				return nil, errDeep
			}
			return &t, nil
		case xml.EndElement:
			s.depth--
			return nil, nil
		case xml.Directive:
			return nil, errDirective
		}
	}
}

// told is an error of the decoder: that of the reader as it is, the end of the document, or
// else a document that is no XML.
func (s *scanner) told(err error) error {
	switch {
	case s.source.err != nil:
		return s.source.err
	case err == io.EOF:
		return err
	}
	return rule.Also(rule.Encoding, err)
}

// skip reads to the end of the element that began last.
func (s *scanner) skip() error {
	for outside := s.depth - 1; s.depth > outside; {
		if _, err := s.next(); err != nil {
			return err
		}
	}
	return nil
}

var (
	errDirective = rule.Because(rule.Encoding, "a document type declaration", "a document without <!DOCTYPE …>: entities are not expanded")
	errDeep      = rule.Because(rule.Encoding, "elements are nested too deep", "at most %d levels", deepest)
)

// attributeOf returns the value of an attribute of an element.
func attributeOf(e *xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

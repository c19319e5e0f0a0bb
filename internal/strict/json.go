// Package strict decodes stored policies without ignoring unknown keys.
package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// JSON decodes data, which must be one JSON value, into v, refusing keys that v
// has no field for. Of a key that occurs twice the last counts, and the case of
// keys does not, as in encoding/json.
func JSON(data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("more than one value")
	}
	return nil
}

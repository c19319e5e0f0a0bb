// Package fault makes and changes the errors that every room reports.
package fault

import "github.com/clientele-go/clientele"

// Missing says that an argument or a required field is absent.
func Missing(op, field string) error {
	return &clientele.InputError{Op: op, Index: -1, Field: field, Err: clientele.ErrMissing}
}

// Renamed gives an InputError the name of the function that the host called. Any other
// error stays as it is.
func Renamed(op string, err error) error {
	if in, ok := err.(*clientele.InputError); ok {
		named := *in
		named.Op = op
		return &named
	}
	return err
}

// AddPart adds the faults of a part of a configuration, each with the place of the part
// before its field. An error that is no ConfigError has none.
func AddPart(faults *clientele.Faults, place string, err error) {
	all, ok := err.(*clientele.ConfigError)
	if !ok {
		return
	}
	for _, one := range all.Faults {
		if in, ok := one.(*clientele.InputError); ok {
			faults.Add(place+in.Field, in.Value, in.Err)
		}
	}
}

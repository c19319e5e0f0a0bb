package nps

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
)

// checkName notes a value that has no name.
func checkName[T ~uint8](faults *clientele.ConfigError, field string, value T, names []string) {
	if !enum.Known(names, value) {
		faults.Add(field, value, clientele.ErrUnknown)
	}
}

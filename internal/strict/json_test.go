package strict_test

import (
	"testing"

	"github.com/clientele-go/clientele/internal/strict"
)

func TestJSON(t *testing.T) {
	for _, c := range []struct {
		name, data string
		ok         bool
	}{
		{"known key", `{"a":1}`, true},
		{"white space after", "{\"a\":1} \n", true},
		{"unknown key", `{"a":1,"b":2}`, false},
		{"two values", `{"a":1}{"a":2}`, false},
		{"rubbish after", `{"a":1}]`, false},
		{"wrong type", `{"a":"x"}`, false},
		{"cut short", `{"a":`, false},
		{"nothing", ``, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var v struct {
				A int `json:"a"`
			}
			err := strict.JSON([]byte(c.data), &v)
			if (err == nil) != c.ok || c.ok && v.A != 1 {
				t.Errorf("%q gives %+v, %v", c.data, v, err)
			}
		})
	}
}

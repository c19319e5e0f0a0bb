package nps

import (
	"encoding/json"
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// panelForm is a panel as JSON, its groups by name.
type panelForm struct {
	Scale    Scale              `json:"scale"`
	Calendar clientele.Calendar `json:"calendar"`
	Groups   []groupForm        `json:"groups"`
}

// groupForm is a group with its periods in order of time.
type groupForm struct {
	Name    string       `json:"name"`
	Periods []periodForm `json:"periods"`
}

// periodForm is a period by its number in [clientele.Periods], with its name for
// readers, and the counts of all answers from the lowest.
type periodForm struct {
	Period int32    `json:"period"`
	Label  string   `json:"label"`
	Counts []uint64 `json:"counts"`
}

// MarshalJSON writes the configuration and the counts of all groups and periods, sorted.
// [Panel.MarshalBinary] is smaller and faster.
func (p Panel) MarshalJSON() ([]byte, error) {
	if err := p.open("nps.Panel.MarshalJSON"); err != nil {
		return nil, err
	}
	cfg := p.Config()
	form := panelForm{Scale: cfg.Scale, Calendar: cfg.Calendar, Groups: []groupForm{}}
	for _, i := range p.sorted() {
		key := p.keys[i]
		name := p.names[key.group]
		if n := len(form.Groups); n == 0 || form.Groups[n-1].Name != name {
			form.Groups = append(form.Groups, groupForm{Name: name})
		}
		group := &form.Groups[len(form.Groups)-1]
		group.Periods = append(group.Periods, periodForm{key.period, p.periods.Label(int(key.period)), p.at(i)})
	}
	return json.Marshal(form)
}

// UnmarshalJSON reads what MarshalJSON writes, and replaces the configuration too.
// Anything else returns [clientele.ErrEncoding] and leaves p as it was.
func (p *Panel) UnmarshalJSON(data []byte) error {
	const op = "nps.Panel.UnmarshalJSON"
	var form panelForm
	if err := strict.Into[clientele.InputError](op, data, &form); err != nil {
		return err
	}
	read, err := NewPanel(PanelConfig{form.Scale, form.Calendar})
	if err != nil {
		return fault.Encoding(op, firstStored(err))
	}
	if form.Groups == nil {
		return fault.Encoding(op, fault.Of("", "groups", nil, errNoList))
	}
	for i, g := range form.Groups {
		path := fmt.Sprintf("groups[%d].", i)
		if i > 0 && g.Name <= form.Groups[i-1].Name {
			return fault.Encoding(op, fault.Of("", path+"name", g.Name, errUnsorted))
		}
		if len(g.Periods) == 0 {
			return fault.Encoding(op, fault.Of("", path+"periods", nil, errNoAnswers))
		}
		if err := read.fill(path, g.Name, g.Periods); err != nil {
			return fault.Encoding(op, err)
		}
	}
	*p = *read
	return nil
}

var (
	errNoList   = rule.Want(rule.Missing, "a list, which may be empty")
	errUnsorted = rule.Because(rule.Range, "not in ascending order", "each once, in ascending order")
)

// fill counts what is stored of a group at a path.
func (p *Panel) fill(path, name string, periods []periodForm) error {
	for i, f := range periods {
		path := fmt.Sprintf("%speriods[%d].", path, i)
		switch {
		case i > 0 && f.Period <= periods[i-1].Period:
			return fault.Of("", path+"period", f.Period, errUnsorted)
		case f.Period < -farPeriod || f.Period > farPeriod || !reachable(p.periods, int(f.Period)):
			return fault.Of("", path+"period", f.Period, rule.Because(rule.Range, "outside the years of answers", "a period of the years 1678 to 2261"))
		}
		if label := p.periods.Label(int(f.Period)); f.Label != label {
			return fault.Of("", path+"label", f.Label, rule.Because(rule.Mismatch, "not the name of the period", "%q, that of period %d", label, f.Period))
		}
		t := p.blank
		if err := t.fill(path+"counts", f.Counts); err != nil {
			return err
		}
		n := t.N()
		switch {
		case n == 0:
			return fault.Of("", path+"counts", nil, errNoAnswers)
		case n > maxN-p.n:
			return fault.Of("", path+"counts", n, errTooMany)
		}
		copy(p.count(name, f.Period), f.Counts)
		p.n += n
	}
	return nil
}

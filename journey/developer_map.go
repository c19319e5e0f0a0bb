package journey

// DeveloperMap returns a ready map for a property developer with the 18 touchpoints of that
// trade: construction site, its fence, site camp, builders, sales office, sales employee,
// business card, brochure, model, meeting room, parking, web site, social network groups,
// advertising, finished houses, managing company, contract and gift to a prospect. Each
// advertising medium is a touchpoint of its own, named as in "advertising: radio"; without
// media there is one, "advertising". Stages, decisions and owners are a proposal to edit:
// the owner is a department.
func DeveloperMap(media ...string) Map {
	m := Map{
		Name:   "property developer",
		Stages: []string{"study", "compare", "consult", "order", "delivery", "service"},
		Scenarios: []Scenario{
			{Name: "walks past", Touchpoints: []string{"fence", "web site", "sales office", "sales employee", "contract"}},
			{Name: "searches", Touchpoints: []string{"web site", "sales employee", "meeting room", "model", "brochure", "contract"}},
			{Name: "was told by a resident", Touchpoints: []string{"finished houses", "managing company", "sales office", "contract"}},
		},
	}
	for _, t := range developerTouchpoints() {
		if t.Name != "advertising" || len(media) == 0 {
			m.Touchpoints = append(m.Touchpoints, t)
			continue
		}
		for _, medium := range media {
			own := t
			own.Name, own.Channel = t.Name+": "+medium, medium
			m.Touchpoints = append(m.Touchpoints, own)
		}
	}
	return m
}

// developerTouchpoints are the touchpoints of DeveloperMap.
func developerTouchpoints() []Touchpoint {
	var (
		study, compare, consult   = []string{"study"}, []string{"study", "compare"}, []string{"consult"}
		considered, bought, meant = []Decision{Consider}, []Decision{Buy}, []Decision{Recommend}
	)
	return []Touchpoint{
		{Name: "construction site", Stages: compare, Channel: "on site", Place: "construction site", Owner: "construction", Decisions: considered},
		{Name: "fence", Stages: study, Channel: "on site", Place: "construction site", Owner: "marketing", Decisions: considered},
		{Name: "site camp", Stages: compare, Channel: "on site", Place: "construction site", Owner: "construction"},
		{Name: "builders", Stages: compare, Channel: "on site", Place: "construction site", Owner: "construction"},
		{Name: "sales office", Stages: []string{"consult", "order"}, Channel: "office", Place: "sales office", Owner: "sales", Decisions: bought},
		{Name: "sales employee", Stages: []string{"consult", "order"}, Channel: "office", Place: "sales office", Owner: "sales", Decisions: bought},
		{Name: "business card", Stages: consult, Channel: "office", Place: "sales office", Owner: "sales"},
		{Name: "brochure", Stages: []string{"compare", "consult"}, Channel: "print", Place: "sales office", Owner: "marketing", Decisions: considered},
		{Name: "model", Stages: consult, Channel: "office", Place: "sales office", Owner: "sales", Decisions: considered},
		{Name: "meeting room", Stages: consult, Channel: "office", Place: "sales office", Owner: "sales", Decisions: bought},
		{Name: "parking", Stages: consult, Channel: "office", Place: "sales office", Owner: "administration"},
		{Name: "web site", Stages: compare, Channel: "web", Owner: "marketing", Decisions: considered},
		{Name: "social network groups", Stages: []string{"study", "compare", "service"}, Channel: "social", Owner: "marketing", Decisions: []Decision{Consider, Recommend}},
		{Name: "advertising", Stages: study, Channel: "advertising", Owner: "marketing", Decisions: considered},
		{Name: "finished houses", Stages: []string{"compare", "service"}, Channel: "on site", Place: "finished houses", Owner: "construction", Decisions: []Decision{Consider, Recommend}},
		{Name: "managing company", Stages: []string{"delivery", "service"}, Channel: "on site", Place: "finished houses", Owner: "service", Decisions: meant},
		{Name: "contract", Stages: []string{"order"}, Channel: "office", Place: "sales office", Owner: "legal", Decisions: bought},
		{Name: "gift to a prospect", Stages: consult, Channel: "office", Place: "sales office", Owner: "marketing", Decisions: considered},
	}
}

package identity

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/google/uuid"
)

// Rules say which identifiers join touches into profiles, and which do not. They are a
// plain struct with a JSON form, so that you can store them and edit them in a settings
// page; [NewStitcher] checks them. The zero Rules are usable: the kinds are
// [DefaultKinds], and placeholders such as "null" join nobody.
type Rules struct {
	// Kinds are the kinds of identifiers that join, the most trusted first; none =
	// [DefaultKinds]. An identifier of another kind is set aside and counted, see
	// [Stitcher.Refused].
	Kinds []Kind `json:"kinds,omitempty"`

	// Blocked are values that are not one person's: the telephone of the shop, the tablet at
	// its counter.
	Blocked []Block `json:"blocked,omitempty"`

	// AllowPlaceholders lets placeholders such as "null" join people like any other value;
	// false = they join nobody. [IsPlaceholder] tells which they are.
	AllowPlaceholders bool `json:"allowPlaceholders,omitempty"`

	// Dates say from when to when an identifier is one person's. One that is not named is so
	// at any time.
	Dates []Dates `json:"dates,omitempty"`

	// Space is the name space of the ids of profiles. Hosts with several clients give each
	// its own. The zero UUID is a name space too.
	Space uuid.UUID `json:"space,omitzero"`
}

// UnmarshalJSON reads rules. An unknown key, a key given twice or a value of the wrong type
// returns an InputError of [clientele.ErrEncoding] and leaves r as it was. [NewStitcher]
// checks the values.
func (r *Rules) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("identity.Rules.UnmarshalJSON", data, r)
}

// Kind is a kind of identifier, with its rules.
type Kind struct {
	Name string `json:"name"` // as in Identifier.Kind, unique; required

	// Limit is how many values of the kind a profile may have; 0 = any number. A touch that
	// would put more into one profile joins without its least trusted identifiers: see
	// [Stitcher.Conflicts].
	Limit int `json:"limit,omitempty"`

	// HandOver lets an identifier of the kind pass from one person to another, like a device
	// from which several people log in: where it would join two people against a limit, it
	// belongs to the person of the touch from then on, and to its owner before until then. It
	// excludes Limit.
	HandOver bool `json:"handOver,omitempty"`

	// Form is the way in which values are written, so that spellings of one value are one;
	// zero = Exact.
	Form Form `json:"form,omitzero"`
}

// UnmarshalJSON reads a kind. An unknown key, a key given twice or a value of the wrong
// type returns an InputError of [clientele.ErrEncoding] and leaves k as it was.
// [NewStitcher] checks the values.
func (k *Kind) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("identity.Kind.UnmarshalJSON", data, k)
}

// DefaultKinds returns the kinds of the zero [Rules], the most trusted first. The slice is
// the caller's.
//
//	customer  the host's number of the customer; a profile has one
//	card      number of a loyalty card
//	phone     telephone number, in any spelling
//	email     e-mail address, in any spelling
//	device    cookie or installation; handed over to who logs in
func DefaultKinds() []Kind {
	return []Kind{
		{Name: "customer", Limit: 1},
		{Name: "card"},
		{Name: "phone", Form: Phone},
		{Name: "email", Form: Email},
		{Name: "device", HandOver: true},
	}
}

// Block names values that are not one person's: one value, or all that are like a pattern.
type Block struct {
	Kind  string `json:"kind,omitempty"`  // kind of the identifiers; "" = every kind
	Value string `json:"value,omitempty"` // the value, in any spelling that the form of the kind makes one
	Like  string `json:"like,omitempty"`  // pattern of values in their form, in which * is any text, as in "*@shop.example"; instead of Value
}

// UnmarshalJSON reads a block. An unknown key, a key given twice or a value of the wrong
// type returns an InputError of [clientele.ErrEncoding] and leaves b as it was.
// [NewStitcher] checks the values.
func (b *Block) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("identity.Block.UnmarshalJSON", data, b)
}

// Dates say when an identifier is one person's. Outside the dates it joins nothing. An
// identifier that has several, which do not overlap, is another person's in each: a
// telephone number that the operator gave to somebody else. Each counts for Kind.Limit.
type Dates struct {
	Kind  string `json:"kind"`  // kind of the identifier; required
	Value string `json:"value"` // its value; required

	From  time.Time `json:"from,omitzero"`  // first moment; zero = from the beginning
	Until time.Time `json:"until,omitzero"` // first moment at which it is no longer so; zero = without end
}

// UnmarshalJSON reads dates. An unknown key, a key given twice or a value of the wrong type
// returns an InputError of [clientele.ErrEncoding] and leaves d as it was. [NewStitcher]
// checks the values.
func (d *Dates) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("identity.Dates.UnmarshalJSON", data, d)
}

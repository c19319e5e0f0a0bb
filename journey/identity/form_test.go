package identity_test

import (
	"testing"

	"github.com/clientele-go/clientele/journey/identity"
)

func TestForm_Normal(t *testing.T) {
	for _, test := range []struct {
		name        string
		form        identity.Form
		value, want string
	}{
		{"exact keeps space", identity.Exact, " A ", " A "},
		{"folded", identity.Folded, " Ärger\t", "ärger"},
		{"folded, no UTF-8", identity.Folded, " A\xff", "A\xff"},
		{"e-mail", identity.Email, " Ada.L+shop@Mail.Example ", "ada.l+shop@mail.example"},
		{"e-mail of a link", identity.Email, "mailto:Mailto: ada@mail.example", "ada@mail.example"},
		{"e-mail, not one", identity.Email, "a", "a"},
		{"international number", identity.Phone, "+49 (30) 123-45.67", "+49301234567"},
		{"00 in front", identity.Phone, "0049/30/1234567", "+49301234567"},
		{"0 0 in front", identity.Phone, "0 049 30", "+4930"},
		{"trunk zero", identity.Phone, "+49 (0)30 123", "+4930123"},
		{"trunk zero after 00", identity.Phone, "0049 (0)30 123", "+4930123"},
		{"national number", identity.Phone, "(030) 123-456", "030123456"},
		{"national number in zeros", identity.Phone, "(0)30 123", "030123"},
		{"narrow spaces", identity.Phone, "+49\u202f30\u00a0123", "+4930123"},
		{"letters", identity.Phone, " 0800-FLOWERS ", "0800-FLOWERS"},
		{"no digit", identity.Phone, " + ", "+"},
		{"two plus signs", identity.Phone, "++49", "++49"},
		{"unknown form", identity.Form(9), " A ", " A "},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.form.Normal(test.value); got != test.want {
				t.Errorf("Normal(%q) = %q, want %q", test.value, got, test.want)
			}
		})
	}
}

// Invariant: writing a value in its form again changes nothing, in whatever way a stitcher
// writes it.
func FuzzForm_Normal(f *testing.F) {
	for _, value := range []string{"+49 (0)30", "0 0 1", "mailto: a", "İ", "\xff", "(0)(0)", "00", "+00", "000"} {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		for form := identity.Exact; form <= identity.Phone; form++ {
			normal := form.Normal(value)
			if again := form.Normal(normal); again != normal {
				t.Errorf("%v: %q is %q and again %q", form, value, normal, again)
			}
			s := stitched(t, identity.Rules{Kinds: []identity.Kind{{Name: "k", Form: form}}, AllowPlaceholders: true}, touch(1, "k "+value))
			if p, ok := s.Profile(named("k " + normal)); !ok || p.Identifiers[0].Value != normal {
				t.Errorf("%v: %q is in %v", form, value, p)
			}
		}
		_ = identity.IsPlaceholder(value)
	})
}

func TestIsPlaceholder(t *testing.T) {
	for value, want := range map[string]bool{
		"": true, " ": true, "null": true, "NULL": true, "<null>": true, "(none)": true, "undefined": true, "Anonymous ": true,
		"0": true, "000-0000": true, "+00000000": true, "00000000-0000-0000-0000-000000000000": true, "n/a": true, "unknown": true,
		"+70000000000": true, "+7 (000) 000-00-00": true, "0049 0000000": true, "+1 0000000000": true, "[object Object]": true,
		"test@mail.example": true, "noreply@shop.example": true, "@mail.example": true, "ada@": true, "-": true, "???": true, "+49***123": true,
		"a": false, "7001": false, "1000000000": false, "70000000000": false, "+79000000000": false, "+7900000001": false,
		"ada@mail.example": false, "tester@mail.example": false, "d0": false, "kiosk-01": false, "C00001": false, "nullarbor": false,
	} {
		if got := identity.IsPlaceholder(value); got != want {
			t.Errorf("IsPlaceholder(%q) = %t", value, got)
		}
	}
}

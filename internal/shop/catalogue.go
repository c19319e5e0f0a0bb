package shop

import (
	"slices"

	"github.com/clientele-go/clientele"
)

// product is an article of the shop. Money is in cents.
type product struct {
	name     string
	category string
	list     int64          // price per unit before discount
	cost     int64          // per unit, to the shop
	appeal   float64        // relative popularity within the category
	role     clientele.Role // Core, AddOn, LeadMagnet or Gift
}

// The categories that the simulation treats by name.
const (
	supplies = "supplies" // used up, so that regulars come for them
	services = "services" // never discounted
)

// products is the catalogue, never changed.
var products = [...]product{
	{"Television 43", "television", 399_00, 318_00, 5, clientele.Core},
	{"Television 50", "television", 499_00, 395_00, 4, clientele.Core},
	{"Television 55", "television", 649_00, 510_00, 5, clientele.Core},
	{"Television 65", "television", 999_00, 770_00, 2, clientele.Core},
	{"Projector", "television", 579_00, 430_00, 1, clientele.Core},

	{"Earphones", "audio", 39_90, 22_00, 8, clientele.Core},
	{"Headphones", "audio", 89_00, 51_00, 5, clientele.Core},
	{"Headphones quiet", "audio", 219_00, 132_00, 3, clientele.Core},
	{"Bluetooth speaker", "audio", 59_00, 34_00, 6, clientele.Core},
	{"Soundbar", "audio", 179_00, 112_00, 3, clientele.Core},
	{"Radio", "audio", 69_00, 43_00, 3, clientele.Core},

	{"Notebook 14", "computer", 749_00, 628_00, 6, clientele.Core},
	{"Notebook 16", "computer", 1099_00, 915_00, 2, clientele.Core},
	{"Tablet", "computer", 299_00, 244_00, 5, clientele.Core},
	{"Mini computer", "computer", 479_00, 398_00, 2, clientele.Core},
	{"Monitor 24", "computer", 149_00, 114_00, 6, clientele.Core},
	{"Monitor 27", "computer", 229_00, 172_00, 5, clientele.Core},
	{"Monitor 32", "computer", 389_00, 290_00, 2, clientele.Core},
	{"Printer", "computer", 189_00, 158_00, 4, clientele.Core},

	{"Desk chair", "furniture", 189_00, 104_00, 5, clientele.Core},
	{"Desk chair ergonomic", "furniture", 379_00, 205_00, 2, clientele.Core},
	{"Standing desk", "furniture", 349_00, 201_00, 3, clientele.Core},
	{"Desk lamp", "furniture", 45_00, 23_00, 6, clientele.Core},
	{"Shelf", "furniture", 79_00, 44_00, 3, clientele.Core},
	{"Filing cabinet", "furniture", 129_00, 73_00, 2, clientele.Core},

	{"Paper 500", supplies, 5_90, 4_10, 8, clientele.Core},
	{"Toner black", supplies, 69_00, 45_00, 5, clientele.Core},
	{"Toner colour", supplies, 89_00, 58_00, 3, clientele.Core},
	{"Ink", supplies, 24_90, 14_50, 6, clientele.Core},
	{"Batteries", supplies, 9_90, 5_20, 6, clientele.Core},
	{"Labels", supplies, 12_50, 7_00, 2, clientele.Core},
	{"Coffee beans", supplies, 17_90, 11_80, 5, clientele.Core},

	{"HDMI cable", "accessories", 12_90, 4_60, 8, clientele.AddOn},
	{"Wall bracket", "accessories", 49_00, 24_00, 4, clientele.AddOn},
	{"Keyboard", "accessories", 59_00, 34_00, 5, clientele.AddOn},
	{"Mouse", "accessories", 29_90, 15_00, 7, clientele.AddOn},
	{"USB hub", "accessories", 34_90, 18_00, 4, clientele.AddOn},
	{"Docking station", "accessories", 139_00, 92_00, 2, clientele.AddOn},
	{"Notebook sleeve", "accessories", 24_90, 10_00, 4, clientele.AddOn},
	{"Screen cleaner", "accessories", 8_90, 2_80, 3, clientele.AddOn},
	{"Surge protector", "accessories", 22_90, 11_00, 4, clientele.AddOn},
	{"Webcam", "accessories", 69_00, 41_00, 3, clientele.AddOn},
	{"Streaming stick", "accessories", 44_90, 31_00, 4, clientele.AddOn},

	{"Installation", services, 79_00, 48_00, 3, clientele.AddOn},
	{"Warranty 5 years", services, 59_00, 21_00, 4, clientele.AddOn},
	{"Data transfer", services, 39_00, 18_00, 2, clientele.AddOn},
	{"Calibration", services, 49_00, 25_00, 1, clientele.AddOn},
	{"Disposal of the old one", services, 19_00, 12_00, 2, clientele.AddOn},

	{"Buying guide", "promotion", 0, 60, 1, clientele.LeadMagnet},
	{"Setup workshop", "promotion", 5_00, 14_00, 1, clientele.LeadMagnet},
	{"Thank-you mug", "promotion", 0, 4_50, 1, clientele.Gift},
	{"Gift box", "promotion", 0, 6_00, 1, clientele.Gift},
}

// find returns the product with a name.
func find(name string) (product, bool) {
	i := slices.IndexFunc(products[:], func(p product) bool { return p.name == name })
	if i < 0 {
		return product{}, false
	}
	return products[i], true
}

// mustFind returns a product that the simulation itself names.
func mustFind(name string) product {
	p, ok := find(name)
	if !ok {
		panic("shop: no product " + name)
	}
	return p
}

// demand is how often a visit without a job looks into a category.
var demand = [...]struct {
	category string
	weight   float64
}{
	{"television", 2}, {"audio", 5}, {"computer", 4}, {"furniture", 3}, {supplies, 5}, {"accessories", 4},
}

// job is a task that customers come to have solved.
type job struct {
	name   string
	weight float64  // how often it comes up
	core   []string // products of which one is bought at once
	addOns []string // products of which some are bought with the core, then or later
}

// jobs are the tasks that customers come with, never changed.
var jobs = [...]job{
	{
		"home cinema", 4,
		[]string{"Television 43", "Television 50", "Television 55", "Television 65", "Projector"},
		[]string{"HDMI cable", "Wall bracket", "Soundbar", "Streaming stick", "Installation", "Calibration", "Surge protector", "Disposal of the old one"},
	},
	{
		"home office", 4,
		[]string{"Monitor 24", "Monitor 27", "Standing desk", "Desk chair", "Desk chair ergonomic"},
		[]string{"Keyboard", "Mouse", "USB hub", "Desk lamp", "Webcam", "Surge protector", "Filing cabinet"},
	},
	{
		"new notebook", 5,
		[]string{"Notebook 14", "Notebook 16", "Tablet"},
		[]string{"Notebook sleeve", "Mouse", "Warranty 5 years", "Data transfer", "USB hub", "Headphones"},
	},
	{
		"meeting room", 1,
		[]string{"Television 65", "Projector", "Mini computer"},
		[]string{"Webcam", "HDMI cable", "Wall bracket", "Installation", "Bluetooth speaker", "Calibration"},
	},
	{
		"printing at home", 2,
		[]string{"Printer"},
		[]string{"Ink", "Toner black", "Toner colour", "Paper 500", "Labels"},
	},
}

package shop

// The columns of the file, one row per line of a receipt. Those before
// colProduct belong to the receipt and are the same on all its rows, which stand
// together.
const (
	colReceipt = iota
	colCustomer
	colAt
	colNeed
	colChannel
	colStaff
	colReferredBy
	colOffer
	colServeCost
	colRefundOf
	colProduct
	colCategory
	colQuantity
	colPrice
	colListPrice
	colCost
	colRole
	columns // how many
)

// header names the columns, in order.
var header = [columns]string{
	colReceipt:    "receipt",
	colCustomer:   "customer",
	colAt:         "at",
	colNeed:       "need",
	colChannel:    "channel",
	colStaff:      "staff",
	colReferredBy: "referred_by",
	colOffer:      "offer",
	colServeCost:  "serve_cost",
	colRefundOf:   "refund_of",
	colProduct:    "product",
	colCategory:   "category",
	colQuantity:   "quantity",
	colPrice:      "price",
	colListPrice:  "list_price",
	colCost:       "cost",
	colRole:       "role",
}

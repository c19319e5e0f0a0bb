module github.com/clientele-go/clientele

go 1.26

require (
	github.com/google/uuid v1.6.0
	github.com/shopspring/decimal v1.6.0
	pgregory.net/rapid v1.3.0
)

require gonum.org/v1/gonum v0.17.0

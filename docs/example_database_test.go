package docs_test

import (
	"database/sql"
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

func Example_databaseCursor() {
	db := openShop() // *sql.DB
	defer db.Close()
	purchases := clientele.Query(
		func() (*sql.Rows, error) {
			return db.Query("SELECT client, paid_at, total, channel FROM orders WHERE paid_at < ?", "2025-07-01")
		},
		func(rows *sql.Rows) (p clientele.Purchase[int64], err error) {
			err = rows.Scan(&p.Customer, &p.At, &p.Amount, &p.Group)
			return p, err
		},
	)

	// One pass over the cursor feeds both; they share the numbering of customers.
	people := new(clientele.Roster[int64])
	now := time.Date(2025, 6, 30, 12, 0, 0, 0, time.UTC)
	today, err := rfm.New(people, rfm.Config{AsOf: now})
	check(err)
	before, err := rfm.New(people, rfm.Config{AsOf: now.AddDate(0, -1, 0)})
	check(err)
	check(clientele.Feed(purchases, today, before))
	fmt.Println(people.Len(), "customers,", today.Len(), "of whom had bought by today and", before.Len(), "a month ago")
	// Output:
	// 3 customers, 3 of whom had bought by today and 2 a month ago
}

package docs_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"log"
	"time"
)

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// openShop opens a database that holds one table of orders, in memory.
func openShop() *sql.DB { return sql.OpenDB(shopDB{}) }

// shopDB is a driver that answers every query with the orders of a small shop.
type shopDB struct{}

var errReadOnly = errors.New("the shop is read only")

func (shopDB) Connect(context.Context) (driver.Conn, error) { return shopDB{}, nil }
func (shopDB) Driver() driver.Driver                        { return nil }
func (shopDB) Prepare(string) (driver.Stmt, error)          { return shopDB{}, nil }
func (shopDB) Close() error                                 { return nil }
func (shopDB) Begin() (driver.Tx, error)                    { return nil, errReadOnly }
func (shopDB) NumInput() int                                { return -1 }
func (shopDB) Exec([]driver.Value) (driver.Result, error)   { return nil, errReadOnly }
func (shopDB) Query([]driver.Value) (driver.Rows, error)    { return &shopRows{}, nil }

// shopRows is a cursor over the orders.
type shopRows struct{ next int }

var shopOrders = [...]struct {
	client int64
	paid   time.Time
	total  string
}{
	{17, time.Date(2025, 3, 2, 10, 0, 0, 0, time.UTC), "52.00"},
	{4, time.Date(2025, 5, 28, 9, 15, 0, 0, time.UTC), "19.90"},
	{17, time.Date(2025, 6, 16, 18, 30, 0, 0, time.UTC), "61.00"},
	{23, time.Date(2025, 6, 20, 12, 0, 0, 0, time.UTC), "240.00"},
}

func (r *shopRows) Columns() []string { return []string{"client", "paid_at", "total", "channel"} }
func (r *shopRows) Close() error      { return nil }

func (r *shopRows) Next(dest []driver.Value) error {
	if r.next == len(shopOrders) {
		return io.EOF
	}
	o := shopOrders[r.next]
	dest[0], dest[1], dest[2], dest[3] = o.client, o.paid, o.total, "store"
	r.next++
	return nil
}

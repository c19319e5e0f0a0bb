package clientele_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
)

// sheet is a cursor such as *sql.Rows.
type sheet struct {
	rows []int
	at   int
	err  error
}

func (s *sheet) Next() bool { s.at++; return s.at <= len(s.rows) }
func (s *sheet) Err() error { return s.err }

// sqlSheet is closed as *sql.Rows is, and pgxSheet as pgx.Rows.
type sqlSheet struct {
	sheet
	closed  int
	closing error
}

func (s *sqlSheet) Close() error { s.closed++; return s.closing }

type pgxSheet struct {
	sheet
	closed int
}

func (s *pgxSheet) Close() { s.closed++ }

var errBroken = errors.New("broken")

// readUpTo reads at most most records of a source, and checks that an error is the last
// thing it yields, with the zero record.
func readUpTo(t *testing.T, src iter.Seq2[int, error], most int) (all []int, failed error) {
	t.Helper()
	for v, err := range src {
		if failed != nil {
			t.Errorf("after the error %v came %d, %v", failed, v, err)
		}
		if failed = err; err != nil {
			if v != 0 {
				t.Errorf("with the error %v came %d", err, v)
			}
			continue
		}
		if all = append(all, v); len(all) == most {
			break
		}
	}
	return all, failed
}

// cursorCases are what may happen to a cursor; row 7 cannot be scanned.
var cursorCases = []struct {
	name  string
	sheet sheet
	most  int
	want  []int
	err   error
}{
	{"all", sheet{rows: []int{1, 2, 3}}, 9, []int{1, 2, 3}, nil},
	{"none", sheet{}, 9, nil, nil},
	{"cursor fails", sheet{rows: []int{1}, err: errBroken}, 9, []int{1}, errBroken},
	{"scan fails", sheet{rows: []int{1, 7, 3}}, 9, []int{1}, errBroken},
	{"the reader breaks off", sheet{rows: []int{1, 2, 3}}, 2, []int{1, 2}, nil},
}

func (s *sheet) scan() (int, error) {
	v := s.rows[s.at-1]
	if v == 7 {
		return v, errBroken
	}
	return v, nil
}

func TestRows(t *testing.T) {
	for _, c := range cursorCases {
		t.Run(c.name, func(t *testing.T) {
			cursor := c.sheet
			src := clientele.Rows(&cursor, cursor.scan)
			if got, err := readUpTo(t, src, c.most); !slices.Equal(got, c.want) || err != c.err {
				t.Errorf("got %v, %v; want %v, %v", got, err, c.want, c.err)
			}
			if got, err := readUpTo(t, src, c.most); got != nil || err != clientele.ErrConsumed {
				t.Errorf("a second reading gives %v, %v", got, err)
			}
		})
	}
}

// A query is asked anew for each reading, and its cursor closed once however the
// reading ends.
func TestQuery(t *testing.T) {
	for _, c := range cursorCases {
		t.Run(c.name, func(t *testing.T) {
			var opened []*pgxSheet
			src := clientele.Query(func() (*pgxSheet, error) {
				opened = append(opened, &pgxSheet{sheet: c.sheet})
				return opened[len(opened)-1], nil
			}, func(s *pgxSheet) (int, error) { return s.scan() })
			for range 2 {
				if got, err := readUpTo(t, src, c.most); !slices.Equal(got, c.want) || err != c.err {
					t.Errorf("got %v, %v; want %v, %v", got, err, c.want, c.err)
				}
			}
			if len(opened) != 2 || opened[0].closed != 1 || opened[1].closed != 1 {
				t.Errorf("%d cursors were opened, and closed %v", len(opened), opened)
			}
		})
	}
}

func TestQueryReportsClosing(t *testing.T) {
	late := errors.New("connection lost")
	for _, c := range cursorCases {
		cursor := &sqlSheet{sheet: c.sheet, closing: late}
		src := clientele.Query(func() (*sqlSheet, error) { return cursor, nil }, func(s *sqlSheet) (int, error) { return s.scan() })
		want := c.err
		if want == nil && c.most == 9 {
			want = late // the first error counts, and who breaks off wants none
		}
		if got, err := readUpTo(t, src, c.most); !slices.Equal(got, c.want) || err != want || cursor.closed != 1 {
			t.Errorf("%s: got %v, %v, closed %d times; want %v, %v", c.name, got, err, cursor.closed, c.want, want)
		}
	}
}

func TestQueryThatCannotBeAsked(t *testing.T) {
	src := clientele.Query(func() (*sqlSheet, error) { return nil, errBroken }, func(*sqlSheet) (int, error) { panic("scanned") })
	if got, err := readUpTo(t, src, 9); got != nil || err != errBroken {
		t.Errorf("got %v, %v", got, err)
	}
}

// A cursor without Close is left to the caller, and a panic of the reader closes one.
func TestQueryClosesWhatCanBeClosed(t *testing.T) {
	src := clientele.Query(func() (*sheet, error) { return &sheet{rows: []int{1}}, nil }, (*sheet).scan)
	if got, err := readUpTo(t, src, 9); !slices.Equal(got, []int{1}) || err != nil {
		t.Errorf("got %v, %v", got, err)
	}
	cursor := &sqlSheet{sheet: sheet{rows: []int{1}}}
	defer func() {
		if recover() == nil || cursor.closed != 1 {
			t.Errorf("closed %d times", cursor.closed)
		}
	}()
	for range clientele.Query(func() (*sqlSheet, error) { return cursor, nil }, func(s *sqlSheet) (int, error) { return s.scan() }) {
		panic("the reader fails")
	}
}

func TestRead(t *testing.T) {
	wrapped := fmt.Errorf("line 3: %w", io.EOF)
	for _, c := range []struct {
		name string
		end  error
		most int
		want []int
		err  error
	}{
		{"end", io.EOF, 9, []int{1, 2}, nil},
		{"error", errBroken, 9, []int{1, 2}, errBroken},
		{"an error about an end", wrapped, 9, []int{1, 2}, wrapped},
		{"cut short", io.ErrUnexpectedEOF, 9, []int{1, 2}, io.ErrUnexpectedEOF},
		{"the reader breaks off", io.EOF, 1, []int{1}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			calls := 0
			src := clientele.Read(func() (int, error) {
				if calls++; calls > 2 {
					return 7, c.end
				}
				return calls, nil
			})
			if got, err := readUpTo(t, src, c.most); !slices.Equal(got, c.want) || err != c.err {
				t.Errorf("got %v, %v; want %v, %v", got, err, c.want, c.err)
			}
			if calls > 3 {
				t.Errorf("called %d times", calls)
			}
			if got, err := readUpTo(t, src, c.most); got != nil || err != clientele.ErrConsumed {
				t.Errorf("a second reading gives %v, %v", got, err)
			}
		})
	}
}

func TestAllMayBeReadAgain(t *testing.T) {
	src := clientele.All([]int{1, 2, 3})
	for range 2 {
		if got, err := readUpTo(t, src, 2); !slices.Equal(got, []int{1, 2}) || err != nil {
			t.Errorf("got %v, %v", got, err)
		}
	}
}

// A second reading of what is used up is no empty shop, but an error that tells the
// remedy; errors of a source come at their record.
func TestFeedReadsASourceOnce(t *testing.T) {
	rows := csv.NewReader(strings.NewReader("7\n9,1\n"))
	src := clientele.Read(func() (p clientele.Purchase[int], err error) {
		_, err = rows.Read()
		p.At = noon
		return p, err
	})
	roster := new(clientele.Roster[int])
	err := clientele.Feed(src, &diary{roster: roster})
	in, ok := errors.AsType[*clientele.InputError](err)
	if !ok || in.Index != 1 || !errors.Is(err, csv.ErrFieldCount) {
		t.Errorf("error is %v", err)
	}
	err = clientele.Feed(src, &diary{roster: roster})
	if !errors.Is(err, clientele.ErrConsumed) || !strings.Contains(err.Error(), "open it anew") {
		t.Errorf("error is %v", err)
	}
}

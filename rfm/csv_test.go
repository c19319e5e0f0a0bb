package rfm_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// written returns what a method writes.
func written(t tester, write func(io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestStateCSV(t *testing.T) {
	state := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf},
		buy(20, 4, 10, "600"), buy(-3, 1, 50, "5"), buy(7, 2, 10, "0.125"), []clientele.Purchase[int64]{{Customer: 9, At: asOf, Amount: rub(-1)}}), cubeScales(t))
	const want = `customer,recency,frequency,monetary,r,f,m,code,segment,total
-3,50,1,5,1,1,1,WWW,Worst,3
7,10,2,0.125,3,2,1,BNW,Normal,6
20,10,4,600,3,3,3,BBB,Best,9
`
	if got := written(t, state.WriteCSV); got != want {
		t.Errorf("CSV is\n%s", got)
	}
}

func TestMovementCSV(t *testing.T) {
	scales := cubeScales(t)
	before := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf}, buy(3, 2, 10, "200"), buy(2, 2, 10, "200"), buy(4, 2, 10, "200")), scales)
	after := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf}, buy(3, 4, 10, "600"), buy(1, 1, 50, "5"), buy(4, 2, 10, "200")), scales)
	const header = "customer,direction,cause,fromCode,fromSegment,toCode,toSegment,wasRecency,wasFrequency,wasMonetary,isRecency,isFrequency,isMonetary\n"
	const want = header + `1,entered,recency+frequency+monetary,,,WWW,Worst,,,,50,1,5
2,left,recency+frequency+monetary,BNN,Normal,,,10,2,200,,,
3,grown,frequency+monetary,BNN,Normal,BBB,Best,10,2,200,10,4,600
`
	m := mustCompare(t, before, after)
	if got := written(t, m.WriteCSV); got != want {
		t.Errorf("CSV is\n%s", got)
	}
	lines := strings.Split(written(t, m.WriteMatrixCSV), "\n")
	if lines[0] != "from,to,customers" || !slices.Contains(lines, "Normal,Best,1") || !slices.Contains(lines, `"",Worst,1`) && !slices.Contains(lines, ",Worst,1") || len(lines) != 1+36+1 {
		t.Errorf("matrix is\n%s", strings.Join(lines, "\n"))
	}
	published, err := rfm.CompareScores(maps.All(map[int64]rfm.Score{3: {Segment: "Worst"}, 1: {Code: "WWW"}, 4: {Code: "BNN"}}), after)
	if err != nil {
		t.Fatal(err)
	}
	if got := written(t, published.WriteCSV); got != header+"3,moved,,,Worst,BBB,Best,,,,10,4,600\n" {
		t.Errorf("CSV is\n%s", got)
	}
}

func TestReportCSV(t *testing.T) {
	r := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 4, 10, "600.5"), buy(2, 1, 50, "5")), cubeScales(t)).Report()
	wide := strings.Split(strings.TrimSpace(written(t, r.WriteCSV)), "\n")
	if len(wide) != 1+1+5+5+27 {
		t.Errorf("%d lines", len(wide))
	}
	for i, want := range map[int]string{
		0: "kind,name,code,standing,customers,share,purchases,revenue,revenueShare,averageReceipt,allTimeRevenue,averageLTV,medianRecency",
		1: "total,,,,2,1,5,2407,1,481.4,2407,1203.5,30",
		2: "segment,Best,,best,1,0.5,4,2402,0.99792272538",
		7: "standing,best,,best,1,0.5,4,2402,0.99792272538",
		// The cells run from WWW to BBB.
		12: "cell,Worst,WWW,worst,1,0.5,1,5,",
		38: "cell,Best,BBB,best,1,0.5,4,2402,",
	} {
		if !strings.HasPrefix(wide[i], want) {
			t.Errorf("line %d is %s, want %s", i, wide[i], want)
		}
	}
	long := strings.Split(strings.TrimSpace(written(t, r.WriteLongCSV)), "\n")
	if len(long) != 1+9*38 || long[0] != "kind,name,code,standing,measure,value" || long[4] != "total,,,,revenue,2407" {
		t.Errorf("%d lines, the first %q", len(long), long[:5])
	}
}

// Law: whatever ids and names hold, reading gives what was written.
func TestCSVReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		odd := rapid.StringOfN(rapid.SampledFrom([]rune("ab ,;\"'\n\t=+-@é#")), 1, 6, -1)
		ids := rapid.SliceOfNDistinct(odd, 1, 5, rapid.ID[string]).Draw(t, "ids")
		b := mustNew[string](t, rfm.Config{AsOf: asOf})
		for _, id := range ids {
			mustFeed(t, b, []clientele.Purchase[string]{{Customer: id, At: asOf, Amount: rub(5)}})
		}
		plan := rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 3), rfm.Bounds(1, 9))
		plan.Map.Segments[2].Name = odd.Draw(t, "segment")
		rows, err := csv.NewReader(strings.NewReader(written(t, mustGrade(t, b, mustFreeze(t, plan)).WriteCSV))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(ids)
		for i, row := range rows[1:] {
			if row[0] != ids[i] || row[8] != plan.Map.Segments[2].Name {
				t.Fatalf("line %d is %q, want %q", i, row, ids[i])
			}
		}
		if len(rows) != len(ids)+1 {
			t.Fatalf("%d lines", len(rows))
		}
	})
}

// Escaping is that of RFC 4180 and nothing more.
func TestCSVEscaping(t *testing.T) {
	b := mustNew[string](t, rfm.Config{AsOf: asOf})
	for _, id := range []string{`a "b", c`, "=1+1", "two\nlines", " x"} {
		mustFeed(t, b, []clientele.Purchase[string]{{Customer: id, At: asOf, Amount: rub(5)}})
	}
	got := written(t, mustGrade(t, b, cubeScales(t)).WriteCSV)
	for _, want := range []string{"\n\" x\",0,", "\n=1+1,0,", "\n\"a \"\"b\"\", c\",0,", "\n\"two\nlines\",0,"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
}

type tag [16]byte

func TestCSVOfIDs(t *testing.T) {
	id := uuid.MustParse("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
	checkID(t, id, id.String())
	checkID(t, tag(id), "6ba7b8109dad11d180b400c04fd430c8")
	checkID(t, uint64(1<<63), "9223372036854775808")
}

func checkID[K clientele.ID](t *testing.T, id K, want string) {
	t.Helper()
	b := mustFeed(t, mustNew[K](t, rfm.Config{AsOf: asOf}), []clientele.Purchase[K]{{Customer: id, At: asOf, Amount: rub(5)}})
	if got := written(t, mustGrade(t, b, cubeScales(t)).WriteCSV); !strings.Contains(got, "\n"+want+",0,1,5,") {
		t.Errorf("%s is not in %s", want, got)
	}
}

// broken refuses to be written to.
type broken struct{}

var errBroken = errors.New("disk full")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestCSVErrors(t *testing.T) {
	state := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 1, "5")), cubeScales(t))
	m, r := mustCompare(t, state, state), state.Report()
	for i, write := range []func(io.Writer) error{state.WriteCSV, m.WriteCSV, m.WriteMatrixCSV, r.WriteCSV, r.WriteLongCSV} {
		if err := write(broken{}); !errors.Is(err, errBroken) {
			t.Errorf("%d: error is %v", i, err)
		}
	}
	checkInput(t, new(rfm.State[int64]).WriteCSV(io.Discard), "rfm.State.WriteCSV", -1, "state", clientele.ErrMissing)
	checkInput(t, new(rfm.Movement[int64]).WriteCSV(io.Discard), "rfm.Movement.WriteCSV", -1, "movement", clientele.ErrMissing)
	checkInput(t, new(rfm.Movement[int64]).WriteMatrixCSV(io.Discard), "rfm.Movement.WriteMatrixCSV", -1, "movement", clientele.ErrMissing)
	checkInput(t, (*rfm.Report)(nil).WriteCSV(io.Discard), "rfm.Report.WriteCSV", -1, "report", clientele.ErrMissing)
	checkInput(t, (*rfm.Report)(nil).WriteLongCSV(io.Discard), "rfm.Report.WriteLongCSV", -1, "report", clientele.ErrMissing)
}

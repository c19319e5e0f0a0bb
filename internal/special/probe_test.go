package special

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"testing"
)

func TestProbe(t *testing.T) {
	f, _ := os.Open("/tmp/sp/grid.txt")
	sc := bufio.NewScanner(f)
	o, _ := os.Create("/tmp/sp/out.txt")
	defer o.Close()
	for sc.Scan() {
		var p, q, a, b float64
		fmt.Sscan(sc.Text(), &p, &q, &a, &b)
		r, ok := LogTail(p, q, a, b)
		m, _ := LogMills(p, q, a, b)
		v, _ := LogMillsValue(p, q, a, b)
		if math.Abs(v-m.Log) > 2e-15*max(1, math.Abs(v)) {
			fmt.Println("value", p, q, a, b, v, m.Log)
		}
		fmt.Fprintln(o, ok, r.Log, r.DP, r.DQ, r.DA, r.DB, m.Log, m.DP, m.DQ, m.DA, m.DB)
	}
}

package special
import ("testing";"fmt";"os";"bufio")
func TestProbe2(t *testing.T){
 f,_:=os.Open("/tmp/sp/g2.txt"); sc:=bufio.NewScanner(f)
 o,_:=os.Create("/tmp/sp/o2.txt"); defer o.Close()
 for sc.Scan(){ var k string; var n int; var a,b,w float64; fmt.Sscan(sc.Text(),&k,&n,&a,&b,&w)
  switch k {
  case "rise": fmt.Fprintln(o,LogRise(a,n),DigammaRise(a,n))
  case "beta": fmt.Fprintln(o,LogBeta(a,b),LogBetaSlope(a,b))
  case "nb": fmt.Fprintln(o,LogNegBin(n,a,b),NegBinTail(n,a,b))
  case "bg": var r,al,a2,b2,t float64; fmt.Sscan(sc.Text(),&k,&r,&al,&a2,&b2,&t)
   v,ok:=BetaGeoMean(r,al,a2,b2,t); w:=t/al; q,ok2:=meanByQuadrature(r,a2,b2,w); fmt.Fprintln(o,v,ok,q,ok2)
  }
 }
}

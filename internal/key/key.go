// Package key compares, copies, encodes and orders customer ids.
//
// An id is an integer, a string, a 16-byte array or a type made of one of
// them. Go has no type switch over underlying types, so the functions look the
// kind up by reflection and read the value in place; all such reads are in
// this package.
package key

import (
	"cmp"
	"math"
	"reflect"
	"slices"
	"strings"
	"unsafe"

	"github.com/clientele-go/clientele/internal/wire"
)

// Key has the type set of clientele.ID, which cannot be imported from here.
type Key interface {
	~int | ~int32 | ~int64 | ~uint32 | ~uint64 | ~string | ~[16]byte
}

// as reads *k as its underlying type T; the caller has checked the kind.
func as[T any, K Key](k *K) *T { return (*T)(unsafe.Pointer(k)) }

func kind[K Key]() reflect.Kind { return reflect.TypeFor[K]().Kind() }

// Compare orders numbers ascending and everything else bytewise.
func Compare[K Key](a, b K) int {
	switch kind[K]() {
	case reflect.String:
		return cmp.Compare(*as[string](&a), *as[string](&b))
	case reflect.Array:
		x, y := as[[16]byte](&a), as[[16]byte](&b)
		return slices.Compare(x[:], y[:])
	default:
		return cmp.Compare(rank(a), rank(b))
	}
}

// rank maps an integer id to an uint64 that has the same order.
func rank[K Key](k K) uint64 {
	const flip = 1 << 63
	switch kind[K]() {
	case reflect.Int:
		return uint64(*as[int](&k)) ^ flip
	case reflect.Int32:
		return uint64(*as[int32](&k)) ^ flip
	case reflect.Int64:
		return uint64(*as[int64](&k)) ^ flip
	case reflect.Uint32:
		return uint64(*as[uint32](&k))
	default:
		return *as[uint64](&k)
	}
}

// Append appends the binary form: signed integers as zig-zag varints, unsigned
// ones as varints, strings as a varint length and bytes, arrays as their bytes.
func Append[K Key](dst []byte, k K) []byte {
	switch kind[K]() {
	case reflect.Int:
		return wire.AppendInt(dst, int64(*as[int](&k)))
	case reflect.Int32:
		return wire.AppendInt(dst, int64(*as[int32](&k)))
	case reflect.Int64:
		return wire.AppendInt(dst, *as[int64](&k))
	case reflect.Uint32:
		return wire.AppendUint(dst, uint64(*as[uint32](&k)))
	case reflect.Uint64:
		return wire.AppendUint(dst, *as[uint64](&k))
	case reflect.String:
		s := *as[string](&k)
		return append(wire.AppendUint(dst, uint64(len(s))), s...)
	default:
		return append(dst, as[[16]byte](&k)[:]...)
	}
}

// Cut decodes the key at the start of src and returns what follows; ok is false
// for a form that Append would not write.
func Cut[K Key](src []byte) (k K, rest []byte, ok bool) {
	r := wire.NewReader(src)
	switch kind[K]() {
	case reflect.Int:
		*as[int](&k) = int(r.IntWithin(math.MinInt, math.MaxInt))
	case reflect.Int32:
		*as[int32](&k) = int32(r.IntWithin(math.MinInt32, math.MaxInt32))
	case reflect.Int64:
		*as[int64](&k) = r.Int()
	case reflect.Uint32:
		*as[uint32](&k) = uint32(r.UintMax(math.MaxUint32))
	case reflect.Uint64:
		*as[uint64](&k) = r.Uint()
	case reflect.String:
		*as[string](&k) = string(r.Bytes(r.Count(1)))
	default:
		copy(as[[16]byte](&k)[:], r.Bytes(16))
	}
	if !r.Ok() {
		var none K
		return none, src, false
	}
	return k, r.Rest(), true
}

// Clone copies a key, which may be a piece of a text that is much longer.
func Clone[K Key](k K) K {
	if kind[K]() == reflect.String {
		*as[string](&k) = strings.Clone(*as[string](&k))
	}
	return k
}

// Order returns the positions of keys in ascending order of their keys.
func Order[K Key](keys []K) []int32 {
	order := make([]int32, len(keys))
	for i := range order {
		order[i] = int32(i)
	}
	switch kind[K]() {
	case reflect.String, reflect.Array:
		slices.SortFunc(order, func(a, b int32) int { return Compare(keys[a], keys[b]) })
	default:
		orderNumbers(keys, order)
	}
	return order
}

// orderNumbers sorts ranks beside their positions: comparing through the
// positions would miss the cache at every step.
func orderNumbers[K Key](keys []K, order []int32) {
	type ranked struct {
		rank uint64
		at   int32
	}
	all := make([]ranked, len(keys))
	for i, k := range keys {
		all[i] = ranked{rank(k), int32(i)}
	}
	slices.SortFunc(all, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	for i, r := range all {
		order[i] = r.at
	}
}

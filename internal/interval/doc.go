// Package interval makes estimates with their doubt: the few intervals that
// several packages need.
package interval

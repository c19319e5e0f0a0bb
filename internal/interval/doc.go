// Package interval makes estimates with their uncertainty: the few intervals that
// several packages need.
package interval

// Package special holds the special functions and quadratures of the
// customer-value models.
package special

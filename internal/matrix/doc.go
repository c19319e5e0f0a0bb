// Package matrix is linear algebra of matrices of a dozen rows or fewer: what a climb, a
// covariance or a few regressors need. Matrices are slices of rows; where one is symmetric,
// both triangles are filled unless the function says that it reads one.
package matrix

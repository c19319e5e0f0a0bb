// Package contact simulates how people came in touch with the shop of internal/shop, so that
// examples and tests of package journey have touches whose truth is known: who is one
// person, how many get from one step to the next, and how well channels work together.
//
// Everybody who buys, and many who do not, has a way: an advertisement, the site, a
// telephone number left in a form, the call of an operator, the order. People are known by
// devices, a telephone number and a customer number; some type nonsense beside their number.
// Orders are the receipts of the shop. What is planted are the fields of [Config].
package contact

// Package contract estimates how long customers stay under contracts and what they will
// pay, where their leaving is seen: subscriptions, memberships and policies that are
// renewed or not at the end of each period.
//
//   - [NewTenures] and [CountSpells] make [Tenures]: how many left after how many
//     periods, and how many are still there.
//   - [Fit] estimates a [Model] from tenures: [SBG], or [BdW] where customers change with
//     tenure.
//   - Survival, Retention and Alive of a model say how many will still be there.
//   - DEL and DERL are the discounted numbers of payments that a new customer and one up
//     for renewal will make: multiply by the payment per period for the customer's value.
//
// Customers who come and go unseen, as in a shop, are the subject of package ltv.
//
// # Retention rises, loyalty may not
//
// In most cohorts retention rises with tenure. Usually nobody has become more loyal:
// those apt to leave are gone. A formula with one retention rate for all badly
// underestimates the value of those who stay; both models describe how customers differ.
//
// # From a CSV file
//
// With the columns periods and whether the customer left, one row for each customer:
//
//	var tenures contract.Tenures
//	for {
//		row, err := rows.Read()
//		if err == io.EOF {
//			break
//		}
//		if err != nil {
//			return err
//		}
//		periods, err := strconv.Atoi(row[0])
//		if err != nil {
//			return err
//		}
//		if err := tenures.AddCustomers(periods, row[1] == "yes", 1); err != nil {
//			return err
//		}
//	}
//	fit, err := contract.Fit(contract.SBG{}, tenures, ltv.FitConfig{})
//	payments, err := fit.Model.DEL(0.01) // of a new customer, discounted by 1 % per period
//
// # Errors
//
// Parameters out of range return a [clientele.ConfigError] with all faults; an argument
// or a record that cannot be used returns a [clientele.InputError]. Tenures from which
// the parameters cannot be estimated return [clientele.ErrEmpty]. Where the likelihood
// has no maximum the fit has an [ltv.Warning].
//
// # Determinism and concurrency
//
// Models are values and may be used by many goroutines at once; Tenures may be read by
// many. The order in which customers are added changes nothing, to the last bit.
//
// # Checked against
//
// Tests compare fits and answers with the tables of Fader & Hardie (2007) and with values
// computed to 35 to 60 digits. Property tests check that the probabilities of all tenures
// add up to 1, that sums equal their terms added up, and that a BdW with c = 1 is the
// sBG.
package contract

package main

func Example() {
	main()
	// Output:
	// Ada: Best
	//   without a purchase, NBB on 18 July
	// recency (rhythm) 13 is level 3 of 3: under 20
	// frequency (purchases per active year) 3 is level 3 of 3: over 2
	// monetary (average receipt) 5733.33 is level 3 of 3: over 5000
	// cell BBB is Best on the map "cube"
	// Ben: Sleeping
	// recency (rhythm) 87 is level 1 of 3: over 40
	// frequency (purchases per active year) 3 is level 3 of 3: over 2
	// monetary (average receipt) 1860 is level 2 of 3: from 1000 to 5000
	// cell WBN is Sleeping on the map "cube"
}

"""How fast the product is: ratios to a peer that does the same work in the same run."""

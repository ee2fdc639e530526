"""A letter comes into the house: three doors, one path."""

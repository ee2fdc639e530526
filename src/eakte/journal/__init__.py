"""What happened: append-only, for each object and for the office."""

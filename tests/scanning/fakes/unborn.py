"""A child that cannot even start."""

raise ImportError("No library to read scans with")

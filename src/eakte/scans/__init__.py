"""A scan on content: one blob in, pages out. The only user of the scan engine."""

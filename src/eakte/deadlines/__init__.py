"""Resubmissions and legal deadlines: what must not be forgotten."""

"""Seeded mutations of filled workbooks, and an oracle that knows nothing of the rules."""

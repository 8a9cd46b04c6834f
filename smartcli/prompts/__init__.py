"""The two askers: `screen` for a terminal, `plain` for all else and for whoever prefers it."""

"""The two askers: `screen` for a terminal, `plain` for everything else and for whoever prefers it."""

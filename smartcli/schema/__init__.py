"""A TOML file with its lines, and declared keys that check and document it."""

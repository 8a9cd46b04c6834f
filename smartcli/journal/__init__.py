"""Keeping: entries for good, drafts until they are entries."""

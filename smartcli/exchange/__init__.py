"""Entries as other programs' files, and back."""

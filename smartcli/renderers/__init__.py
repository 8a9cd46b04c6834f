"""A page set for a terminal, as plain text, as Markdown: one file each."""

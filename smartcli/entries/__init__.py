"""An entry, its revisions, and the search for words in entries."""

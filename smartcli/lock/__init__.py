"""The ground of a locked journal: age files, keys, passphrases. No terminal, and no file of the journal."""

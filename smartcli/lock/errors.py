"""What can go wrong with keys and sealed bytes. Whoever asks the person says it in words."""


class LockError(Exception):
    """Something that keeps sealed bytes sealed."""


class MissingLibraryError(LockError):
    """The library for the task (`pyrage`, `cryptography`) is not installed, and no program stands in."""


class AgeProgramError(LockError):
    """The age program did not run, did not end in time, or reported an error of its own."""


class NotOursError(LockError):
    """The bytes are sealed with another key, or damaged where the header says with which."""


class DamagedSealError(LockError):
    """The bytes are no age file, or one that is damaged, cut off, or has a hostile header."""


class WrongPassphraseError(LockError):
    """The passphrase does not open the key file (or the part that would tell is damaged)."""


class DamagedKeyFileError(LockError):
    """The key file is no key file of ours, is damaged, or asks for more work than any of ours."""


class TooLittleMemoryError(LockError):
    """This device has not enough free memory to open the key file (128 MiB for ours)."""


class InvalidKeyError(LockError):
    """A text is no identity (AGE-SECRET-KEY-1...), or no recipient (age1...)."""

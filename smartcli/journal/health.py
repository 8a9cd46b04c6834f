"""What an examination finds: the kinds of fault, and how all of it stands."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The kinds of fault, in the order they are told."""

    ANOTHER = "another-journal"  # this is not the journal that was here, and entries of that are missing
    BESIDE = "beside"  # entries lie near the journal, where it does not look
    DAMAGED = "damaged"  # a file of an entry cannot be read
    GONE = "gone"  # a file is missing that has a second name on this device
    MISSING = "missing"  # an entry that was here is missing, and nothing of it is left
    TOMBSTONE = "tombstone"  # what says that an entry is erased is damaged, and the entry is here
    MISSING_FILES = "missing-files"  # locked files that were here are missing, while nobody can tell which entries
    KEY = "key"  # a key file, or a note of which key locks the journal, is missing, damaged or another than expected
    PLAIN = "not-locked-yet"  # a file of an entry is not locked, in a journal that is
    FOLDER = "folder"  # a month's folder cannot be opened
    EDITED = "edited-outside"  # a file was changed by another program
    CONFLICT = "changed-in-two-places"  # an entry was changed on two devices at once
    PARENT = "earlier-version-missing"  # a version names an earlier one that is not here
    DRAFT = "draft"  # an unfinished exercise cannot be read
    EXERCISE = "exercise"  # an exercise of the person's own cannot be used
    SETTINGS = "settings"  # something in config.toml cannot be read
    OWN_FILE = "own-file"  # a file in which smartcli notes something cannot be read
    FOREIGN = "foreign"  # a file that smartcli did not make lies among the entries
    PERMISSIONS = "permissions"  # other users can open a file or a folder
    SPACE = "space"  # the disk is nearly full
    CLOCK = "clock"  # something was saved later than now
    INDEX = "index"  # the index is damaged, or not true of the files
    SECOND_NAMES = "second-names"  # files have no sound second name on this device yet

    @property
    def needs_attention(self) -> bool:
        """Whether the person should do something; second names are made anew by themselves."""
        return self is not Kind.SECOND_NAMES


class Finding(NamedTuple):
    """One fault: what it is about (a file, a folder or an entry's id), why, and whether it can be mended."""

    kind: Kind
    name: str
    why: str = ""
    can_mend: bool = False


@dataclass
class Health:
    """What an examination found."""

    findings: list[Finding] = field(default_factory=list)
    entries: int = 0  # that are not hidden
    files: int = 0  # of entries, that could be read
    drafts: int = 0
    second_names: int = 0
    put_aside: int = 0  # files that a crash left
    left_by_others: list[str] = field(default_factory=list)  # files of the system or a sync tool; harmless
    healed: list[str] = field(default_factory=list)  # damaged files with a good copy beside them
    sealed: int = 0  # files that are locked
    closed: int = 0  # those of them that no key held opens: only their bytes were compared with the last look
    closed_new: int = 0  # those of the closed ones of which no sum was known before
    is_closed: bool = False  # whether no key is held
    free: int | None = None  # bytes; None where the disk does not tell

    def find(self, kind: Kind, name: str, why: str = "", *, can_mend: bool = False) -> None:
        """Add a fault."""
        self.findings.append(Finding(kind, name, why, can_mend))

    def sort(self) -> None:
        """Put the findings in the order they are told."""
        order = [*Kind]
        self.findings.sort(key=lambda finding: (order.index(finding.kind), finding.name))

    @property
    def needs_attention(self) -> bool:
        """Whether anything was found that the person should know."""
        return any(finding.kind.needs_attention for finding in self.findings)

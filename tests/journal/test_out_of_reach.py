"""What erasing cannot reach is named where it can be seen."""

from pathlib import Path

import pytest

from smartcli.journal.out_of_reach import copies_out_of_reach


@pytest.mark.parametrize(
    ("place", "mark", "tool"),
    [
        ("a/journal", "a/.git", "git"),
        ("a/journal", "a/journal/.git", "git"),
        ("Sync/x/journal", "Sync/.stfolder", "Syncthing"),
        ("Dropbox/journal", "", "Dropbox"),
        ("Dropbox (Personal)/journal", "", "Dropbox"),
        ("OneDrive - Firma/x/journal", "", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/journal", "", "iCloud"),
        ("Google Drive/My Drive/journal", "", "Google Drive"),
        ("Nextcloud2/journal", "", "Nextcloud"),
        ("a/journal", "a/.snapshots", "snapshots"),
    ],
)
def test_who_keeps_the_folder_is_named_once(tmp_path: Path, place: str, mark: str, tool: str) -> None:
    (tmp_path / place).mkdir(parents=True)
    if mark:
        (tmp_path / mark).mkdir()
    told = " ".join(copies_out_of_reach(tmp_path / place, []))
    assert told.count(f"is in {tool}") == 1


def test_nothing_is_named_that_is_not_there_and_files_that_are_left_are(tmp_path: Path) -> None:
    quiet = copies_out_of_reach(tmp_path / "journal", [])
    assert len(quiet) == 1
    told = copies_out_of_reach(tmp_path / "journal", [tmp_path / "export.json"])
    assert str(tmp_path / "export.json") in told[0]
    assert told[1:] == quiet

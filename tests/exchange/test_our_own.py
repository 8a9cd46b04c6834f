"""What smartcli wrote for people to read is known again, in whatever version, and a person's own file never is."""

from pathlib import Path

import pytest

from smartcli.exchange.kinds import reader
from smartcli.exchange.opening import open_file
from smartcli.exchange.our_own import kind_of_ours
from smartcli.trouble import USAGE, Trouble
from tests.exchange.reading import FILES

EARLIER = FILES / "ours-0.1"  # as version 0.1.0 wrote them
KINDS = {
    "journal.md": "md",
    "entry-note.md": "vault",
    "day-note.md": "vault",
    "exercise-note.md": "vault",
    "journal.html": "html",
    "entries.csv": "csv",
    "check-in.csv": "csv",
    "calendar.ics": "ics",
}

ALIKE = {
    "title.md": "# Journal\n\n## 2026-11-22\n\nA walk.\n",
    "contents.md": "# Journal\n\n## Contents\n\n- [March](#march)\n- [April](#april)\n\n## March\n\n### 2026-03-01 · home\n\na\n",
    "counted.md": "# Journal\n\n## Contents\n\n- [March](#march), 3\n\n## March\n\n### 2026-03-01\n\na\n",
    "meeting.md": "# 2026-03-01\n\nRead about SMART Recovery® today.\n\n---\n\nA rule above.\n",
    "note.md": "---\nid: 202603011200\nday: 2026-03-01\nwhen: 2026-03-01T10:00\n---\n\nA walk.\n",
    "exercise.md": "---\nexercise: running\nday: 2026-03-01\n---\n\n5 km\n",
    "property.md": "---\nsmartcli: my journal is there\n---\n\nA walk.\n",
    "comment.md": "<!-- smartcli export, pasted by hand -->\n# 2026-03-01\n\nA walk.\n",
    "ends.md": "# 2026-03-01\n\nA walk.\n\n---\n\nMonday: SMART Recovery® at seven.\n",
    "quoted-sports.csv": '"id","when","day","exercise"\n"1","2026-03-01","Sun","running"\n',
    "sports.csv": "id,when,day,exercise\n1,2026-03-01,Sun,running\n",
    "quoted.csv": '"id","when","note"\n"1","2026-03-01","a"\n',
    "page.html": '<!doctype html>\n<html lang="en">\n<title>Journal</title>\n<p>SMART Recovery® helped me.</p>\n</html>\n',
    "other.ics": "BEGIN:VCALENDAR\nPRODID:-//Example//EN\nEND:VCALENDAR\n",
    "diary.txt": "2026-11-22\nsmartcli wrote this? No, I did.\n",
}


@pytest.mark.parametrize("name", KINDS)
def test_what_an_earlier_version_wrote_is_known_and_refused_with_the_way_back(name: str) -> None:
    with open_file(EARLIER / name) as opened:
        assert kind_of_ours(opened) == KINDS[name]
        with pytest.raises(Trouble) as caught:
            reader(opened, None)
    assert caught.value.code == USAGE
    assert "smartcli backup" in caught.value.hint
    assert "export --as json" in caught.value.hint


@pytest.mark.parametrize(
    ("begins", "kind"),
    [
        ("<!-- smartcli 1 -->\n# Journal\n", "md"),
        ("---\nsmartcli: 1\nday: 2026-03-01\n---\n", "vault"),
        ('\ufeff"id","when","day","date","time","behaviour","mood"\r\n', "csv"),
        ('"id","row","day","behaviour","step"\n', "csv"),
        ('\ufeff"file","exercise","column","question","kind"\r\n', "csv"),
    ],
)
def test_a_mark_or_a_head_alone_tells(tmp_path: Path, begins: str, kind: str) -> None:
    path = tmp_path / "renamed.txt"
    path.write_text(begins, encoding="utf-8")
    with open_file(path) as opened:
        assert kind_of_ours(opened) == kind


def test_every_earlier_file_is_looked_at() -> None:
    assert {path.name for path in EARLIER.iterdir()} == {*KINDS}


@pytest.mark.parametrize("name", ALIKE)
def test_a_file_that_only_looks_alike_is_the_persons_own(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(ALIKE[name], encoding="utf-8")
    with open_file(path) as opened:
        assert kind_of_ours(opened) == ""


@pytest.mark.parametrize("path", [path for path in FILES.iterdir() if path.is_file()], ids=lambda path: path.name)
def test_no_file_of_another_program_is_taken_for_ours(path: Path) -> None:
    with open_file(path) as opened:
        assert kind_of_ours(opened) == ""


@pytest.mark.parametrize(
    ("begins", "named"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
        (b"{\\rtf1\\ansi 2026-11-22\\par words}", "rtf"),
        (b"<!DOCTYPE html>\n<p>2026-11-22</p>", "html"),
        (b"\xef\xbb\xbf\r\n <html><p>2026-11-22", "html"),
        (b"SQLite format 3\0\x10", "database"),
        (b"BEGIN:VCALENDAR\r\nPRODID:-//Example//EN\r\n", "ics"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "picture"),
        (b"GIF89a\x01\0", "picture"),
        (b"age-encryption.org/v1\n-> X", "locked"),
    ],
)
def test_a_file_without_entries_is_called_what_it_is(tmp_path: Path, begins: bytes, named: str) -> None:
    path = tmp_path / "diary.txt"
    path.write_bytes(begins)
    with open_file(path) as opened, pytest.raises(Trouble) as caught:
        reader(opened, None)
    assert named in caught.value.sentence
    assert caught.value.code == USAGE
    assert caught.value.hint

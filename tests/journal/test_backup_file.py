"""The file of a backup: the same contents give the same bytes, and what was cut, changed or made up is refused."""

import hashlib
import io
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcli.journal import backup_file
from smartcli.journal.backup_file import SUMS, BackupFile, Member, is_member_name, pieces
from smartcli.journal.files import LARGEST
from smartcli.trouble import ATTENTION, USAGE, Trouble
from tests.conftest import SIZE

NAME = "journal/entries/2026-11/20261122T210000Z-abcdefgh23456.0123456789abcdef.json"
MEMBERS = [
    Member("config.toml", b'country = "gb"\n'),
    Member("drafts/abcdefgh23456.jsonl", b"{}\n" * 40),
    Member(NAME, b'{"words": "it rained"}\n' * 5),
    Member("journal/exercises/m\xc3\xa9.toml".encode("latin-1").decode(), b"x = 1\n"),
    Member("journal/journal.json", b""),
]


def written(path: Path, members: Iterable[Member] = MEMBERS) -> Path:
    path.write_bytes(b"".join(pieces(members)))
    return path


def contents(path: Path) -> list[Member]:
    with BackupFile(path) as backup:
        return [*backup.members()]


def made(path: Path, add: Callable[[zipfile.ZipFile], object], comment: bytes = b"smartcli backup 0001\n") -> Path:
    """Write an archive of somebody else's making, that ends as a backup does."""
    with zipfile.ZipFile(path, "w") as archive:
        add(archive)
        archive.comment = comment
    return path


def summed(*members: Member) -> Callable[[zipfile.ZipFile], object]:
    """Return what adds members with their true sums, whatever they are."""

    def add(archive: zipfile.ZipFile) -> None:
        sums = "".join(f"{hashlib.sha256(member.data).hexdigest()}  {member.name}\n" for member in members)
        for member in (*members, Member(SUMS, sums.encode())):
            archive.writestr(member.name, member.data)

    return add


def refusal(path: Path) -> Trouble:
    with pytest.raises(Trouble) as caught:
        contents(path)
    assert caught.value.safe
    return caught.value


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    assert contents(written(tmp_path / "x.zip")) == MEMBERS


def test_the_same_contents_give_the_same_bytes(tmp_path: Path) -> None:
    first = written(tmp_path / "1.zip").read_bytes()
    assert written(tmp_path / "2.zip").read_bytes() == first
    assert written(tmp_path / "3.zip", [*MEMBERS[:4], Member(MEMBERS[4].name, b"y")]).read_bytes() != first


@pytest.mark.skipif(not (shutil.which("unzip") and shutil.which("sha256sum")), reason="no unzip or no sha256sum here")
def test_programs_of_every_system_open_and_check_it(tmp_path: Path) -> None:
    written(tmp_path / "x.zip")
    subprocess.run(["unzip", "-q", "x.zip", "-d", "out"], cwd=tmp_path, check=True)
    checked = subprocess.run(
        ["sha256sum", "-c", SUMS], cwd=tmp_path / "out", check=True, capture_output=True, text=True
    )
    assert checked.stdout.count(": OK") == len(MEMBERS)
    for member in MEMBERS:
        path = tmp_path / "out" / member.name
        assert path.read_bytes() == member.data
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_changed_byte_is_refused_or_changes_nothing(tmp_path: Path) -> None:
    data = written(tmp_path / "whole.zip").read_bytes()
    path = tmp_path / "bent.zip"
    every = range(len(data)) if SIZE > 1 else range(0, len(data), 7)
    for at in every:
        for bit in range(8) if SIZE > 1 else (at % 8,):
            bent = bytearray(data)
            bent[at] ^= 1 << bit
            path.write_bytes(bent)
            with suppress(Trouble):
                assert contents(path) == MEMBERS, (at, bit)


def test_a_cut_one_is_refused_wherever_it_was_cut(tmp_path: Path) -> None:
    data = written(tmp_path / "whole.zip").read_bytes()
    path = tmp_path / "cut.zip"
    for length in range(0, len(data), 1 if SIZE > 1 else 5):
        path.write_bytes(data[:length])
        trouble = refusal(path)
        assert trouble.code == ATTENTION or length < 64
        path.write_bytes(data[length + 1 :])
        refusal(path)


@given(st.binary(max_size=300))
def test_no_bytes_are_taken_for_one(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / "x.zip"
    for bytes_ in (data, data + b"smartcli backup 0001\n", b"PK\x03\x04" + data + b"smartcli backup 0001\n"):
        path.write_bytes(bytes_)
        refusal(path)


def test_another_programs_zip_is_no_backup(tmp_path: Path) -> None:
    assert refusal(made(tmp_path / "x.zip", summed(*MEMBERS), b"")).code == ATTENTION  # ours, packed again
    assert refusal(made(tmp_path / "y.zip", summed(Member("photo.jpg", b"x")), b"")).code == USAGE


def test_one_of_a_newer_version_says_so(tmp_path: Path) -> None:
    path = made(tmp_path / "x.zip", lambda archive: archive.writestr("whatever", b"x"), b"smartcli backup 0003\n")
    assert "newer version" in refusal(path).sentence


@pytest.mark.parametrize(
    "name",
    [
        "../x.json", "/etc/passwd", "journal/../../x", "journal/entries/../x.json", "journal\\entries\\x.json",
        "journal/entries/2026-11/other.json", "journal/exercises/.hidden.toml", "journal/exercises/a/b.toml",
        "journal/exercises/..toml", "journal/exercises/a\nb.toml", "journal/keys/k.age", "drafts/UPPER.jsonl", "state/index",
        "journal/erased/x.json", "journal/", "journal/exercises/c:x.toml",
    ],
)  # fmt: skip
def test_names_that_no_backup_has_are_refused_though_their_sums_are_right(tmp_path: Path, name: str) -> None:
    assert not is_member_name(name)
    before = sorted(tmp_path.parent.rglob("*"))
    refusal(made(tmp_path / "x.zip", summed(Member(NAME, b"x"), Member(name, b"x"))))
    assert sorted(tmp_path.parent.rglob("*")) == sorted([*before, tmp_path / "x.zip"])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused(tmp_path: Path) -> None:
    def add(archive: zipfile.ZipFile) -> None:
        archive.writestr(NAME, b"one")
        summed(Member(NAME, b"two"))(archive)

    assert refusal(made(tmp_path / "x.zip", add)).code == ATTENTION


def test_members_and_sums_must_be_of_the_same_files(tmp_path: Path) -> None:
    def without_sum(archive: zipfile.ZipFile) -> None:
        summed(Member(NAME, b"x"))(archive)
        archive.writestr("config.toml", b"country = 1")

    refusal(made(tmp_path / "x.zip", without_sum))
    refusal(made(tmp_path / "y.zip", lambda archive: archive.writestr(NAME, b"x")))

    def without_file(archive: zipfile.ZipFile) -> None:
        archive.writestr(SUMS, f"{hashlib.sha256(b'').hexdigest()}  {NAME}\n")

    refusal(made(tmp_path / "z.zip", without_file))


def test_a_member_that_is_not_what_its_sum_says_is_refused_though_the_archive_is_sound(tmp_path: Path) -> None:
    def add(archive: zipfile.ZipFile) -> None:
        archive.writestr(NAME, b"other words")
        archive.writestr(SUMS, f"{hashlib.sha256(b'words').hexdigest()}  {NAME}\n")

    assert refusal(made(tmp_path / "x.zip", add)).code == ATTENTION


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def large(archive: zipfile.ZipFile) -> None:
        archive.writestr(NAME, b"\0" * (LARGEST + 1), zipfile.ZIP_DEFLATED)

    refusal(made(tmp_path / "member.zip", large))
    monkeypatch.setattr(backup_file, "_LARGEST_WHOLE", 1000)
    together = summed(Member(NAME, b"x" * 600), Member("config.toml", b"x" * 600))
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("unpacked"))
    path = tmp_path / "whole.zip"
    monkeypatch.undo()
    made(path, together)
    monkeypatch.setattr(backup_file, "_LARGEST_WHOLE", 1000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("unpacked"))
    refusal(path)


def test_a_member_that_unpacks_to_more_than_it_says_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "x.zip", summed(Member(NAME, b"x" * 5000)))
    data = path.read_bytes()
    lying = data.replace(struct.pack("<L", 5000), struct.pack("<L", 50))
    assert lying != data
    path.write_bytes(lying)
    refusal(path)


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_file, "_MOST", 3)
    refusal(written(tmp_path / "x.zip"))
    monkeypatch.undo()
    monkeypatch.setattr(backup_file, "_LARGEST_LISTING", 100)
    refusal(written(tmp_path / "x.zip"))


@pytest.mark.parametrize("number", [10, 70_000])  # with more than 65,535 the archive needs its long form
def test_large_ones_are_read_and_their_listing_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    digits = "abcdefghijklmnop"
    ids = ("aaaaaaaa" + "".join(digits[int(sign, 16)] for sign in f"{each:05x}") for each in range(number))
    members = [Member(f"drafts/{name}.jsonl", b"") for name in ids]
    path = written(tmp_path / "x.zip", members)
    with BackupFile(path) as backup:
        assert len(backup.names()) == number
    monkeypatch.setattr(backup_file, "_LARGEST_LISTING", 46 * number)
    refusal(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(tmp_path: Path, method: int) -> None:
    def add(archive: zipfile.ZipFile) -> None:
        archive.writestr(NAME, b"x" * 100, method)
        archive.writestr(SUMS, f"{hashlib.sha256(b'x' * 100).hexdigest()}  {NAME}\n")

    refusal(made(tmp_path / "x.zip", add))


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "missing", Path("/dev/zero")):
        assert refusal(path).code == USAGE


def test_its_pieces_are_given_as_they_are_made() -> None:
    seen: list[str] = []

    def members() -> Iterable[Member]:
        for member in MEMBERS:
            seen.append(member.name)
            yield member

    coming = iter(pieces(members()))
    next(coming)
    assert seen == [MEMBERS[0].name]
    assert io.BytesIO(b"".join(coming)).read()

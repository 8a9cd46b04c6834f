"""Files made to harm: refused in one sentence, quickly, in little memory, and nothing is written."""

import json
import os
import struct
import subprocess
import sys
import zipfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from smartcli.exchange import archive, opening
from smartcli.exchange.sources import Source, open_sources
from smartcli.trouble import Trouble

SECONDS, MEGABYTES = 10, 200  # what a file may cost. The worst takes 2 s of the processor here, and half as much
# again where another program shares its caches; what is quadratic takes minutes.
ONE = '{"uuid":"A","creationDate":"2020-01-01T00:00:00Z","text":"secret"'
DAYLIO = "full_date,time,mood,activities,note\n"


def write(path: Path, data: str | bytes) -> None:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def zip_up(path: Path, *members: tuple[str, str | bytes], then: Callable[[bytearray], None] | None = None) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    if then:
        data = bytearray(path.read_bytes())
        then(data)
        path.write_bytes(data)


def lying(data: bytearray) -> None:
    """Have an archive say that its first member is small."""
    at = data.rfind(b"PK\1\2")
    data[at + 24 : at + 28] = data[22:26] = struct.pack("<L", 1000)


def locked(data: bytearray) -> None:
    at = data.rfind(b"PK\1\2")
    data[at + 8] |= 1
    data[6] |= 1


def crowded(data: bytearray) -> None:
    data[-12:-10] = b"\xff\xff"


def sparse(path: Path, size: int, begins: bytes = b"") -> None:
    path.write_bytes(begins)
    os.truncate(path, size)


JOURNAL = f'{{"entries":[{ONE}}}]}}'
FILES: dict[str, Callable[[Path], None]] = {
    "lists in lists.json": lambda path: write(path, '{"entries": [' + "[" * 200_000),
    "objects in objects.json": lambda path: write(path, '{"entries": [' + '{"a":' * 100_000),
    "a number of a million figures.json": lambda path: write(path, f'{{"entries": [{{"creationDate": {"1" * 10**6}}}]}}'),
    "no number.json": lambda path: write(path, f'{{"entries": [{ONE}, "x": NaN}}]}}'),
    "a key twice.json": lambda path: write(path, f'{{"entries": [{ONE}, "text": "b"}}]}}'),
    "entries twice.json": lambda path: write(path, f'{{"entries": [{ONE}}}], "entries": []}}'),
    "utf-16 without a mark.json": lambda path: write(path, JOURNAL.encode("utf-16-le")),
    "nuls.json": lambda path: write(path, b"\0" * 4096),
    "empty.json": lambda path: write(path, b""),
    "spaces.json": lambda path: write(path, b" " * 10_000_000),
    "spaces inside.json": lambda path: write(path, '{"entries": [' + " " * 100_000_000),
    "breaks off.json": lambda path: write(path, f'{{"entries": [{ONE}}}, {ONE}'),
    "twenty million lists.json": lambda path: write(path, '{"entries": [[' + "[]," * 20_000_000 + "1]]}"),
    "five million objects in one.json": lambda path: write(path, f'{{"entries": [{ONE}, "x": [' + "{}," * 5_000_000 + "1]}]}"),
    "twenty million nothings.json": lambda path: write(path, '{"entries": [' + "{}," * 20_000_000 + "{}]}"),
    "one good, many nothings.json": lambda path: write(path, f'{{"entries": [{ONE}}},' + "{}," * 300_000 + "{}]}"),
    "a word of fifty million letters.json": lambda path: write(path, f'{{"entries": [{ONE}, "x": "' + "x" * 50_000_000 + '"}]}'),
    "a key of fifty million letters.json": lambda path: write(path, '{"' + "x" * 50_000_000 + '": 1, "entries": []}'),
    "a list.json": lambda path: write(path, "[1, 2]"),
    "many more lines than memory.jsonl": lambda path: write(path, '{"a": "' + "x" * 1_000_000 + '"}\n' + '{"a": 1, "b": ' * 100_000),
    "one object of fifty million letters.json": lambda path: write(path, "{" + ",".join(f'"{n}": "{"x" * 1_000_000}"' for n in range(50)) + "}"),
    "a list of twenty million.json": lambda path: write(path, "[" + "1," * 20_000_000 + "1]"),
    "three million nothings.daylio": lambda path: write(path, b64encode(b'{"dayEntries": [' + b"[]," * 2_900_000 + b"1]}")),
    "thirty million letters.daylio": lambda path: write(path, b"eyJ" + b"A" * 40_000_000),
    "lists in lists.daylio": lambda path: write(path, b64encode(b'{"dayEntries": ' + b"[" * 1_000_000)),
    "a head without an end.md": lambda path: write(path, "---\n" + "a: b\n" * 5_000_000),
    "brackets in a head.md": lambda path: write(path, "---\nx: " + "[" * 400 + "]" * 400 + "\n---\nwords\n"),
    "dates without a moment.csv": lambda path: write(path, "sep=;\n" * 1_000_000),
    "something after.json": lambda path: write(path, JOURNAL + "x"),
    "windows-1252.txt": lambda path: write(path, b"2026-01-01\ncaf\xe9 secret\n"),
    "a nul.txt": lambda path: write(path, b"2026-01-01\nsecret \0 words\n"),
    "a line of a hundred million.txt": lambda path: write(path, "2026-01-01\n" + "x" * 100_000_000),
    "a million headings.txt": lambda path: write(path, ("# 1" + " #" * 98 + "x\n") * 50_000),
    "fifty million lines.txt": lambda path: write(path, "2026-01-01\n" + "ab\n" * 50_000_000),
    "a million figures.txt": lambda path: write(path, "1111\n" * 2_000_000),
    "a million columns.csv": lambda path: write(path, DAYLIO.strip() + "," + "a," * 1_000_000 + "\n" + "," * 1_000_000),
    "a million cells.csv": lambda path: write(path, DAYLIO + "x," * 1_000_000),
    "an open quote.csv": lambda path: write(path, DAYLIO + '2026-01-01,10:00,good,,"' + "secret\n" * 10_000_000),
    "a cell of two million.csv": lambda path: write(path, DAYLIO + '2026-01-01,10:00,good,,"' + "x" * 2_000_000 + '"\n'),
    "a row of twenty such.csv": lambda path: write(path, DAYLIO + '2026-01-01,10:00,good,,' + ('"' + "x\n" * 400_000 + '",') * 25 + "\n"),
    "impossible dates.csv": lambda path: write(path, DAYLIO + "0000-01-01,10:00,good,,secret\n99999-01-01,10:00,good,,b\n2026-13-45,x,good,,c\n"),
    "names that climb.zip": lambda path: zip_up(path, ("../../evil.json", JOURNAL), ("/evil.json", JOURNAL), ("a\\evil.json", JOURNAL)),
    "two hundred million spaces.zip": lambda path: zip_up(path, ("Journal.json", b" " * 200_000_000)),
    "a bomb in one entry.zip": lambda path: zip_up(path, ("Journal.json", JOURNAL[:-2] + "x" * 200_000_000)),
    "five bombs.zip": lambda path: zip_up(path, *((f"{number}.json", b" " * 60_000_000) for number in range(5))),
    "a bomb that lies.zip": lambda path: zip_up(path, ("Journal.json", b" " * 100_000_000), then=lying),
    "a locked one.zip": lambda path: zip_up(path, ("Journal.json", JOURNAL), then=locked),
    "too many members.zip": lambda path: zip_up(path, ("Journal.json", JOURNAL), then=crowded),
    "many photos.zip": lambda path: zip_up(path, ("Journal.json", JOURNAL), *((f"photos/{number:0250}.jpeg", b"") for number in range(30_000))),
    "damaged.zip": lambda path: zip_up(path, ("Journal.json", JOURNAL), then=lambda data: data.__setitem__(slice(45, 55), b"\xff" * 10)),
    "cut off.zip": lambda path: zip_up(path, ("Journal.json", JOURNAL), then=lambda data: data.__delitem__(slice(-30, None))),
    "two bytes of a zip.zip": lambda path: write(path, b"PK\x03\x04" + b"\0" * 100),
    "a fifo": lambda path: os.mkfifo(path),
    "a folder": lambda path: path.mkdir(),
    "a link to nothing": lambda path: path.symlink_to("nothing"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "ten gigabytes of nothing.json": lambda path: sparse(path, 10 * 1024**3),
    "a little less of nothing.json": lambda path: sparse(path, 200 * 1024**2),
    "a zip of ten gigabytes of nothing.zip": lambda path: sparse(path, 10 * 1024**3, b"PK\x03\x04"),
}  # fmt: skip

_RUN = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
import smartcli.__main__ as program
sys.argv = ["smartcli", "import", sys.argv[1]]
try:
    program.main()
finally:
    print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0], file=sys.stderr)
"""


def read(path: Path) -> int:
    """Return how many characters of text an import would read of a file."""
    with open_sources([path]) as sources:
        return sum(_length(source) for source in sources)


def _length(source: Source) -> int:
    with source.open() as opened:
        return sum(map(len, opened.pieces()))


@pytest.mark.parametrize("members", [1, 2, 9])
def test_what_a_file_holds_is_bounded_in_all_however_it_is_shared_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, members: int
) -> None:
    path = tmp_path / "x.zip"
    zip_up(
        path, *((f"{number}.json", b"x" * (9000 // members)) for number in range(members)), ("photo.jpeg", b"x" * 9999)
    )
    monkeypatch.setattr(archive, "LARGEST", 9000)
    assert read(path) == 9000
    monkeypatch.setattr(archive, "LARGEST", 8999)
    with pytest.raises(Trouble):
        read(path)


def test_a_file_that_grows_while_it_is_read_is_bounded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.txt"
    write(path, "x" * 9000)
    monkeypatch.setattr(opening, "LARGEST", 9000)
    with opening.open_file(path) as opened:
        assert sum(map(len, opened.pieces())) == 9000
        write(path, "x" * 9001)
        with pytest.raises(Trouble):
            [*opened.pieces()]


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_costs_little_writes_nothing_and_is_told(name: str, tmp_path: Path) -> None:
    path, home = tmp_path / name, tmp_path / "home"
    FILES[name](path)
    environment = os.environ | {"SMARTCLI_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(path)], env=environment, capture_output=True, text=True, timeout=240
    )
    *told, memory = done.stderr.splitlines()
    if path.is_file() and not path.is_symlink():
        path.unlink()  # some are large
    assert done.returncode == 2, done.stderr[-300:]
    assert "Nothing was written." in told
    assert "secret" not in done.stdout + done.stderr
    assert len(told) <= 10
    assert int(memory) < MEGABYTES * 1024
    assert not home.exists() or not (home / "journal").exists()


def test_names_that_climb_are_passed_over_beside_a_good_one(tmp_path: Path) -> None:
    from tests.exchange.reading import found

    path = tmp_path / "a.zip"
    zip_up(path, ("../../evil.json", "{}"), ("Journal.json", JOURNAL), (".hidden.json", "{}"))
    assert [one.identity for one in found(path)] == ["A"]
    assert os.listdir(tmp_path) == ["a.zip"]


def test_an_entry_as_large_as_any_comes_in(tmp_path: Path) -> None:
    from tests.exchange.reading import found

    path = tmp_path / "a.json"
    path.write_text(json.dumps({"entries": [{"creationDate": "2020-01-01T00:00:00Z", "text": "é, [x] " * 140_000}]}))
    assert len(found(path)[0].text) == 980_000

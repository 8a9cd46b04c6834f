"""The cache of sealed entries, damaged, swapped or gone: it costs time, and never an entry or a word of one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from smartcli.journal.opened_cache import FOLDER, OpenedCache
from smartcli.journal.store import Journal
from smartcli.lock import keyring
from smartcli.lock.identity import generate_identity
from tests.journal.test_store import small

KEY, STRANGER = generate_identity(), generate_identity()
WORDS = [f"heron {number:02}" for number in range(40)]


@pytest.fixture(autouse=True)
def _key() -> Iterator[None]:
    keyring.hold(KEY)
    yield
    keyring.let_go()


def journal(home: Path) -> Journal:
    to = KEY.recipient
    return Journal(home / "journal", seal_to=to, cache=OpenedCache(home / "state", to))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A locked journal that was read once."""
    journal(tmp_path).save_all([small(words) for words in WORDS])
    assert said(tmp_path) == WORDS
    assert len(segments(tmp_path)) == 1
    return tmp_path


def said(home: Path) -> list[str]:
    read = journal(home)
    words = sorted(str(entry.answers["what"]) for entry in read.entries())
    assert not read.unreadable
    return words


def segments(home: Path) -> list[Path]:
    return [path for path in (home / "state" / FOLDER).iterdir() if path.name != "list.age"]


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "torn": lambda data: data[: len(data) // 2],
    "one bit": flipped,
    "short": lambda data: keyring.seal_for(b"", KEY.recipient),
    "of another key": lambda data: keyring.seal_for(b"x" * 100, STRANGER.recipient),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("of", ["list", "segment"])
def test_what_is_damaged_in_it_is_read_from_the_journal_and_cached_anew(home: Path, of: str, damage: str) -> None:
    path = home / "state" / FOLDER / "list.age" if of == "list" else segments(home)[0]
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    for _again in range(3):
        assert said(home) == WORDS
    cache = OpenedCache(home / "state", KEY.recipient)
    names = [path.name for path in (home / "journal" / "entries").glob("*/*")]
    assert all(cache.body(name) for name in names)


def test_a_segment_that_is_gone_costs_nothing(home: Path) -> None:
    segments(home)[0].unlink()
    for _again in range(3):
        assert said(home) == WORDS
    assert len(segments(home)) == 1


def test_what_is_forgotten_is_in_no_segment_and_the_rest_still_is(home: Path) -> None:
    cache = OpenedCache(home / "state", KEY.recipient)
    names = sorted(path.name for path in (home / "journal" / "entries").glob("*/*"))
    bodies = {name: cache.body(name) for name in names}
    cache.forget({*names[:5]})
    words = b"".join(cache._read(path.name) for path in segments(home))
    for number, name in enumerate(names):
        body = bodies[name]
        assert body
        assert (body in words) == (number >= 5)
    read = OpenedCache(home / "state", KEY.recipient)
    assert {name: read.body(name) for name in names[5:]} == {name: bodies[name] for name in names[5:]}
    assert not read.plain_names(names[:5])

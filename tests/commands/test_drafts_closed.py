"""Unfinished exercises of a locked journal, without a key: discarded by their ids, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from smartcli.journal import seal
from smartcli.journal.aside import NAME, Aside
from smartcli.journal.drafts import Drafts
from smartcli.lock import keyring
from smartcli.trouble import LOCKED
from tests.conftest import Run
from tests.support.locked import lock_home


@pytest.fixture(autouse=True)
def _no_key() -> Iterator[None]:
    yield
    keyring.let_go()


def test_a_closed_draft_is_discarded_without_a_key_and_not_resumed(run: Run, home: Path) -> None:
    to = lock_home(home).recipient
    drafts = Drafts(home / "state" / "drafts", seal_to=to)
    draft = drafts.start(exercise="urge-log", title="Heron")
    draft.keep("strength", 3)
    resumed = run("resume", draft.id[:8])
    assert resumed.exit_code == LOCKED
    held = run("drafts", "discard", draft.id[:8], "--yes")
    assert held.exit_code != 0  # it is open in another window
    draft.close()
    done = run("drafts", "discard", draft.id[:8], "--yes")
    assert (done.exit_code, [*drafts.path.iterdir()]) == (0, [])
    assert "Heron" not in resumed.output + held.output + done.output


def test_what_was_put_aside_is_told_to_be_locked_and_stays(run: Run, home: Path) -> None:
    to = lock_home(home).recipient
    aside = Aside(home / "state" / NAME, to)
    aside.add(".tmp-1-abcdefab", seal.seal_bytes(b'{"field":"a","answer":"heron"', to))
    for words in (["restore"], ["show"]):
        refused = run("drafts", *words, "abcdefab")
        assert refused.exit_code == LOCKED, refused.output
        assert "heron" not in refused.output
    assert len(aside) == 1
    assert run("drafts", "discard", "abcdefab", "--yes").exit_code == 0
    assert len(aside) == 0

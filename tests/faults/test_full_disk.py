"""Disks of every small size, and without inodes: no answer is lost, "Saved" is never said falsely, and room helps.

Each runs on a disk in memory of its own, in a mount namespace of its own; it needs root, or user namespaces.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from smartcli.content.catalog import Catalog
from tests.conftest import Run

WITHIN = ["unshare", *([] if os.name != "posix" or os.geteuid() == 0 else ["--map-root-user"]), "--mount"]
PARTS = os.cpu_count() or 2


def _may_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    tried = [*WITHIN, "sh", "-c", "mount -t tmpfs -o size=16k tmpfs /mnt && umount /mnt"]
    return subprocess.run(tried, capture_output=True).returncode == 0


@pytest.mark.skipif(
    not _may_mount(), reason="NOT RUN: a small disk cannot be mounted here (needs root or user namespaces)"
)
def test_a_full_disk_costs_no_answer_is_never_called_kept_and_room_puts_it_right(tmp_path: Path) -> None:
    running = [
        subprocess.Popen([*WITHIN, sys.executable, "-m", "tests.faults.small_disk", str(tmp_path / f"{part}"), str(part), str(PARTS)],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for part in range(PARTS)
    ]  # fmt: skip
    said = [one.communicate() for one in running]
    assert not [(err.decode()[-2000:]) for one, (_, err) in zip(running, said, strict=True) if one.returncode]
    found = [json.loads(line) for out, _ in said for line in out.decode().splitlines()]
    refused = sum(one["code"] == 3 for one in found)
    assert [one["code"] for one in found if "read-only" in one["how"]] == [3]
    print(f"{len(found)} small disks, {refused} of them full; {sum(one['given'] for one in found)} answers given")
    assert not [one for one in found if one["wrong"]]
    assert refused > 10
    assert len(found) - refused > 5


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="NOT RUN: only root can give a folder to somebody else"
)
@pytest.mark.parametrize("what", ["journal", "state/drafts"])
def test_a_folder_of_somebody_elses_is_neither_written_to_nor_taken_over(
    run: Run, tiny: Catalog, home: Path, what: str
) -> None:
    assert run("record", "small", typed='{"what": "x"}').exit_code == 0
    assert run("do", "small", typed="!\n").exit_code == 130
    folder = home / what
    os.chown(folder, 65534, 65534)
    before = sorted(str(path) for path in folder.rglob("*"))
    done = run("record", "small", typed='{"what": "y"}') if what == "journal" else run("do", "small", typed="words\n\n")
    assert done.exit_code in (0, 3)
    if what == "journal":
        assert done.exit_code == 3
        assert "belongs to somebody else" in done.stderr
    assert sorted(str(path) for path in folder.rglob("*")) == before
    assert folder.stat().st_uid == 65534

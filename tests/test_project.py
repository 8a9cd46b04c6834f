"""What the project says of itself stands in one place."""

import re
import tomllib
from pathlib import Path

import pytest

import smartcli

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_version_stands_once_and_the_build_reads_it_there() -> None:
    assert "version" not in PROJECT["project"]
    metadata = pytest.importorskip("hatchling.metadata.core", reason="hatchling is not here: the version was not built")
    plugins = pytest.importorskip("hatchling.plugin.manager")
    assert metadata.ProjectMetadata(str(ROOT), plugins.PluginManager()).version == smartcli.__version__


def test_dev_is_what_the_tests_need_and_what_the_checks_need() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    assert extras["dev"] == ["smartcli-workbook[test,check]"]
    names = [line.split(">")[0] for extra in ("test", "check") for line in extras[extra]]
    assert len(names) == len(set(names))


@pytest.mark.skipif(not (ROOT / "constraints.txt").exists(), reason="constraints.txt is not in the source archive")
def test_every_package_that_is_named_has_the_version_it_was_tried_with() -> None:
    pinned = {line.split("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().splitlines()}
    project = PROJECT["project"]
    wanted = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    names = {line.split(">")[0].lower() for line in wanted if not line.startswith("smartcli-workbook")}
    assert names <= pinned, names - pinned


@pytest.mark.skipif(not (ROOT / ".ci").exists(), reason=".ci is not in the source archive")
def test_every_version_that_is_pinned_has_its_hashes() -> None:
    pinned = set((ROOT / "constraints.txt").read_text().replace("_", "-").lower().split())
    blocks = re.split(r"\n(?=\S)", (ROOT / ".ci" / "hashes.txt").read_text().strip())
    hashed = {block.split()[0].replace("_", "-").lower() for block in blocks}
    assert hashed == pinned
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}\b", block) for block in blocks)


def test_the_metadata_names_the_licence_of_whatever_is_in_the_wheel() -> None:
    found = {path.relative_to(ROOT).as_posix() for path in [ROOT / "LICENSE", *(ROOT / "smartcli").rglob("LICENSE*")]}
    assert set(PROJECT["project"]["license-files"]) == found
    for name in ("MIT", "Bitstream-Vera", "CC-BY-3.0-US"):
        assert name in PROJECT["project"]["license"].split(" AND ")

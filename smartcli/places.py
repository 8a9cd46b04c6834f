"""The places on disk: the journal, this device's state, this device's settings."""

import os
from pathlib import Path
from typing import NamedTuple

_chosen: Path | None = None


class Places(NamedTuple):
    """The paths of the journal (may be synced), this device's state and this device's settings."""

    journal: Path
    state: Path
    config: Path


def choose(home: Path | None) -> None:
    """Put everything under `home` from now on; None leaves it to SMARTCLI_HOME or the platform."""
    global _chosen
    _chosen = home


def places() -> Places:
    """Return the paths: under --home or SMARTCLI_HOME if given, else the platform's folders."""
    home = _chosen
    if home is None and os.environ.get("SMARTCLI_HOME"):
        home = Path(os.environ["SMARTCLI_HOME"])
    if home:
        home = home.expanduser().absolute()
        return Places(home / "journal", home / "state", home / "config.toml")
    import platformdirs  # here, since with --home nothing needs it

    folders = platformdirs.PlatformDirs("smartcli", appauthor=False)
    data, state = folders.user_data_path, folders.user_state_path
    if state == data:  # macOS and Windows have one folder for both
        state = data / "state"
    return Places(data / "journal", state, folders.user_config_path / "config.toml")

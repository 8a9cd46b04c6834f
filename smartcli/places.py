"""Where things are kept."""

import os
from pathlib import Path
from typing import NamedTuple

_chosen: Path | None = None


class Places(NamedTuple):
    """The three places: the journal (may be synced), this device's state, this device's settings."""

    journal: Path
    state: Path
    config: Path


def choose(home: Path | None) -> None:
    """Put everything under `home` from now on; None leaves it to SMARTCLI_HOME or the platform."""
    global _chosen
    _chosen = home


def places() -> Places:
    """Return where things are: under --home or SMARTCLI_HOME if given, else in the platform's folders."""
    home = _chosen or (Path(os.environ["SMARTCLI_HOME"]) if os.environ.get("SMARTCLI_HOME") else None)
    if home:
        home = home.expanduser().absolute()
        return Places(home / "journal", home / "state", home / "config.toml")
    import platformdirs

    folders = platformdirs.PlatformDirs("smartcli", appauthor=False)
    data, state = folders.user_data_path, folders.user_state_path
    if state == data:  # macOS and Windows have one folder for both
        state = data / "state"
    return Places(data / "journal", state, folders.user_config_path / "config.toml")

"""What stays on this device when the program is uninstalled, so that a person can remove all of it."""

import os
from pathlib import Path

from smartcli.places import Places, own_folders
from smartcli.settings import asides

# Where the shells look; `smartcli --install-completion` writes there. Below the home folder.
_COMPLETION = (
    (".bash_completions", "smartcli.sh"),
    (".zfunc", "_smartcli"),
    (".config", "fish", "completions", "smartcli.fish"),
)
_SOURCED = "smartcli.sh"  # the one file that a line of .bashrc names; zsh and fish find theirs by the folder


def list_completion_files() -> list[Path]:
    """Return the files on this device by which a shell completes what is typed after `smartcli`."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111  Path's own raises RuntimeError for a user without a home
    return [path for path in (home.joinpath(*parts) for parts in _COMPLETION) if path.exists()]


def is_sourced(path: Path) -> bool:
    """Return whether a line in the start-up file of a shell names this completion file, and has to go with it."""
    return path.name == _SOURCED


def list_to_delete(places: Places) -> list[Path]:
    """Return the fewest paths that hold all data of this device: the entries, unfinished exercises and settings."""
    folders = own_folders()
    if not folders:
        return [places.journal, places.state, places.config, *asides(places.config)]
    outermost: list[Path] = []
    for folder in folders:  # of which one may be inside another, or the same
        if not any(folder.is_relative_to(other) for other in outermost):
            outermost.append(folder)
    return outermost

"""The places on disk: the journal, this device's state, this device's settings."""

import os
from pathlib import Path
from typing import NamedTuple

from smartcli.language import N_, _
from smartcli.trouble import STORAGE, Trouble

_NAME_A_PLACE = N_("Name a folder with its whole path, such as /home/me/journal, in SMARTCLI_HOME or after --home.")

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


def home_for_another_run() -> dict[str, str]:
    """Return what the environment of another run needs so that it finds the same places; raises Trouble (3)."""
    return {"SMARTCLI_HOME": str(full_path(_chosen))} if _chosen else {}


def is_usual() -> bool:
    """Return whether things are where they are for most people: nobody has named another place for the state."""
    return _chosen is None and not _home() and not os.environ.get("XDG_STATE_HOME")


def is_relative() -> bool:
    """Return whether SMARTCLI_HOME says where things are, and means another place in each folder."""
    return _chosen is None and bool(_home()) and not _home().startswith("~") and not Path(_home()).is_absolute()


def _home() -> str:
    return os.environ.get("SMARTCLI_HOME", "")


def places() -> Places:
    """Return the paths: under --home or SMARTCLI_HOME if given, else the platform's folders.

    Raises Trouble (3) where none of them says a place.
    """
    home = _chosen or (Path(_home()) if _home() else None)
    if home:
        home = full_path(home)
        return Places(home / "journal", home / "state", home / "config.toml")
    data, state, config = _platform_folders()
    return Places(data / "journal", state, config / "config.toml")


def own_folders() -> list[Path]:
    """Return the folders of the platform that hold the places and nothing else; raises Trouble (3).

    There are none under --home or SMARTCLI_HOME: that folder may have other things in it.
    """
    return [] if _chosen or _home() else [*_platform_folders()]


def _platform_folders() -> tuple[Path, Path, Path]:
    """Return the platform's folders of smartcli for data, state and settings; raises Trouble (3) without a home."""
    import platformdirs  # here, since with --home nothing needs it

    folders = platformdirs.PlatformDirs("smartcli", appauthor=False)
    try:
        data, state, config = folders.user_data_path, folders.user_state_path, folders.user_config_path
    except RuntimeError:  # without HOME, for a user whom the system has no record of
        raise _no_home() from None
    # Some versions leave "~" where it was instead.
    if os.environ.get("HOME") == "" or not all(map(Path.is_absolute, (data, state, config))):
        raise _no_home()
    if state == data:  # macOS and Windows have one folder for both
        state = data / "state"
    return data, state, config


def full_path(typed: str | Path, hint: str = "") -> Path:
    """Return the absolute path that somebody typed, "~" too; raises Trouble (3) where it leads nowhere.

    `hint` says what to type instead; without it, how to say where the journal is.
    """
    try:
        path = Path(typed).expanduser()
    except RuntimeError:  # `~name` of nobody, or "~" of a user without a home
        raise _no_place(_("There is no home folder of the user that ~ stands for."), hint) from None
    try:
        return path.absolute()
    except OSError:
        raise _no_place(_("The folder you are in is gone."), hint) from None


def _no_home() -> Trouble:
    return _no_place(_("There is no home folder here, so smartcli doesn't know where your journal is."))


def _no_place(sentence: str, hint: str = "") -> Trouble:
    return Trouble(sentence, safe=_("Nothing was changed."), hint=hint or _(_NAME_A_PLACE), code=STORAGE)

"""The network, tried in front of the person: what `where --network` shows.

The one module that imports `socket`. It opens sockets only where the kernel has taken the filter of `silence`, closes
any that it gets at once, and sends nothing. A name is looked up only after every socket was refused, and only where
the C library would do it in this process.
"""

import contextlib
import errno
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from smartcli import silence
from smartcli.blocks import Heading, Item, Items, Page, Words
from smartcli.language import N_, _

NAMES = "names"

_WHAT = {"ipv4": N_("IPv4"), "ipv6": N_("IPv6"), "udp": N_("UDP"), NAMES: N_("Looking up a name")}
_NOBODY = "example.invalid"  # RFC 6761: this name never exists

_NAME_SOURCES = Path("/etc/nsswitch.conf")
# What the C library asks without another program's help. mDNS "minimal" looks up names in .local only.
_OWN_SOURCES = {"files", "dns", "myhostname", "mdns_minimal", "mdns4_minimal", "mdns6_minimal"}
# Programs that look up names for others: nscd, and Android's.
_LOOKING_UP = [Path(name) for name in ("/run/nscd/socket", "/var/run/nscd/socket", "/dev/socket/dnsproxyd")]

# Ways to see for oneself. Only those for Linux were tried.
_LINUX_REFUSED = (
    N_(
        "Leave smartcli open. In another window, `pgrep -af smartcli` shows its number. Type "
        "`grep Seccomp: /proc/NUMBER/status` with that number: `Seccomp: 2` means that the kernel checks every call "
        "that smartcli makes."
    ),
)
_LINUX = (
    N_("`unshare -rn smartcli` starts smartcli without any network. Everything works as always."),
    N_(
        "`strace -f -o calls.txt -e trace=socket,connect smartcli` writes every call that would open a way to a "
        "network into the file calls.txt. When you leave, there is none."
    ),
)
_MACOS = (
    N_(
        "`sandbox-exec -p '(version 1)(allow default)(deny network*)' smartcli` starts smartcli without any network. "
        "Nobody has tried this with smartcli yet."
    ),
    N_("A firewall for programs (LuLu or Little Snitch) asks you before a program uses the network."),
)
_WINDOWS = (
    N_("`resmon` shows, under Network, every program that uses the network. Nobody has tried this with smartcli yet."),
)


def try_network() -> dict[str, bool | None]:
    """Try each way to the network, and return whether it was refused.

    None stands for a way that was not tried. Where the kernel has not taken the filter, nothing is tried or returned.
    """
    if not silence.is_network_refused():
        return {}
    import socket

    tried: dict[str, bool | None] = {
        "ipv4": _is_refused(socket.AF_INET, socket.SOCK_STREAM),
        "ipv6": _is_refused(socket.AF_INET6, socket.SOCK_STREAM),
        "udp": _is_refused(socket.AF_INET, socket.SOCK_DGRAM) and _is_refused(socket.AF_INET6, socket.SOCK_DGRAM),
    }
    if all(tried.values()):
        tried[NAMES] = _is_look_up_refused() if _looks_up_here() else None
    return tried


def _is_refused(family: int, kind: int) -> bool:
    """Return whether the kernel refuses a socket."""
    import socket

    try:
        socket.socket(family, kind).close()
    except OSError as error:
        return error.errno == errno.EACCES
    return False


def _is_look_up_refused() -> bool:
    """Return whether nobody could be asked for a name; "there is no such name" is an answer."""
    import socket

    try:
        socket.getaddrinfo(_NOBODY, None)
    except socket.gaierror as error:
        return error.errno != socket.EAI_NONAME
    return False


def _looks_up_here() -> bool:
    """Return whether names are looked up by DNS in this process, and not by another program (nsswitch.conf(5))."""
    if any(path.exists() for path in _LOOKING_UP):
        return False
    text = ""
    with contextlib.suppress(OSError):
        text = _NAME_SOURCES.read_text(encoding="utf-8", errors="replace")
    for line in text.splitlines():
        database, _colon, rest = line.partition("#")[0].partition(":")
        if database.strip() == "hosts":
            sources = {word for word in rest.split() if not word.startswith("[")}
            return "dns" in sources and sources <= _OWN_SOURCES
    return True  # without that line, or that file, the C library asks DNS


def to_json(tried: dict[str, bool | None]) -> dict[str, Any]:
    """Return what was tried, for other programs."""
    return {"network": {"refused": _are_all_refused(tried), "tried": tried}}


def _are_all_refused(tried: dict[str, bool | None]) -> bool:
    return bool(tried) and False not in tried.values()


def page(tried: dict[str, bool | None]) -> Page:
    """Return what was tried as a page, with ways to see for oneself."""
    return Page(
        _("The network"),
        [
            Words(_(_found(tried))),
            Items([Item(_outcome(_(_WHAT[way]), is_refused)) for way, is_refused in tried.items()]),
            Words(
                _(
                    "This is about smartcli alone. A tool that syncs your folder, a keyboard app or a terminal that "
                    "saves its history somewhere else may still send what you write."
                ),
                quiet=True,
            ),
            Heading(_("How to see for yourself that smartcli sends nothing")),
            Items([Item(_(sentence)) for sentence in _recipes(tried)]),
        ],
    )


def _found(tried: dict[str, bool | None]) -> str:
    """Return the sentence above what was tried."""
    if _are_all_refused(tried):
        return N_(
            "On this system the kernel (the core of the operating system) refuses the network to smartcli. smartcli "
            "tried just now:"
        )
    if tried:
        return N_("This system was asked to refuse the network to smartcli, but it does not. smartcli tried just now:")
    return N_(
        "Some systems can refuse the network to a program. This system cannot do that for smartcli. smartcli did not "
        "try the network, because that could send something."
    )


def _outcome(way: str, is_refused: bool | None) -> str:
    """Return how one try ended."""
    if is_refused is None:
        return _("{way}: not tried. On this system another program may do this.", way=way)
    return _("{way}: refused", way=way) if is_refused else _("{way}: not refused. Nothing was sent.", way=way)


def _recipes(tried: dict[str, bool | None]) -> Sequence[str]:
    """Return the ways to see for oneself on this system."""
    if sys.platform == "win32":
        return _WINDOWS
    if sys.platform == "darwin":
        return _MACOS
    return (*_LINUX_REFUSED, *_LINUX) if tried else _LINUX

"""An ear at the interpreter: nothing in this process may reach for a network, whatever library it comes from."""

import socket
import sys
from typing import Any

_REACHING = {
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.getnameinfo",
    "socket.gethostbyname", "socket.gethostbyaddr", "socket.getservbyname", "http.client.connect", "urllib.Request",
    "ftplib.connect", "smtplib.connect", "imaplib.open", "poplib.connect", "telnetlib.Telnet.open", "webbrowser.open",
}  # fmt: skip
_WITHIN = {getattr(socket, "AF_UNIX", None)}  # asyncio wakes itself by a pair of these

heard: list[str] = []


class ReachedOutError(RuntimeError):
    """Something reached for a network."""


def _listen(event: str, args: tuple[Any, ...]) -> None:
    if event in _REACHING or (event == "socket.__new__" and args[1] not in _WITHIN):
        heard.append(event)
        raise ReachedOutError(event)


def listen() -> None:
    """Hear, and stop, every reach for a network from now on; an audit hook cannot be taken off again."""
    sys.addaudithook(_listen)

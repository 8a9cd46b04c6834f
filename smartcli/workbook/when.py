"""The moment that an option such as --when names."""

import contextlib

from smartcli.moments import Moment, NotAMomentError, understand
from smartcli.trouble import Trouble


def read_when(words: str | None, option: str = "--when", *, ahead: bool = False) -> Moment | None:
    """Return the moment that an option names, None when it was not given; raises Trouble.

    It is the last moment the words can mean; with `ahead` the next, where there is no last.
    """
    if words is None:
        return None
    try:
        return understand(words)
    except NotAMomentError as error:
        if ahead:
            with contextlib.suppress(NotAMomentError):
                return understand(words, ahead=True)
        raise Trouble(f"{option}: {error}") from None

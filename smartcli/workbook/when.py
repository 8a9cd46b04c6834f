"""The moment that an option such as --when names."""

import contextlib

from smartcli.language import _
from smartcli.moments import Moment
from smartcli.reading_times import NotAMomentError, moment_from_words
from smartcli.trouble import Trouble


def read_when(words: str | None, option: str = "--when", *, ahead: bool = False) -> Moment | None:
    """Return the moment that an option names, None when it was not given; raises Trouble.

    It is the last moment the words can mean; with `ahead` the next, where there is no last.
    """
    if words is None:
        return None
    try:
        return moment_from_words(words)
    except NotAMomentError as error:
        if ahead:
            with contextlib.suppress(NotAMomentError):
                return moment_from_words(words, ahead=True)
        raise Trouble(_("{option}: {problem}", option=option, problem=error)) from None

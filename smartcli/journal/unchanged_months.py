"""Whether the folder of a month is as it was when it was last listed: then its files need not be asked for one by one.

A folder changes with every file that comes, goes or is renamed, but not with one that is changed in place. So the
newest files are asked for each time (`ALWAYS_ASKED`), and the others a month at each look, in turn. What an entry says
is read from its file in any case. What is learnt some looks later is that an old file, edited in place, is of another
exercise or day now, has another measure, is hidden or damaged: until then it counts as it was among the days on which
exercises were done.
"""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

ALWAYS_ASKED = 1000  # files, the newest: about a year at three entries a day, and a few milliseconds
_AT_REST = 3_000_000_000  # nanoseconds: longer than the coarsest clock of a file system (FAT's, two seconds)

# Of folders with what the disk says of them, the names in those that need not be listed.
Unchanged = Callable[[Mapping[str, os.stat_result]], Mapping[str, Sequence[str]]]


def no_months(folders: Mapping[str, os.stat_result]) -> Mapping[str, Sequence[str]]:
    """Return no names: every folder is listed."""
    return {}


def in_turn(months: Sequence[str]) -> str:
    """Return the month whose turn it is to be listed; "" where there are no months.

    The milliseconds of the clock choose it. Hours or seconds would choose the same month each time for a job that runs
    once an hour.
    """
    return months[time.time_ns() // 1_000_000 % len(months)] if months else ""


def folder_stamp(folder: os.stat_result) -> str:
    """Return what the disk says of a folder, in short: it changes when a file in it comes, goes or is renamed."""
    return f"{folder.st_ino:x}.{folder.st_mtime_ns:x}.{folder.st_ctime_ns:x}"


def time_in(stamp: str) -> str:
    """Return the time of change in the stamp of a folder; "" where there is no stamp."""
    return stamp.partition(".")[2].partition(".")[0]


def is_dependable(folder: os.stat_result, files: Iterable[int], now: int) -> bool:
    """Return whether a change of a folder would be seen in its stamp.

    `files` are the times at which its files were last written, `now` is when the folders began to be listed, in
    nanoseconds since 1970. A folder that changed just now may change again within the same tick of the disk's clock.
    Where a file is newer than its folder, the disk does not keep the times of folders, or the file was edited in place.
    """
    rested_at = folder.st_mtime_ns + _AT_REST
    return rested_at < now and max(files, default=0) <= rested_at

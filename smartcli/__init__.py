"""A private, offline self-help workbook in the terminal."""

from smartcli.language import N_

__version__ = "0.1.0"

NOTICE = N_(
    "Independent software. Not affiliated with, endorsed by or supervised by SMART Recovery. "
    "SMART Recovery® is a trademark of its owner; it is named here only to describe the approach "
    "these exercises follow."
)

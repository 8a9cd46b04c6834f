"""The notice that stands under what the program writes; apart, so that `due` starts without it."""

from smartcli.language import N_

NOTICE = N_(
    "Independent software. Not affiliated with, endorsed by or supervised by SMART Recovery. "
    "SMART Recovery® is a trademark of its owner; it is named here only to describe the approach "
    "these exercises follow."
)

"""A notification on the screen of this device, by whichever program of the system shows one."""

import os
import sys
from pathlib import Path

from smartcli.reminders import programs
from smartcli.reminders.way import NAME, Command

_APP = "Reminder"  # who it is from, on the screen and in the list of notifications; no name of ours
_WORDS = "REMINDER_WORDS"  # the variable in which PowerShell finds the words, so that none of them is code

_APPLE = (
    "on run argv",
    f'display notification (item 1 of argv) with title "{_APP}"',
    "end run",
)

# A toast of the Windows Runtime; by the id of PowerShell itself, since an unknown one shows nothing.
_TOAST = rf"""
$null = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$null = [Windows.Data.Xml.Dom.XmlDocument, Windows.Data.Xml.Dom, ContentType = WindowsRuntime]
$words = [Security.SecurityElement]::Escape($env:{_WORDS})
$toast = New-Object Windows.Data.Xml.Dom.XmlDocument
$toast.LoadXml("<toast><visual><binding template='ToastText01'><text id='1'>$words</text></binding></visual></toast>")
$id = '{{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}}\WindowsPowerShell\v1.0\powershell.exe'
$shown = New-Object Windows.UI.Notifications.ToastNotification $toast
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier($id).Show($shown)
"""


def is_possible() -> bool:
    """Return whether there is a program here that shows notifications."""
    return _command("") is not None


def notify(words: str) -> bool:
    """Show a notification; return whether a program here has taken it.

    `words` are those of the reminder: never a word of an entry.
    """
    command = _command(words)
    return command is not None and programs.run(command, environment={**os.environ, **_session(), _WORDS: words})


def _command(words: str) -> Command | None:
    """Return the command that shows the words; None where there is no program for that."""
    if os.name == "nt":
        return ("powershell", "-NoProfile", "-NonInteractive", "-Command", _TOAST)
    if sys.platform == "darwin":
        script = [part for line in _APPLE for part in ("-e", line)]
        return ("osascript", *script, words)
    if programs.is_here("termux-notification"):
        return ("termux-notification", "--id", NAME, "--title", words)
    if programs.is_here("notify-send"):
        return ("notify-send", f"--app-name={_APP}", "--", words)
    return None


def _session() -> dict[str, str]:
    """Return where the session's message bus is, for a job of cron, which is not told; nothing where that is known."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS") or not hasattr(os, "getuid"):
        return {}
    folder = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    bus = Path(folder) / "bus"
    return {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}"} if bus.exists() else {}

"""One page for a meeting, a doctor or a friend."""


def share() -> None:
    """Make one page for a meeting, a doctor or a friend; you see all of it before anything is written."""
    from smartcli.asking import Ended, Pause
    from smartcli.trouble import PAUSED, say
    from smartcli.workbook.share_questions import Sharing
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    sharing = Sharing(workbook)
    workbook.asker.open("Share", 5)
    try:
        sharing.walk()
    except (Ended, Pause, KeyboardInterrupt):
        say("Left. Nothing was written.")
        raise SystemExit(PAUSED) from None
    finally:
        workbook.asker.close()
    sharing.hand_over()

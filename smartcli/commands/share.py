"""One page for a meeting, a doctor or a friend."""


def share() -> None:
    """Make one page for a meeting, a doctor or a friend. You see the whole page before it is written."""
    from smartcli.workbook.share_questions import Sharing
    from smartcli.workbook.workbook import Workbook

    Sharing(Workbook()).run()

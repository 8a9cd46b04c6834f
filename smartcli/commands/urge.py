"""Help with an urge, then its log."""

from typing import Annotated

import typer

from smartcli.commands.options import About, Quick, When
from smartcli.language import _


def urge(
    context: typer.Context,
    typed_strength: Annotated[
        int | None,
        typer.Argument(
            metavar="[STRENGTH]",
            help=_("How strong the urge is now, from 0 to 10: the first answer. Your shell remembers it."),
        ),
    ] = None,
    quick: Quick = False,
    strength: Annotated[int | None, typer.Option(metavar="N", help=_("The same as STRENGTH."))] = None,
    when: When = None,
    about: About = None,
    unkept: Annotated[
        bool,
        typer.Option(
            "--unkept",
            help=_("Get the same help, and save nothing: no answers, no entry, nothing to go on with later."),
        ),
    ] = False,
) -> None:
    """Get help with an urge now. Afterwards you can note how it went."""
    from smartcli.trouble import Trouble, say
    from smartcli.workbook.given import to_given
    from smartcli.workbook.sessions import do_exercise
    from smartcli.workbook.unkept import do_unkept, open_for_help
    from smartcli.workbook.workbook import read_only

    if unkept:
        if when is not None:
            raise Trouble(
                _("--when says when a saved urge happened, and with --unkept nothing is saved."),
                hint=_("Leave out one of the two."),
            )
        context.find_root().with_resource(read_only())  # to the end, whatever else goes on
    if typed_strength is not None and strength is not None:
        raise Trouble(_("Please type the strength of the urge only once."))
    workbook = open_for_help(saves=not unkept)
    given = to_given(workbook, "urge-log", "urge.before", typed_strength, typed_as="STRENGTH")
    given |= to_given(workbook, "urge-log", "urge.before", strength, typed_as="--strength")
    if unkept:
        say(do_unkept(workbook, "urge-log", quick=quick, about=about, given=given))
        return
    do_exercise(workbook, "urge-log", quick=quick, when=when, about=about, given=given).tell()

"""This device's settings: shown, explained and changed."""

from typing import TYPE_CHECKING, Annotated

import typer

from smartcli.commands.options import Json
from smartcli.language import _
from smartcli.trouble import Trouble

if TYPE_CHECKING:
    from smartcli.pages.settings import Explained


def settings(
    key: Annotated[
        str | None,
        typer.Argument(metavar="[KEY]", show_default=False, help=_("The setting. If you leave this out, you see all.")),
    ] = None,
    value: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[VALUE]",
            show_default=False,
            help=_("What the setting should be. Your shell may remember what you type here."),
        ),
    ] = None,
    default: Annotated[bool, typer.Option("--default", help=_("Take the setting back to its default."))] = False,
    aside: Annotated[
        bool,
        typer.Option("--aside", help=_("Put a settings file that can't be read aside, so that you can begin anew.")),
    ] = False,
    as_json: Json = False,
) -> None:
    """Show, explain and change the settings of this device."""
    from smartcli.workbook.device_settings import change_setting, find_setting, read_settings, value_from_words

    if aside:
        if key or default:
            raise Trouble(_("Please use --aside alone."), safe=_("Nothing was changed."))
        _put_aside()
        return
    if default and (value or not key):
        raise Trouble(
            _("Please type --default after the name of one setting, without a value."), safe=_("Nothing was changed.")
        )
    if not key:
        _show_all(as_json=as_json)
        return
    name = find_setting(key)
    if not value and not default:
        _show(name, as_json=as_json)
        return
    wanted = value_from_words(name, " ".join(value or ["default"]))
    is_changed = change_setting(read_settings(), name, wanted)
    _show(name, is_changed, as_json=as_json)
    if name == "keep_open" and is_changed:
        _settle_left_open()


def _settle_left_open() -> None:
    """Remove the copies of what is not chosen any more, and say when those of what is chosen are made."""
    from smartcli.trouble import say
    from smartcli.workbook.workbook import Workbook

    workbook = Workbook()
    workbook.copies_left_open.prune()
    if not workbook.settings.keep_open:
        return
    if workbook.lock.is_locked:
        say(_("From the next time you open the journal, anyone at this computer can read them."))
    else:
        say(_("The journal is not locked, so this changes nothing now."))


def _show_all(*, as_json: bool) -> None:
    from smartcli.pages.settings import overview, to_json
    from smartcli.workbook.device_settings import explain_settings, list_asides, read_settings
    from smartcli.workbook.terminal import show

    there = read_settings()
    explained = explain_settings(there)
    if not as_json:
        show(overview(there, explained, list_asides(there)))
        return
    _write_json(
        {
            "file": str(there.path),
            "readable": there.is_readable,
            "problems": there.problems,
            "settings": [to_json(there, one) for one in explained],
        }
    )


def _show(name: str, changed: bool | None = None, *, as_json: bool) -> None:
    """Show one setting; after a change (`changed`: whether there was anything to change) in one sentence."""
    from smartcli.pages.settings import page_of, to_json
    from smartcli.words import visible
    from smartcli.workbook.device_settings import explain_settings, read_settings
    from smartcli.workbook.terminal import show

    there = read_settings()
    there.note_problems()
    [one] = explain_settings(there, name)
    if as_json:
        _write_json(to_json(there, one))
    elif changed is None:
        show(page_of(one))
    else:
        typer.echo(visible(_sentence(one, is_changed=changed)))


def _sentence(one: "Explained", *, is_changed: bool) -> str:
    if not is_changed:
        return _("{setting} has its default already. There was nothing to change.", setting=one.name)
    if one.variable:
        return _(
            "Saved. But {variable} is set in your environment, so {setting} is {value} for now.",
            variable=one.variable,
            setting=one.name,
            value=one.value,
        )
    return _("Saved. {setting} is now: {value}", setting=one.name, value=one.value)


def _put_aside() -> None:
    from smartcli.words import visible
    from smartcli.workbook.device_settings import read_settings

    path = read_settings().set_aside()
    typer.echo(_("The old settings file is now {file}. Nothing in it has changed.", file=visible(str(path))))
    typer.echo(_("smartcli makes a new one when you change a setting, or with `smartcli start`."))


def _write_json(value: object) -> None:
    from smartcli.words import json_text

    typer.echo(json_text(value))

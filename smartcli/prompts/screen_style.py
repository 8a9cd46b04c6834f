"""How what stands on a screen looks: a few styles, by name."""

from prompt_toolkit.styles import Style

from smartcli.theme import Theme, hex_of


def style_of(theme: Theme) -> Style:
    """Return the styles of a screen in a theme's colours.

    What has to be read (a hint, the keys) is neither dim nor coloured; what is lit or chosen is bold and has a mark.
    """
    accent, _drawing, quiet = map(_colour, theme)
    return Style.from_dict(
        {
            "title": "bold",
            "keys": "",
            "quiet": quiet,
            "accent": f"bold {accent}",
            "here": f"bold {accent}",
            "found": "reverse",
            "problem": "bold",
            "question": f"noinherit {accent}",
            "answer": "noinherit",
        }
    )


def _colour(number: int | None) -> str:
    return "" if number is None else hex_of(number)

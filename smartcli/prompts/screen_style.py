"""How what stands on a screen looks: a few styles, by name."""

from prompt_toolkit.styles import Style

STYLE = Style.from_dict(
    {
        "title": "bold",
        "quiet": "ansibrightblack",
        "accent": "ansicyan",
        "here": "ansicyan bold",
        "problem": "bold",
        "qmark": "noinherit ansicyan",
        "answer": "noinherit",
        "scrollbar.background": "noinherit",
        "scrollbar.button": "noinherit ansicyan",
        "scrollbar.arrow": "noinherit ansibrightblack",
    }
)

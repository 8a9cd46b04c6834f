"""Looks: every colour that is used can be read on the backgrounds people have, and is used where it is wanted only."""

import re
from itertools import product

import pytest

from smartcli import theme
from smartcli.settings import Settings
from smartcli.theme import NONE, THEMES, ColorWhen, Theme, choose_theme, has_256_colours, hex_of, rgb, wants_colour

# Published palettes: the background, the foreground, and the 16 ANSI colours in order.
PALETTES = {
    "xterm": (
        "ffffff 000000", "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5"
                         " 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"),
    "xterm, reversed": (
        "000000 ffffff", "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5"
                         " 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"),
    "GNOME, light": (
        "ffffff 171421", "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc"
                         " 5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff"),
    "GNOME, dark": (
        "1d1d20 d0cfcc", "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc"
                         " 5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff"),
    "macOS Terminal, Basic": (
        "ffffff 000000", "000000 c23621 25bc24 adad27 492ee1 d338d3 33bbc8 cbcccd"
                         " 818383 fc391f 31e722 eaec23 5833ff f935f8 14f0f0 e9ebeb"),
    "Windows Terminal, Campbell": (
        "0c0c0c cccccc", "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc"
                         " 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2"),
    "Solarized Dark": (
        "002b36 839496", "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5"
                         " 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"),
    "Solarized Light": (
        "fdf6e3 657b83", "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5"
                         " 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"),
    "Ubuntu": (
        "300a24 ffffff", "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc"
                         " 5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff"),
}  # fmt: skip
BACKGROUNDS = {name: colours.split()[0] for name, (colours, _ansi) in PALETTES.items()}
WORDS, DRAWINGS = 4.5, 3.0  # contrast that WCAG 2 asks for: 1.4.3 for words, 1.4.11 for what is no word


def of_hex(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def luminance(colour: tuple[int, int, int]) -> float:
    """Return the relative luminance of an sRGB colour, 0 to 1 (WCAG 2)."""
    shares = [one / 255 for one in colour]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def is_dark(background: str) -> bool:
    return luminance(of_hex(background)) < 0.18


def test_black_on_white_has_the_contrast_that_is_published() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast(of_hex("767676"), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("name", "background"), [*BACKGROUNDS.items()])
def test_every_colour_of_a_theme_can_be_read_where_the_theme_is_for(name: str, background: str) -> None:
    on = of_hex(background)
    for setting, look in THEMES.items():
        if setting == ("light" if is_dark(background) else "dark"):
            continue
        for part, colour in look._asdict().items():
            least = DRAWINGS if part == "drawing" else WORDS
            assert colour is None or contrast(rgb(colour), on) >= least, f"{part} of {setting} on {name}"


def test_no_colour_holds_for_words_everywhere_so_auto_has_none() -> None:
    backgrounds = [
        of_hex(BACKGROUNDS[name]) for name in ("xterm", "xterm, reversed", "Solarized Dark", "Solarized Light")
    ]
    cube = map(rgb, range(16, 256))
    assert not [one for one in cube if all(contrast(one, background) >= WORDS for background in backgrounds)]
    for number in range(16):
        of_palettes = [
            (of_hex(ansi.split()[number]), of_hex(colours.split()[0])) for colours, ansi in PALETTES.values()
        ]
        assert min(contrast(*pair) for pair in of_palettes) < WORDS, number
    assert THEMES["auto"].accent is None
    assert THEMES["auto"].quiet is None


def test_no_theme_uses_a_colour_that_terminals_remap() -> None:
    for look in THEMES.values():
        assert all(colour is None or colour >= 16 for colour in look)


def test_numbers_of_the_cube_are_the_colours_that_xterm_publishes() -> None:
    assert [hex_of(number) for number in (16, 67, 231, 232, 255)] == [
        "#000000",
        "#5f87af",
        "#ffffff",
        "#080808",
        "#eeeeee",
    ]


@pytest.fixture
def when(monkeypatch: pytest.MonkeyPatch):
    return lambda chosen: monkeypatch.setattr(theme, "_when", ColorWhen(chosen))


@pytest.mark.parametrize(
    ("environment", "wish"),
    [
        ({}, None),
        ({"NO_COLOR": ""}, None),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "3"}, True),
        ({"FORCE_COLOR": "0"}, None),
        ({"FORCE_COLOR": "false"}, None),
        ({"FORCE_COLOR": ""}, None),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, None),
        ({"CLICOLOR": "0"}, False),
        ({"CLICOLOR": "1"}, None),
        ({"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, True),
    ],
)
def test_who_says_whether_there_is_colour(environment: dict[str, str], wish: bool | None, when) -> None:
    assert wants_colour(environment) is wish
    when("always")
    assert wants_colour(environment) is True
    when("never")
    assert wants_colour(environment) is False


@pytest.mark.parametrize(
    ("environment", "has"),
    [({"TERM": term}, True) for term in ("xterm-256color", "tmux-256color", "xterm-kitty", "alacritty", "xterm-direct")]
    + [({"TERM": term}, False) for term in ("linux", "xterm", "vt100", "")]
    + [({"TERM": "xterm", "COLORTERM": "truecolor"}, True)],
)
def test_a_terminal_that_does_not_say_it_has_256_colours_gets_none(
    environment: dict[str, str], has: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme.sys, "platform", "linux")
    assert has_256_colours(environment) is has
    assert (choose_theme("dark", environment) == THEMES["dark"]) is has


def test_refused_colour_is_the_look_of_no_colour(when) -> None:
    rich = {"TERM": "xterm-256color"}
    refused = [{"NO_COLOR": "1", **rich}, {"CLICOLOR": "0", **rich}, {"TERM": "dumb", "COLORTERM": "truecolor"}]
    for setting, environment in product(THEMES, refused):
        assert choose_theme(setting, environment) == NONE
    assert choose_theme("none", rich) == NONE
    when("always")
    assert choose_theme("light", {"TERM": "linux"}) == THEMES["light"]
    when("never")
    assert choose_theme("light", rich) == NONE


def test_the_styles_of_a_screen_have_a_mark_besides_their_colour() -> None:
    from smartcli.prompts.screen_style import style_of

    for look in (*THEMES.values(), Theme(None, None, None)):
        style = style_of(look)
        shown = {
            name: style.get_attrs_for_style_str(f"class:{name}") for name in ("title", "here", "accent", "problem")
        }
        assert all(attributes.bold for attributes in shown.values())
        keys = style.get_attrs_for_style_str("class:keys")
        assert not keys.dim
        assert not keys.color
        assert style.get_attrs_for_style_str("class:found").reverse
        assert not style.get_attrs_for_style_str("class:quiet").dim
        for name in ("here", "quiet", "accent"):
            assert not (style.get_attrs_for_style_str(f"class:{name}").color or "").startswith("ansi")


@pytest.mark.parametrize("name", THEMES)
def test_no_word_of_a_page_is_dim(name: str) -> None:
    from smartcli.renderers.terminal import draw
    from tests.support.blocks import every_block

    drawn = draw([*every_block(lambda: "words")], 80, theme=THEMES[name])
    styles = re.findall(r"\x1b\[([\d;]*)m", drawn)
    assert styles
    assert not [style for style in styles if style == "2" or style.startswith("2;") or style.startswith("1;2;")]


@pytest.mark.parametrize(
    ("given", "termux", "takes"),
    [("auto", True, True), ("auto", False, False), (True, False, True), (False, True, False)],
)
def test_taps_are_taken_in_termux_or_where_they_are_wished_for(
    given: bool | str, termux: bool, takes: bool, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TERMUX_VERSION", raising=False)
    if termux:
        monkeypatch.setenv("TERMUX_VERSION", "0.118")
    file = tmp_path / "config.toml"
    file.write_text(f"taps = {str(given).lower() if isinstance(given, bool) else repr(given)}\n")
    settings = Settings.read(file)
    assert not settings.problems
    assert settings.takes_taps is takes


@pytest.mark.parametrize(
    "line", ['theme = "solarized"', "theme = true", "theme = 3", 'taps = "on"', "taps = 1", "taps = []"]
)
def test_a_wrong_look_is_told_and_the_default_is_used(line: str, tmp_path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"{line}\n")
    settings = Settings.read(file)
    assert len(settings.problems) == 1
    assert settings.theme == "auto"
    assert settings.taps == "auto"

"""Language: the one door that every sentence of the program passes, in English or in a translation of it.

    from smartcli.language import _, ngettext

    _("Saved as {name}.", name=path.name)
    ngettext("{number} entry", "{number} entries", len(entries))

A sentence is written whole, in English, with named slots; what stands in a slot is never a part of a sentence.
Translations are gettext catalogues, one for the program and one for the exercises, in `translations/` beside this
file or in the folder that SMARTCLI_TRANSLATIONS names. A sentence without a translation is said in English. What
is wrong with a catalogue is told once, by `remarks`, and costs nothing else.
"""

import gettext
import io
import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

PROGRAM, CONTENT = "smartcli", "exercises"  # the two catalogues
_SLOT = re.compile(r"\{([a-z][a-z0-9_-]*)\}")
_HOLE = re.compile(r'\{[^{}"]*\}|[{}]')  # slots, those of click too, and braces that stand alone or around JSON
_LARGEST = 20 * 2**20  # bytes of a catalogue
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # in the order of gettext
_ENGLISH = ("c", "posix", "en")
_BEYOND_FIGURES = 1e15  # from here on a number has more digits than a float keeps, and nobody reads them
_WRONG_SLOTS = "A translation of smartcli has sentences with wrong slots. They are said in English."

_catalogues: dict[str, gettext.NullTranslations] = {}  # by domain; empty while English is spoken
_files: dict[str, Path] = {}  # catalogues still to be read, by domain
_remarks: list[str] = []


def _(sentence: str, /, **slots: object) -> str:
    """Return a sentence in the person's language, with its slots filled: words as they are, numbers by `figure`."""
    return _filled(_translated(PROGRAM, sentence) if _files else sentence, slots)


def ngettext(one: str, many: str, number: float, /, **slots: object) -> str:
    """Return the sentence for a number of things, in the person's language; its slot {number} holds the number."""
    text = one if number == 1 else many
    if _files:
        text = _catalogue(PROGRAM).ngettext(one, many, int(number) if number == int(number) else 2)
    return _filled(text, {"number": number, **slots})


def pgettext(context: str, sentence: str, /, **slots: object) -> str:
    """Return a sentence, or a word, that is translated by what it means here: "May" the month."""
    text = _catalogue(PROGRAM).pgettext(context, sentence) if _files else sentence
    return _filled(text, slots)


def N_(sentence: str) -> str:  # noqa: N802  the name that translators' tools look for
    """Return a sentence as it is: one in a table, which passes the door where it is said."""
    return sentence


def content_text(context: str, text: str) -> str:
    """Return a text of an exercise in the person's language; its context is made of ids: "check-in/mood"."""
    return _catalogue(CONTENT).pgettext(context, text) if _files and text else text


def is_translated() -> bool:
    """Return whether another language than English is spoken."""
    return bool(_files)


def figure(number: float, decimals: int = 2) -> str:
    """Return a number in figures as people write it, with at most so many decimals: "1,234", "2.5"."""
    if abs(number) >= _BEYOND_FIGURES:
        return str(number)
    if isinstance(number, int):
        english = f"{number:,}"
    else:
        english = f"{round(number, decimals) + 0.0:,.{decimals}f}"  # the sum makes "-0" a plain 0
        english = english.rstrip("0").rstrip(".") if "." in english else english
    if not _files:
        return english
    marks = {",": pgettext("between thousands", ","), ".": pgettext("before decimals", ".")}
    return "".join(marks.get(sign, sign) for sign in english)


def spoken() -> str:
    """Return the code of the language that is spoken, as HTML and PDF name it: "en", "de", "pt-BR"."""
    if PROGRAM not in _files:
        return "en"
    folder = _files[PROGRAM].parent.parent.name  # of FOLDER/pt_BR/LC_MESSAGES/smartcli.mo
    return re.split(r"[.@]", folder)[0].replace("_", "-")


def choose(environment: Mapping[str, str]) -> None:
    """Choose the language: SMARTCLI_LANGUAGE, or what the system's own variables ask for; English without either.

    Called once, before the modules with the commands are imported: their help is translated as they are.
    """
    folder = Path(environment.get("SMARTCLI_TRANSLATIONS") or Path(__file__).parent / "translations")
    wanted = environment.get("SMARTCLI_LANGUAGE", "")
    asked = wanted or next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    known = [name for name in asked.split(":") if re.fullmatch(r"[A-Za-z]{1,8}([_.@-][A-Za-z0-9-]+)*", name)]
    languages = [*takewhile(lambda name: re.split(r"[_.@-]", name.lower())[0] not in _ENGLISH, known)]
    if not languages and (known or not wanted):
        return
    languages = [re.sub(r"^([A-Za-z]+)-", r"\1_", name) for name in languages]  # "pt-BR" is kept in pt_BR
    found = {domain: gettext.find(domain, folder, languages) for domain in (PROGRAM, CONTENT)} if languages else {}
    _files.update({domain: Path(path) for domain, path in found.items() if path})
    if PROGRAM in _files:
        _translate_library_texts(_catalogue(PROGRAM))
    elif wanted:
        _remarks.append("smartcli has no translation for the language in SMARTCLI_LANGUAGE, so it speaks English.")


def remarks() -> list[str]:
    """Return what is to be told about the language, in English: one sentence, and only to who asks first."""
    told = _remarks[:1]
    _remarks.clear()
    return told


class _Catalogue(gettext.GNUTranslations):
    """A catalogue that says a plural in English where its slots are not those of the English one."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the sentence for a number of things; one thing may need no figure, so slots may be left out."""
        text = super().ngettext(msgid1, msgid2, n)
        if {*_HOLE.findall(text)} <= {*_HOLE.findall(msgid1 + msgid2)}:
            return text
        _remarks.append(_WRONG_SLOTS)
        return msgid1 if n == 1 else msgid2


def _translate_library_texts(catalogue: gettext.NullTranslations) -> None:
    """Have typer, which asks gettext on its own, find our catalogue as it was checked: its sentences are in it."""
    gettext.translation = lambda *_args, **_options: catalogue  # type: ignore[assignment]


def _translated(domain: str, text: str) -> str:
    return _catalogue(domain).gettext(text) if text else text


def _catalogue(domain: str) -> gettext.NullTranslations:
    """Return a catalogue, read and checked when it is first asked for; an empty one where it cannot be used."""
    if domain not in _catalogues:
        _catalogues[domain] = _read(_files[domain]) if domain in _files else gettext.NullTranslations()
    return _catalogues[domain]


def _read(file: Path) -> gettext.NullTranslations:
    """Return the catalogue in a file, safe to show, without the sentences whose slots are not those of the English."""
    from smartcli.words import visible  # which speaks itself

    try:
        catalogue = _Catalogue(io.BytesIO(_bytes(file)))
        sentences = catalogue._catalog  # type: ignore[attr-defined]  # the one way to what a catalogue holds
        for number in range(1000):
            catalogue.plural(number)  # type: ignore[attr-defined]  # a rule may divide by nothing
    except Exception:  # whatever is in the file, the person is to read on
        _remarks.append("A translation of smartcli could not be read, so its sentences are in English.")
        return gettext.NullTranslations()
    said = {key: visible(text) for key, text in sentences.items() if text}
    right = {key: text for key, text in said.items() if not isinstance(key, str) or _has_same_slots(key, text)}
    if len(right) < len(said):
        _remarks.append(_WRONG_SLOTS)
    catalogue._catalog = right  # type: ignore[attr-defined]
    return catalogue


def _bytes(file: Path) -> bytes:
    """Return what is in a file, never waiting on a pipe or a device; raises OSError for one that is no catalogue."""
    if not file.is_file() or file.stat().st_size > _LARGEST:
        raise OSError
    return file.read_bytes()


def _has_same_slots(key: str, said: str) -> bool:
    """Return whether a translation has the slots of its English sentence; a plural is looked at when it is said."""
    english = key.rpartition("\x04")[2]
    # Without a sentence, it is the head of the file.
    return not english or {*_HOLE.findall(said)} == {*_HOLE.findall(english)}


def _filled(text: str, slots: Mapping[str, object]) -> str:
    """Return a text with its named slots filled; other braces stay as they are."""
    if not slots or "{" not in text:
        return text

    parts = [*_split(text)]
    for number in range(1, len(parts), 2):  # every second part is the name of a slot
        name = parts[number]
        given = slots.get(name, f"{{{name}}}")
        if not isinstance(given, str):
            given = figure(given) if isinstance(given, (int, float)) else str(given)
        parts[number] = given
    return "".join(parts)


@lru_cache(2048)
def _split(text: str) -> tuple[str, ...]:
    """Return what stands before, between and after the slots of a text, and the names of the slots, in turn."""
    return tuple(_SLOT.split(text))

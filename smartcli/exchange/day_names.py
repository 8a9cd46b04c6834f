"""The names of weekdays and months in diaries: English, German, French, Spanish, Italian, Dutch and Portuguese.

These are the languages whose names of months are told apart by their beginnings, without knowing which one it is.
"""

from smartcli.moments import DAYS

# Whole words and their usual short forms: what only begins like one is a word of the person's own.
WEEKDAYS = tuple(
    sorted(
        {
            *DAYS,
            *("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"),
            *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag"),
            *("mo", "di", "mi", "do", "fr", "sa", "so"),
            *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
            *("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
            *("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
            *("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
            *(f"{name}{end}" for name in ("segunda", "terça", "quarta", "quinta", "sexta") for end in ("", "-feira")),
        },
        key=len,
        reverse=True,  # the longest first, so that a pattern of them finds the whole word
    )
)
_MONTHS = (  # beginnings, by the number of the month
    ("jan", "jän", "ene", "gen"),
    ("feb", "fév", "fev"),
    ("mar", "mär", "maa", "mrz"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mag", "mei"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aoû", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "déc", "dez", "dic"),
)
MONTH_OF = {begins: number for number, names in enumerate(_MONTHS, 1) for begins in names}

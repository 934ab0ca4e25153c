"""Dates as other languages write them -> the same in the forms of English and ISO 8601."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

# Names of the months, without accents: English, German, French, Spanish, Italian, Portuguese, Dutch, the Nordic
# languages, Polish, Czech, Hungarian, Russian, Greek. A name that means another month elsewhere (listopad) is left out.
MONTHS = (
    "januar janvier enero gennaio janeiro januari styczen stycznia leden ledna janv ene gen stycz sty led"
    " január январь января янв ιανουαριος ιανουαριου ιαν",
    "februar fevrier febrero febbraio fevereiro februari luty lutego unor unora fevr feber fev lut uno"
    " февраль февраля фев φεβρουαριος φεβρουαριου φεβ",
    "marz maerz mars marzo marco maart marts marzec marca brezen brezna marcius mrz maa brez marz mrt"
    " март марта мар μαρτιος μαρτιου μαρ",
    "avril abril aprile kwiecien kwietnia duben dubna aprilis avr abr kwi dub апрель апреля апр απριλιος απριλιου απρ",
    "mai mayo maggio maio mei maj maja kveten kvetna majus mag май мая μαιος μαιου μαι",
    "juni juin junio giugno junho czerwiec czerwca cerven cervna junius giu cze июнь июня июн ιουνιος ιουνιου ιουν",
    "juli juillet julio luglio julho lipiec lipca cervenec cervence julius juil lug июль июля июл"
    " ιουλιος ιουλιου ιουλ",
    "aout agosto augustus augusti sierpien sierpnia srpen srpna augusztus ago sie srp авг август августа"
    " αυγουστος αυγουστου αυγ",
    "septembre septiembre settembre setembro wrzesien wrzesnia zari szeptember septemb set wrz szept сен сент сентябрь"
    " сентября σεπτεμβριος σεπτεμβριου σεπ σεπτ",
    "oktober octobre octubre ottobre outubro pazdziernik pazdziernika rijen rijna okt ott out paz rij oktober"
    " окт октябрь октября οκτωβριος οκτωβριου οκτ",
    "novembre noviembre novembro novemb ноя нояб ноябрь ноября"
    " νοεμβριος νοεμβριου νοε",
    "dezember decembre diciembre dicembre dezembro desember grudzien grudnia prosinec prosince dez dic gru pro des"
    " декабрь декабря дек δεκεμβριος δεκεμβριου δεκ",
)  # fmt: skip
FILLERS = frozenset("de del di den der le el il am um uhr o a kl klo ore г года в στις".split())
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
AFTERNOON = frozenset(("오후", "午後", "下午", "μμ"))
MORNING = frozenset(("오전", "午前", "上午", "πμ"))


def _bare(word: str) -> str:
    """The word in small letters without accents; Hangul stays whole."""
    return unicodedata.normalize(
        "NFC", "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    ).replace("ς", "σ")


MONTH_OF = {_bare(name): ENGLISH[number] for number, names in enumerate(MONTHS) for name in names.split()}
_WORD = re.compile(r"[^\W\d_]+\.?")
_WEEKDAY = re.compile(r"^[^\W\d_]{2,12}\.?,?\s+(?=\d)")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_HALF_BEFORE = re.compile(rf"({'|'.join((*AFTERNOON, *MORNING))})\s?(\d{{1,2}}:\d{{2}}(?::\d{{2}})?)")
_DOTTED = re.compile(r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b")
_YEAR_MONTH_WORD = re.compile(rf"^(\d{{4}})-({'|'.join(ENGLISH)})-(\d{{1,2}})")
_ORDINAL = re.compile(r"^(\d{4})-(\d{3})(?=$|T)")
_WEEK = re.compile(r"^(\d{4})-?W(\d{2})-?([1-7])(?=$|T)")


def in_english(text: str) -> str:
    """The date with English months, no weekday, year and month and day in ISO's order where it was numbers alone.

    A month in words is looked for in all languages at once; what is not known stays as it is, and names no date.

    >>> in_english("Mi, 06. März 2026 10:00"), in_english("2026년 05월 06일 10:00"), in_english("2026-126")
    ('06 Mar 2026 10:00', '2026-05-06 10:00', '2026-05-06')
    """
    try:
        text = _ORDINAL.sub(_of_ordinal, text)
        text = _WEEK.sub(_of_week, text)
    except ValueError:
        return text
    text = _EAST_ASIAN.sub(r"\1-\2-\3", text)
    text = _HALF_BEFORE.sub(lambda found: found[2] + (" pm" if found[1] in AFTERNOON else " am"), text)
    text = _DOTTED.sub(r"\3-\2-\1", text)
    text = _WORD.sub(_word, _WEEKDAY.sub("", text))
    text = re.sub(r"(?<=\d)\.(?=\s)", "", " ".join(text.split()))
    return _YEAR_MONTH_WORD.sub(lambda found: f"{found[1]}-{ENGLISH.index(found[2]) + 1:02d}-{found[3]}", text)


def _word(found: re.Match[str]) -> str:
    word = _bare(found[0].rstrip("."))
    return MONTH_OF.get(word) or ("" if word in FILLERS else found[0])


def _of_ordinal(found: re.Match[str]) -> str:
    first, day = date(int(found[1]), 1, 1), int(found[2])
    if not 1 <= day <= 366:
        raise ValueError("no day of a year")
    moment = date.fromordinal(first.toordinal() + day - 1)
    if moment.year != first.year:
        raise ValueError("no day of that year")
    return moment.isoformat()


def _of_week(found: re.Match[str]) -> str:
    return date.fromisocalendar(int(found[1]), int(found[2]), int(found[3])).isoformat()

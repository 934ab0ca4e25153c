"""How the press writes dates: the regular expressions of ``period.py``."""

from __future__ import annotations

import re

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip

_MONTH = rf"(?-i:{'|'.join(MONTHS)}|(?:Sept|{'|'.join(m[:3] for m in MONTHS if m != 'May')})\.?)"
_WEEKDAY = rf"(?-i:{'|'.join(WEEKDAYS)})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:19[89]\d|20[0-9]\d)(?![\d,]\d)(?!\w)"
_SHORT_YEAR = r"\d\d(?!\w|%)"
_SEASON = r"(?: spring | summer | autumn | fall | winter )"
_FISCAL = r"(?:fiscal(?:\syear)?|FY)"
# "late 2027" is 2027: only the precision that a number gives is kept
_PART = r"""(?: (?: end | mid[\s-]to[\s-]late | early[\s-]to[\s-]mid | late | early | mid | the\slatter\spart\sof
                  | summer | spring | autumn | fall | winter | calendar(?:\syear)? ) (?:[\s-]of)? [\s-] )"""
# what a year may not be: the number of something ("2026 MW"), the low end of "2026-2030"
_NOT_A_YEAR = r"""(?! \s?[-–]\s?\d | \s?% | \s (?: [MGk]W | GPUs? | (?:mega|giga)watts? | acres? | jobs?
                      | employees | people
                      | workers | percent | per\scent | square | homes | households | dollars? | euros?
                      | [mb]illion ) \b )"""

PERIOD = re.compile(
    rf"""
    (?<![\w$€£¥₹/.,–-]) (?:
      # a day: 2026-05-06 · May 6, 2026 · Oct. 21 · 6 May 2026 · on Tuesday
        (?P<iso> 20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) ) (?![\w-])
      | (?P<md_month> {_MONTH} ) \s (?P<md_day> {_DAY} ) (?:st|nd|rd|th)? (?![\d%]|[.,]\d)
          (?: ,?\s (?P<md_year> {_YEAR} ) )?
      | (?P<dm_day> {_DAY} ) (?:st|nd|rd|th)? \s (?:of\s)? (?P<dm_month> {_MONTH} )
          (?: ,?\s (?P<dm_year> {_YEAR} ) )? (?!\w)
      | (?: (?P<weekday_lead> on | late\son | early\son | next | last ) \s )? (?P<weekday> {_WEEKDAY} ) (?!\w|['’]s)
      # a quarter or half: second quarter of 2027 · first half · Q2 2027 · 2Q27 · 2027-Q2 · next quarter
      | (?P<ordinal> {"|".join(ORDINALS)} ) [\s-] (?: (?:fiscal|calendar) [\s-] )? (?P<ordinal_of> quarter|half ) (?!-)
          (?: (?: \s of (?:\sthe\syear)? | , )? \s (?: (?P<ordinal_fiscal> {_FISCAL} ) \s? )? (?: calendar\s )?
              (?P<ordinal_year> {_YEAR} | (?:next|this|last)\syear ) )?
      | (?P<month_quarter> {_MONTH} (?: [-–] {_MONTH} )? ) [\s-] quarter (?!\w)
          (?: \s (?:of\s)? (?P<month_quarter_year> {_YEAR} | (?:next|this|last)\syear ) )?
      | (?P<quarter> [QH]\s?[1-4] | [1-4][QH] )
          (?: \s? (?:of\s)? (?: (?P<quarter_fiscal> {_FISCAL} ) \s? )?
              (?P<quarter_year> {_YEAR} | ['’]?{_SHORT_YEAR} ) )? (?!\w)
      | (?P<year_quarter> {_YEAR} [\s-]? [QH][1-4] | 20\d\d[QH][1-4] ) (?!\w)
      | (?P<relative_quarter> next | this | current | last | past ) \s quarter (?!\w)
      # a fiscal year: FY2026 · fiscal 2026 · FY26
      | (?: FY | fiscal (?:\s year)? ) \s? ['’]? (?P<fiscal_year> {_YEAR} | {_SHORT_YEAR} )
      # a month: March 2027 · next March · March next year · late October · next month
      | (?: (?P<month_lead> next | last | this | the\sfollowing ) \s {_PART}? | (?:late|early|mid)[\s-] )?
          (?P<month> {_MONTH} ) (?!\w)
          (?: ,?\s (?:of\s)? (?P<month_year> {_YEAR} ) | \s (?:of\s)? (?P<month_of> next | this | last ) \s year )?
      | (?P<relative_month> next | this | last ) \s month (?!\w|['’-])
      # a year: 2027 · late 2027 · mid-2026 · next year · year-end · this autumn · end of the decade
      | {_PART}? (?P<year> {_YEAR} ) {_NOT_A_YEAR}
      | {_PART}? (?P<relative_year> next | this | last | the\sfollowing | the\scurrent ) \s (?:calendar\s)? year
          (?!\w|['’-])
      | (?P<year_end> year[\s-]end
          | (?<=by\s)year['’]s\send | (?<=before\s)year['’]s\send
          | the\send\sof\sthe\syear | the\syear['’]s\send ) (?! \s 20\d\d ) (?!\w)
      | (?P<season> (?: this | next | last | this\scoming | the\scoming | the\sfollowing ) \s {_SEASON} ) (?!\w)
      | (?: (?: the\s )? (?:end|close|turn) \s of \s (?:the|this) \s | (?:the|this) \s (?=decade['’]s\send)
          | (?<=by\s) (?=decade['’]s\send) | (?<=before\s) the\s (?=decade\sis\sout) ) (?P<decade> decade )
          (?: ['’]s\send | \sis\sout )? (?!\w)
      | (?P<holiday> Christmas | Thanksgiving ) (?! \s (?:Day|Eve|Island|tree) \b | \w )
      | (?<=by\s) (?P<bare_season> (?:the\s)? {_SEASON} ) (?![\w-]|\sof\s\d)
      | (?<=come\s) (?P<come_season> {_SEASON} ) (?![\w-])
      | CY \s? (?P<calendar_year> {_YEAR} | {_SHORT_YEAR} )
      | {_PART} ['’] (?P<short_year> (?:2[4-9]|3\d) ) (?!\w)
      | (?P<today> today | yesterday | tomorrow ) (?!\w|['’]s)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
YEAR_RANGE = re.compile(
    rf"(?<![\w$€£¥₹/.,–-])(?P<low>20\d\d)\s?[-–]\s?(?P<high>{_YEAR}|\d\d(?![\w%]|[.,-]\d))", re.IGNORECASE
)
BETWEEN_YEARS = re.compile(rf"\bbetween\s(?:late\s|early\s|mid-)?(?:{_MONTH}\s)?{_YEAR}\sand\s$", re.IGNORECASE)

RELATION = re.compile(
    r"""
    (?<!\w) (?P<word>
        no\slater\sthan | not\slater\sthan | on\sor\sbefore | as\searly\sas | as\slate\sas | in\stime\sfor | up\sto
      | (?: starting | beginning | commencing | ending | due | maturing | expiring ) (?: \s(?:in|on|from) )?
      | effective | ended | over\sthe\scourse\sof | over | by | through | throughout | from | in | since | until | till
      | before | after | to | on | for | during | as\sof | around | of | at | within | between
    )
    \s (?: (?:about|around|approximately|at\sleast) \s )? (?: (?:the|its) \s )?
    (?: (?: (?:very\s)? (?: end | close | start | beginning | middle | course ) \s of \s (?:the\s)? | year[\s-]?end \s )
        (?: calendar\s )? )?
    $
    """,
    re.VERBOSE | re.IGNORECASE,
)
# the word kept for each way to say it
NORMAL_RELATION = {
    "no later than": "by", "not later than": "by", "on or before": "by", "in time for": "by", "as late as": "by",
    "as early as": "from", "starting": "from", "beginning": "from", "commencing": "from", "effective": "from",
    "ending": "until", "ended": "until", "expiring": "until", "up to": "until", "till": "until", "to": "until",
    "due": "due", "maturing": "due",
    "throughout": "in", "during": "in", "over": "in", "over the course of": "in", "within": "in",
}  # fmt: skip
# words before a month or quarter named alone that put it ahead of the day of publication
LOOKS_AHEAD = re.compile(
    r"""
    \b (?: will | would | shall | should | could | may | can | coming | upcoming | next | due | scheduled | slated
         | expect(?:s|ed)? | plan(?:s|ned)? | target(?:s|ing)? | aims?
         | goes\slive | go\slive | comes?\s(?:online|on) | takes?\seffect | arrives? | ready | kicks\soff | moves?\sin
         | runs? | lasts? | expires? | ends? | matures?
         | begins? | beginning | starts? | starting | opens | deliver(?:s|y|ies|able)
         | set\sto | (?:is|are|was|were)\sto
         | to\s(?: be | begin | start | open | come | go | complete | finish | deliver | take | launch ) ) \b
    """,
    re.VERBOSE | re.IGNORECASE,
)

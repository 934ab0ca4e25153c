"""Pages that stand in front of an article instead of it, told by their marks."""

from __future__ import annotations

import re

from extractors.formats.urls import host_of

WALLS = {
    "captcha": "a check for robots stands in front of the article",
    "consent": "a consent page stands in front of the article",
    "login": "a login stands in front of the article",
    "paywall": "a paywall stands in front of the article",
    "error_page": "the server sent an error page instead of an article",
}
# (wall, pattern): how such pages' titles begin.
TITLE_MARKS = (
    ("captcha", r"just a moment\b"),
    ("captcha", r"attention required"),
    ("captcha", r"access (?:to this page has been )?denied"),
    ("captcha", r"are you (?:a robot|human)"),
    ("captcha", r"pardon our interruption"),
    ("captcha", r"ddos-guard"),
    ("captcha", r"(?:security|robot|bot|browser) (?:check|verification)"),
    ("captcha", r"(?:human verification|verify(?:ing)? (?:that )?you are)"),
    ("captcha", r"(?:checking your browser|please wait\.\.\.)"),
    ("captcha", r"(?:request (?:blocked|unsuccessful)|403\b|forbidden$)"),
    ("consent", r"before you continue\b"),
    ("consent", r"(?:cookie|privacy) (?:consent|settings|preferences)$"),
    ("consent", r"yahoo is part of the yahoo family"),
    ("login", r"(?:please )?(?:log|sign) ?in(?:$| [-|–:]| to | or )"),
    ("login", r"login(?:$| [-|–:])"),
    ("login", r"register to (?:read|continue)"),
    ("paywall", r"subscribe to (?:read|continue)"),
    ("paywall", r"subscription required"),
    ("error_page", r"(?:error )?(?:404|410|500|502|503)\b"),
    ("error_page", r"page (?:not found|unavailable|does not exist|can(?:no|'|’)?t be found)"),
    ("error_page", r"(?:not found|oops\b.*|internal server error|service unavailable|bad gateway)$"),
)
# (wall, pattern): what they say. Counted only on a page that says little else.
TEXT_MARKS = (
    ("captcha", r"verify(?:ing)? (?:that )?you(?: a|'|’)re (?:not a robot|(?:a )?human)"),
    ("captcha", r"unusual (?:traffic|activity) from your"),
    ("captcha", r"enable javascript and cookies to continue"),
    ("captcha", r"checking (?:if the site connection|your browser)"),
    ("captcha", r"complete the (?:captcha|security check)"),
    ("captcha", r"press (?:&|and) hold"),
    ("captcha", r"cloudflare ray id"),
    ("captcha", r"you have been blocked"),
    ("captcha", r"(?:undeclared automated tool|request rate threshold exceeded)"),  # sec.gov
    ("consent", r"before you continue to google"),
    ("consent", r"we use cookies and data to"),
    ("consent", r"accept all\b.{0,80}\breject all"),
    ("login", r"(?:log|sign) in to (?:continue|read|your account)"),
    ("login", r"forgot(?:ten)? (?:your )?password"),
    ("login", r"create (?:a free|an) account to (?:read|continue)"),
    ("paywall", r"subscribe (?:now )?to (?:continue|read|unlock|keep)"),
    ("paywall", r"\bto (?:continue|keep) reading"),
    ("paywall", r"already (?:a|an) (?:\w+ )?(?:subscriber|member)"),
    ("paywall", r"(?:article|content|story) is (?:for|reserved for|only available to) (?:\w+ ){0,2}subscribers"),
    ("paywall", r"unlock (?:this|the) (?:article|story)"),
    ("paywall", r"for subscribers only"),
    ("error_page", r"the page (?:you (?:requested|(?:are|were) looking for)|could not be found)"),
)
# What asks for money below the free part of an article; the part above is still worth reading.
PAYWALL_TAILS = (
    r"(?:subscribe|sign up|log ?in|register|become a (?:member|subscriber))\b.{0,60}\bto (?:continue|keep|read|unlock)",
    r"\bto (?:continue|keep) reading\b",
    r"for subscribers only",
    r"remaining \d+ ?% of (?:this|the) article",
    r"(?:article|content|story) is (?:for|reserved for|only available to|exclusive to) (?:\w+ ){0,2}subscribers",
    r"start your (?:free )?trial",
    r"already (?:a|an) (?:\w+ )?(?:subscriber|member)",
)
CONSENT_HOSTS = frozenset(("consent.google.com", "consent.yahoo.com", "guce.yahoo.com", "consent.youtube.com"))

_FEW_WORDS = 120  # a wall's text is seldom longer
_LONGEST_TITLE = 12  # words; a headline that begins like a wall is mostly longer
_LONGEST_TAIL = 400  # characters of one paragraph
_TITLES = tuple((code, re.compile(rf"\s*{mark}", re.IGNORECASE)) for code, mark in TITLE_MARKS)
_TEXTS = tuple((code, re.compile(mark, re.IGNORECASE | re.DOTALL)) for code, mark in TEXT_MARKS)
_TAIL = re.compile("|".join(f"(?:{mark})" for mark in PAYWALL_TAILS), re.IGNORECASE)


def wall_of(*, title: str, text: str, url: str = "") -> str:
    """Which of WALLS a page with this title and visible text is, "" for none. A page with much text never is one.

    >>> wall_of(title="Just a moment...", text="")
    'captcha'
    >>> wall_of(title="Acme leases 300 MW", text="Acme has leased 300 MW. Forgot your password? " * 40)
    ''
    """
    if host_of(url) in CONSENT_HOSTS:
        return "consent"
    if len(text[:20_000].split()) > _FEW_WORDS:
        return ""
    by_title = (code for code, mark in _TITLES if len(title.split()) <= _LONGEST_TITLE and mark.match(title))
    by_text = (code for code, mark in _TEXTS if mark.search(text[:5000]))
    return next(by_title, "") or next(by_text, "")


def split_paywall(body: str) -> tuple[str, bool]:
    """(body without the paragraphs at its end that ask to subscribe, whether there were any)."""
    kept = body.split("\n\n")
    is_cut = False
    while kept and len(kept[-1]) < _LONGEST_TAIL and _TAIL.search(kept[-1]):
        is_cut = True
        kept.pop()
    return "\n\n".join(kept), is_cut

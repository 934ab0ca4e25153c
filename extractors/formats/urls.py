"""Addresses: one canonical form for all spellings of one page."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from yarl import URL

# Query parameters that tell where a reader came from and never which page is meant. A trailing * is a prefix.
# Source: the parameters stripped by Firefox (query stripping list), Brave and Neat URL, less those that select content
# somewhere ("ref" names a git branch, "id", "s" and "source" a page).
TRACKER_PARAMETERS = (
    "utm_*", "hsa_*", "mtm_*", "matomo_*", "piwik_*", "pk_campaign", "pk_kwd", "pk_medium", "pk_source", "at_custom*",
    "at_campaign", "at_medium", "ns_campaign", "ns_mchannel", "ns_source", "_hs*", "__hs*", "ga_*", "vero_*", "oly_*",
    "mc_cid", "mc_eid", "ml_subscriber*", "trk", "trkcampaign", "fb_action_*", "fb_ref", "fb_source", "wt.*", "itm_*",
    "cm_mmc*", "guce_*", "guccounter", "fbclid", "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "msclkid", "twclid",
    "ttclid", "yclid", "igshid", "igsh", "li_fat_id", "mkt_tok", "s_cid", "_openstat", "rb_clickid", "cmpid", "ncid",
    "sr_share", "smid", "smtyp", "taid", "soc_src", "soc_trk", "srnd", "sref", "_ga", "_gl", "hctatracking", "ocid",
    "cvid", "reflink", "feature_share", "embeds_referring_euri", "__twitter_impression", "amp_js_v", "usqp",
)  # fmt: skip
_TRACKER = re.compile(
    "|".join(re.escape(row).replace(r"\*", ".*") for row in TRACKER_PARAMETERS), re.IGNORECASE | re.DOTALL
)
_LONGEST = 8192
_CONTROLS = re.compile("[\x00-\x1f\x7f]")


def canonical_url(url: str) -> str:
    """The address in the one form that all its spellings share; "" for what is no http(s) address.

    Host in small letters, no fragment, user, default port or tracker parameter, parameters sorted by name; the path
    stays as it is, doubled slashes included. Idempotent.

    >>> canonical_url("HTTPS://Me:pw@News.Example:443/a//b?utm_source=x&z=1&b=2#top")
    'https://news.example/a//b?b=2&z=1'
    >>> canonical_url("javascript:alert(1)")
    ''
    """
    try:
        return _canonical(_CONTROLS.sub("", url).strip())
    except (ValueError, TypeError, IndexError, RecursionError):  # yarl has no error of its own for what is no address
        return ""


def _canonical(url: str) -> str:
    if not url or len(url) > _LONGEST or not url.lower().startswith(("http:", "https:")):
        return ""
    address = URL(url)
    host = (address.raw_host or "").rstrip(".").lower()
    if address.scheme not in ("http", "https") or not host:
        return ""
    query = sorted(
        ((name, value) for name, value in address.query.items() if not _TRACKER.fullmatch(name)),
        key=lambda pair: pair[0],
    )
    port = "" if address.is_default_port() or address.explicit_port is None else f":{address.explicit_port}"
    authority = (f"[{host}]" if ":" in host else host) + port
    bare = URL.build(scheme=address.scheme, authority=authority, path=address.raw_path, encoded=True)
    return str(bare.with_query(query) if query else bare)


def absolute_url(base: str, link: str) -> str:
    """``link`` as seen from the page ``base``; the link as it is where the two cannot be joined."""
    try:
        return urljoin(base, link)
    except (ValueError, IndexError):
        return link


def host_of(url: str) -> str:
    """Host in small letters without "www.", or "".

    >>> host_of("https://www.Example.com/a")
    'example.com'
    """
    try:
        return (URL(url.strip()).host or "").lower().rstrip(".").removeprefix("www.")
    except (ValueError, TypeError, IndexError):
        return ""


def is_web_address(url: str) -> bool:
    """Whether ``url`` is an http(s) address."""
    return url.strip().lower().startswith(("http://", "https://"))

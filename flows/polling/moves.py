"""Feeds that move: a permanent redirect is believed when it has been the same for a while.

Captive portals and broken releases send 301 to everybody for an hour; a feed whose address was changed by that is lost.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from extractors.records import FeedState

BELIEVED_POLLS = 3
GIVEN_UP_AFTER = 5  # failures in a row
BELIEVED_AFTER = timedelta(days=1)  # so that the polls lie on two days at least


def asked_url(state: FeedState) -> str:
    """The address that is asked."""
    return state.moved_url or state.url


def after_failure(state: FeedState) -> FeedState:
    """Back to the registered address where the one that it moved to keeps failing."""
    return state._replace(moved_url="") if state.consecutive_failures >= GIVEN_UP_AFTER else state


def after_redirect(state: FeedState, permanent_url: str, at: datetime, *, taken: Collection[str] = ()) -> FeedState:
    """The state with what a good answer said of the feed's address.

    ``permanent_url`` is where permanent redirects alone led, "" where there were none; ``taken`` are addresses of other
    feeds, to which none moves.
    """
    if not permanent_url or permanent_url == asked_url(state) or permanent_url in taken:
        if not state.proposed_url:
            return state
        return state._replace(proposed_url="", proposed_at=None, proposed_polls=0)
    if permanent_url != state.proposed_url or state.proposed_at is None:
        return state._replace(proposed_url=permanent_url, proposed_at=at, proposed_polls=1)
    polls = state.proposed_polls + 1
    if polls >= BELIEVED_POLLS and at - state.proposed_at >= BELIEVED_AFTER:
        return state._replace(moved_url=permanent_url, proposed_url="", proposed_at=None, proposed_polls=0)
    return state._replace(proposed_polls=polls)

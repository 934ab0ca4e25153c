"""One try to bring a message to its target. Whatever goes wrong comes back as a reason, never as a failed run."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

import httpx

from extractors.records import PendingMessage
from flows.alerts import words
from flows.alerts.watchlists import Target
from flows.retrieve.addresses import Network, resolve
from flows.retrieve.errors import RetrieveError

SECONDS = 10.0  # for one try, from the first byte to the last
RETRY_MINUTES = (1, 5, 15, 60, 180, 360)  # after the first, second, … failure; then always the last
GIVE_UP_AFTER = 40  # failures: about nine days


def is_due(message: PendingMessage, now: datetime) -> bool:
    """Whether a message may be tried again."""
    if message.last_attempt_at is None:
        return True
    wait = RETRY_MINUTES[min(message.failures, len(RETRY_MINUTES)) - 1]
    return now - message.last_attempt_at >= timedelta(minutes=wait)


def deliver(message: PendingMessage, target: Target, now: datetime, *, allowed: Sequence[Network] = ()) -> str:
    """Sends the message once; "" where the target took it, else why not, without secrets.

    A webhook gets the JSON with ``Idempotency-Key`` (the message's id, the same at every try) and, where the target has
    a secret, ``X-Gigawire-Signature: t=<unix time>,v1=<hex HMAC-SHA256 of "<t>.<body>">``. ``allowed``: networks that
    may be called though they are not public.
    """
    if not target.webhook:
        return _by_apprise(message, target)
    try:
        return asyncio.run(asyncio.wait_for(_to_webhook(message, target, now, allowed), SECONDS))
    except TimeoutError:
        return f"no answer within {SECONDS:g} seconds"
    except RetrieveError as error:
        return error.code
    except Exception as error:  # a target of others may fail in every way; the run must not
        return type(error).__name__


def signature(secret: str, body: bytes, now: datetime) -> str:
    """The header by which a receiver knows that a body is ours and fresh."""
    moment = str(int(now.timestamp()))
    digest = hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


async def _to_webhook(message: PendingMessage, target: Target, now: datetime, allowed: Sequence[Network]) -> str:
    url = httpx.URL(target.webhook)
    await resolve(url.host, url.port or (443 if url.scheme == "https" else 80), allowed)
    body = words.body(message)
    headers = {"Content-Type": "application/json", "Idempotency-Key": message.message_id, "User-Agent": "gigawire"}
    if target.secret:
        headers["X-Gigawire-Signature"] = signature(target.secret, body, now)
    async with httpx.AsyncClient(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
        request = client.build_request("POST", url, content=body, headers=headers)
        answer = await client.send(request, stream=True)  # the answer's body says nothing to us
        await answer.aclose()
    return "" if answer.is_success else f"answered {answer.status_code}"


def _by_apprise(message: PendingMessage, target: Target) -> str:
    import apprise

    notifier = apprise.Apprise()
    if not notifier.add(target.apprise):
        return "apprise does not know this kind of address"
    try:
        taken = notifier.notify(title=words.subject(message), body=words.text(message))
    except Exception as error:
        return f"{type(error).__name__}"
    return "" if taken else "apprise could not deliver it"

"""How often an account may ask. Counted in the server's own memory: the desk is one process."""

from __future__ import annotations

from django.core.cache import cache

from core.errors import UserError

MINUTE = 60


class TooOften(UserError):
    """Asked too often; the same request may be sent again after a while."""

    code = "too_often"


def count(what: str, who: str, *, limit: int) -> None:
    """Count one request of this minute. Raises TooOften above the limit."""
    key = f"limit:{what}:{who}"
    cache.add(key, 0, MINUTE)
    try:
        made = cache.incr(key)
    except ValueError:  # its minute ended between the two calls
        return
    if made > limit:
        raise TooOften(
            f"Gửi quá {limit} yêu cầu trong một phút. Chờ một phút rồi gửi tiếp.",
            facts={"limit": limit, "seconds": MINUTE},
        )

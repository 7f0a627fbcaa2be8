"""Keys with which a program acts for an account: made, checked, taken back. The key itself is never kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from core.errors import UserError
from core.letters import clean_line
from web.models import ApiToken
from web.viewer import Viewer, viewer_of

PREFIX = "docgen_"
MAX_KEYS = 20
_NAME = 100
#: The moment of use is written at most this often: reading must not write at every request.
_USE_EVERY = timedelta(minutes=5)


def _digest(key: str) -> str:
    # A key has 256 random bits: no salt and no slow hash would make it harder to find.
    return hashlib.sha256(key.encode()).hexdigest()


def make_key(user: User, *, name: str) -> tuple[ApiToken, str]:
    """A new key and its text, to be shown once. Raises UserError without a name, or for too many."""
    name = clean_line(name)[:_NAME]
    if not name:
        raise UserError("Ghi mã này dùng cho việc gì, trên máy nào.", facts={"missing": ["name"]})
    if ApiToken.objects.filter(user=user, revoked_at__isnull=True).count() >= MAX_KEYS:
        raise UserError(f"Tài khoản đã có {MAX_KEYS} mã đang dùng. Thu hồi bớt mã cũ trước.")
    key = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(user=user, name=name, digest=_digest(key), hint=key[-4:])
    return row, key


def viewer_by_key(key: str) -> Viewer | None:
    """Who acts by this key; None for a wrong, revoked or locked one, or while a password must be changed."""
    if not key.startswith(PREFIX) or not key.isascii():
        return None
    row = ApiToken.objects.select_related("user").filter(digest=_digest(key)).first()
    if row is None or row.revoked_at is not None or not row.user.is_active:
        return None
    viewer = viewer_of(row.user)
    if viewer.must_change_password:
        return None
    now = timezone.now()
    if row.last_used_at is None or row.last_used_at < now - _USE_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)
    return viewer


def revoke(row: ApiToken) -> None:
    """The key no longer works; the row stays, for the log."""
    ApiToken.objects.filter(pk=row.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())

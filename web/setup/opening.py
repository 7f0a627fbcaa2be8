"""Whether the first run is open, and to whom: nobody's store belongs to whoever opens the address first.

On this machine alone it asks nothing. Served to others it asks for a code that the command which serves it prints.
"""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from core.errors import Conflict
from web.models import Installation
from web.models.installation import ONLY

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
#: Wrong codes before the code is void; the next start of the server prints a new one.
MAX_WRONG = 10
SESSION_KEY = "setup_code"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another


def is_open() -> bool:
    """Whether no account exists yet."""
    return not User.objects.exists()


def installation() -> Installation:
    """The row of this store."""
    return Installation.objects.get_or_create(pk=ONLY)[0]


def served_to_others(host: str) -> bool:
    """Whether the settings or the address of listening let other machines in."""
    names = {name.strip() for name in settings.ALLOWED_HOSTS if name.strip()}
    return host not in LOCAL_NAMES or bool(names - LOCAL_NAMES) or settings.HTTPS


def new_code(host: str) -> str | None:
    """The code to print when the desk starts; None where the first run is over or only for this machine."""
    if not is_open():
        return None
    row = installation()
    if not served_to_others(host):
        Installation.objects.filter(pk=row.pk).update(code_hash="", wrong_codes=0)
        return None
    code = "".join(secrets.choice(_LETTERS) for _ in range(12))
    Installation.objects.filter(pk=row.pk).update(code_hash=_digest(code), wrong_codes=0)
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def _digest(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def needs_code(request: HttpRequest, row: Installation) -> bool:
    """Whether this visitor still has to type the code."""
    here = request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1", "")
    through = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    name = request.get_host().rsplit(":", 1)[0] if "]" not in request.get_host() else "[::1]"
    far = served_to_others(name) or not here or through
    if not (row.code_hash or far):
        return False
    return not row.code_hash or request.session.get(SESSION_KEY) != row.code_hash


def try_code(request: HttpRequest, code: str) -> bool:
    """Whether it is the code; a wrong one is counted. Raises Conflict when too many were wrong."""
    with transaction.atomic():
        row = Installation.objects.select_for_update().get(pk=installation().pk)
        if not row.code_hash or row.wrong_codes >= MAX_WRONG:
            raise Conflict(
                "Mã thiết lập không còn dùng được. Dừng chương trình rồi chạy lại docgen desk hoặc docgen serve"
                " để có mã mới.",
                code="setup_code_void",
            )
        right = secrets.compare_digest(_digest(code), row.code_hash)
        if not right:
            Installation.objects.filter(pk=row.pk).update(wrong_codes=F("wrong_codes") + 1)
    if right:
        request.session[SESSION_KEY] = row.code_hash
    return right

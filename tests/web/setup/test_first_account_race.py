"""Two people finish the first run at the same moment: one account is made, the other is told so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from core.errors import Conflict
from web.rights import Role
from web.setup import opening
from web.setup.office import make_first_account


@pytest.mark.django_db(transaction=True)
def test_of_two_first_accounts_one_is_made() -> None:
    opening.installation()
    together = Barrier(4)

    def attempt(at: int) -> str:
        together.wait()
        try:
            make_first_account(
                username=f"quan-tri-{at}",
                full_name="Lò Thị Thử",
                password="chu-nhat-di-hop",
                roles=[Role.ADMIN],
            )
        except Conflict as fault:
            return fault.message
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(attempt, range(4)))
    assert answers[0] == ""
    assert all("đã có tài khoản đầu tiên" in answer for answer in answers[1:])
    assert User.objects.count() == 1

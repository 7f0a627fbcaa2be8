"""`docgen desk` on a store that is the sample, an office's, or open to others."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from config.cli.desk import LOCAL, desk_text, prepare_sample
from core.errors import UserError
from records.models import Campaign, UnionOrg
from web.setup.sample_accounts import PASSWORD, SAMPLES

pytestmark = pytest.mark.django_db


def test_the_sample_gets_its_accounts_also_after_run_made_it(tmp_path: Path) -> None:
    """`./run` loads the sample without accounts; `./run desk` after it must not ask as on a first day."""
    assert prepare_sample(tmp_path, host=LOCAL)
    User.objects.all().delete()
    assert prepare_sample(tmp_path, host=LOCAL)
    assert prepare_sample(tmp_path, host=LOCAL)
    assert set(User.objects.values_list("username", flat=True)) == {one.username for one in SAMPLES}
    told = desk_text("http://127.0.0.1:8000", sample=True)
    assert PASSWORD in told
    assert all(one.username in told for one in SAMPLES)
    with pytest.raises(UserError, match="--host"):
        prepare_sample(tmp_path, host="0.0.0.0")


def test_an_office_is_no_sample(tmp_path: Path) -> None:
    UnionOrg.objects.create(
        code="ldld", name="Liên đoàn Lao động tỉnh", level="province", kind="province_federation"
    )
    assert not prepare_sample(tmp_path, host=LOCAL)
    assert not Campaign.objects.exists()
    assert not User.objects.exists()


def test_an_office_that_began_with_the_sample_gets_no_known_passwords(tmp_path: Path) -> None:
    assert prepare_sample(tmp_path, host=LOCAL)
    User.objects.all().delete()
    User.objects.create_user("chi-thu")
    assert not prepare_sample(tmp_path, host="0.0.0.0")
    assert User.objects.count() == 1

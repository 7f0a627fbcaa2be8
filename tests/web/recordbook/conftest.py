"""Clients on the sample store: a specialist, a reader, an officer who must see nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from records.models import Campaign, FoundingCase, UnionOrg
from tests.sample import sample, sample_rows
from tests.web.conftest import SignedIn
from web.rights import Role

__all__ = ["sample", "sample_rows"]


def take(client: Client, campaign: Campaign) -> Client:
    """The client with this campaign in hand."""
    session = client.session
    session["campaign"] = campaign.code
    session.save()
    return client


@pytest.fixture
def specialist(sample: Campaign, signed_in: SignedIn) -> Client:
    return take(signed_in(Role.SPECIALIST, username="chuyen-vien"), sample)


@pytest.fixture
def reader(sample: Campaign, signed_in: SignedIn) -> Client:
    return take(signed_in(Role.READER, username="nguoi-xem"), sample)


@pytest.fixture
def officer(sample: Campaign, signed_in: SignedIn) -> Client:
    unit = UnionOrg.objects.filter(kind="district_federation").first()
    return signed_in(Role.OFFICER, username="can-bo-don-vi", unit=unit)


@pytest.fixture
def filed(sample: Campaign) -> FoundingCase:
    """A case of the campaign whose dossier is filed."""
    found = FoundingCase.objects.filter(campaign=sample, state="dossier_filed")
    case = found.select_related("enterprise").order_by("code").first()
    assert case is not None
    return case

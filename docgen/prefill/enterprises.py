"""Survey of one enterprise: who and where it is comes from the records; how it stands today is asked anew."""

from __future__ import annotations

from core.forms import get_form
from docgen.prefill.base import Filled, Wanted, name_for, said
from docgen.prefill.offices import campaign_of
from records.selectors.enterprises import EnterpriseSnapshot, ObservationSnapshot, enterprise_on


def enterprise_survey(code: str, wanted: Wanted) -> Filled:
    """Counts and answers stay blank: filled with last year's figures, a form comes back with last year's figures.

    Raises NotFound.
    """
    enterprise = enterprise_on(code, as_of=wanted.on)
    upper = enterprise.upper
    campaign = campaign_of(wanted, upper) if upper else None
    return Filled(
        identity(enterprise),
        parent=upper.parent.name if upper and upper.parent else "",
        office=upper.name if upper else "",
        receiver=upper,
        unit=upper,
        campaign_id=campaign.id if campaign else None,
    )


def identity(enterprise: EnterpriseSnapshot) -> dict[str, object]:
    """What seldom changes."""
    form = get_form("enterprise_survey")
    known = enterprise.known
    founded = enterprise.founded_on
    name = name_for(form.field("enterprise_name"), enterprise.name, short=enterprise.short_name)
    values = said(
        enterprise_name=name,
        tax_code=enterprise.tax_code,
        founded_date=founded.isoformat() if founded else None,
        enterprise_type=enterprise.type,
        sector=enterprise.sector,
        address=enterprise.address,
    )
    return values | (_people(known) if known else {})


def _people(known: ObservationSnapshot) -> dict[str, object]:
    return said(
        legal_rep_name=known.legal_rep_name,
        legal_rep_post=known.legal_rep_post,
        legal_rep_phone=known.legal_rep_phone,
        contact_name=known.contact_name,
        contact_phone=known.contact_phone,
        contact_email=(known.values or {}).get("contact_email"),
    )

"""The plain way: one Celery task a document. Read with the ORM, fill with docxtpl, write the file, give a result.

It is spared what ours does besides: no draft, signature, register or consequence, its numbers are given to it.
"""

from __future__ import annotations

import io
import os
from datetime import date
from functools import lru_cache
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from celery import Celery  # noqa: E402 - only after the setup above
from django.conf import settings  # noqa: E402
from docxtpl import DocxTemplate  # noqa: E402

from core.ethnicity import find_ethnicity  # noqa: E402
from docgen.kinds import get_kind  # noqa: E402
from docgen.kinds.base import Numbering  # noqa: E402
from records.models import (  # noqa: E402
    CasePath,
    EnterpriseUpper,
    FoundingCase,
    LegalBasis,
    OfficeHolder,
    OrgParent,
    OrgSeat,
    Post,
)

app = Celery("plain", broker=os.environ["REDIS_URL"], backend=os.environ["REDIS_URL"])
app.conf.task_default_queue = "plain"
OUT = Path(os.environ["DOCGEN_HOME"]) / "plain"


def data_of(case_id: int) -> dict[str, object]:
    """The data of one founding decision, read as one reads with an ORM."""
    case = FoundingCase.objects.select_related("enterprise", "campaign").get(pk=case_id)
    on = case.decide_on or date(2024, 1, 1)
    org = (
        EnterpriseUpper.objects.valid_on(on)
        .select_related("org")
        .get(enterprise=case.enterprise)
        .org
    )
    parent = OrgParent.objects.valid_on(on).select_related("parent").get(org=org).parent
    place = OrgSeat.objects.valid_on(on).get(org=org).place_name
    chair = OfficeHolder.objects.valid_on(on).select_related("person").get(org=org, post=Post.CHAIR)
    act = "recognise" if case.path == CasePath.CONGRESS else "found"
    bases = (
        LegalBasis.objects.valid_on(on)
        .filter(kind="founding_decision", variant__in=("", act))
        .select_related("citation")
        .order_by("position", "id")
    )
    members = [
        {"full_name": a.person.full_name, "dob": a.person.dob, "gender": a.person.gender,
         "ethnicity": find_ethnicity(a.person.ethnicity) or a.person.ethnicity, "job": a.job}
        for a in case.applications.filter(employer_side=False).select_related("person")
    ]  # fmt: skip
    data: dict[str, object] = {
        "parent_org_name": parent.name, "issuing_org_name": org.name, "issuing_org_short": org.name,
        "place_name": place, "doc_symbol": f"QĐ-{org.symbol_abbr}", "intended_date": on.isoformat(),
        "signing_mode": "TM", "signing_collective": "Ban Thường vụ", "signer_post": chair.title,
        "signer_name": chair.person.full_name, "act": act, "union_name": case.union_name,
        "enterprise_name": case.enterprise.name, "direct_upper_org": org.name,
        "member_count": len(members), "members": members,
        "legal_bases": [
            {"type_name": c.type_name, "code": c.document_code,
             "date": c.date.isoformat() if c.date else None, "issuer": c.issuer,
             "subject": c.subject, "is_law": c.is_law}
            for c in (basis.citation for basis in bases) if c.is_valid_on(on)
        ],
        "executing_units": org.name, "archive_units": ["VT"],
        "recipients": [f"{parent.name} (để báo cáo)", f"Ban lãnh đạo {case.enterprise.name}"],
    }  # fmt: skip
    if case.congress_on and case.request_date:
        data["congress_date"] = case.congress_on.isoformat()
        data["request_document"] = {
            "code": case.request_code,
            "date": case.request_date.isoformat(),
            "issuer": case.request_issuer,
            "subject": f"về việc đề nghị công nhận {case.union_name} và kết quả bầu cử tại đại hội"
            " thành lập",
        }
    return data


@lru_cache
def _template(name: str) -> bytes:
    return (settings.TEMPLATES_DOCX_DIR / f"{name}.docx").read_bytes()


@app.task(name="plain.make")
def make(case_id: int, number: int) -> str:
    """One document."""
    data = data_of(case_id)
    kind = get_kind("founding_decision")
    numbering = Numbering(number=number, issue_date=date.fromisoformat(str(data["intended_date"])))
    template = DocxTemplate(io.BytesIO(_template(kind.template(data))))
    template.render(dict(kind.context(data, numbering)), autoescape=True)
    path = OUT / f"{case_id}.docx"
    template.save(str(path))
    return str(path)

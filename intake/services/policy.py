"""What the office has set: acceptance thresholds, which forms are applied alone, which are official papers."""

from __future__ import annotations

from django.conf import settings

from core.errors import UserError
from core.forms import FORMS
from intake.extract.assemble import THRESHOLD, Acceptance

#: Applying these writes people: a person always looks, whatever is set (domain brief §7, NĐ 356/2025 Điều 4 k2).
WRITES_PEOPLE = frozenset(
    {"membership_application", "collective_application", "member_list", "candidate_profiles"}
)


def _kinds(text: str, setting: str) -> frozenset[str]:
    found = frozenset(one.strip() for one in text.split(",") if one.strip())
    if unknown := sorted(found - FORMS.keys()):
        raise UserError(
            f"{setting} ghi loại biểu mẫu không có: {', '.join(unknown)}. Các loại: {', '.join(FORMS)}.",
            code="bad_setting",
        )
    return found


def automatic_kinds() -> frozenset[str]:
    """Kinds whose clean readings are applied without a person; none unless set. Raises UserError."""
    found = _kinds(settings.INTAKE_AUTO, "DOCGEN_INTAKE_AUTO")
    if barred := sorted(found & WRITES_PEOPLE):
        raise UserError(
            f"DOCGEN_INTAKE_AUTO không được có {', '.join(barred)}: dữ liệu cá nhân phải có người kiểm tra.",
            code="bad_setting",
        )
    return found


def official_kinds() -> frozenset[str]:
    """Kinds that are official papers and so get a line in the incoming register. Raises UserError."""
    return _kinds(settings.INTAKE_OFFICIAL, "DOCGEN_INTAKE_OFFICIAL")


def acceptance() -> Acceptance:
    """From which probability a value is taken without a look. Raises UserError for a setting that is none.

    `0.99` for all; `enterprise_survey=0.995,enterprise_survey.tax_code=0.999` for kinds and fields.
    """
    default, special = THRESHOLD, {}
    for part in filter(None, (one.strip() for one in settings.INTAKE_ACCEPTANCE.split(","))):
        name, equals, text = part.rpartition("=")
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 < value <= 1 or (name and name.partition(".")[0] not in FORMS):
            raise UserError(
                f"DOCGEN_INTAKE_ACCEPTANCE ghi “{part}” chưa đúng; ghi số từ 0 đến 1, ví dụ "
                "0.99,enterprise_survey.tax_code=0.999.",
                code="bad_setting",
            )
        if equals:
            special[name] = value
        else:
            default = value
    return Acceptance(default, special)

"""The founding case moves on by what the applied forms prove, one allowed step after another (domain brief §3.3)."""

from __future__ import annotations

from datetime import date

from core.dates import format_short
from intake.models import FormState, ReturnedForm
from records.models import Application, CasePath, CaseState, CaseStep, Committee, FoundingCase
from records.selectors.facts import FOUNDING_MIN_MEMBERS, fact
from records.services.audit import By
from records.services.cases import change_case, countable_applications, move_case
from records.services.dossiers import add_papers, items_of

#: What a complete dossier of a congress holds, of the parts that come as forms (domain brief §3.6; HD 38 mục 10.4 đ).
_PARTS = (
    (("recognition_request",), "tờ trình đề nghị công nhận"),
    (("vote_count",), "biên bản kiểm phiếu"),
    (("candidate_profiles",), "danh sách trích ngang"),
    (("member_list", "collective_application"), "danh sách đoàn viên hoặc đơn tập thể"),
)
#: Papers of a dossier (codes of core.profiles) by the form kinds that carry them.
_PAPERS = {
    "request": ("recognition_request",),
    "member_list": ("member_list", "collective_application"),
    "vote_count_minutes": ("vote_count",),
    "committee_profiles": ("candidate_profiles",),
}


def _row(code: str) -> FoundingCase:
    return FoundingCase.objects.select_for_update().get(code=code)


def _move(code: str, to: CaseState, *, on: date, evidence: str, by: By) -> str:
    """One step on the day, or on the day of the step before it when that is later: steps do not run backwards."""
    case = _row(code)
    last = CaseStep.objects.filter(case=case).order_by("-id").first()
    day = max(on, last.on) if last else on
    move_case(case, to.value, on=day, evidence=evidence, by=by)
    return f"Hồ sơ {code}: {to.label}"


def surveyed(code: str, *, on: date, eligible: bool, by: By) -> list[str]:
    """A survey was made; it says whether a union can be founded."""
    lines, evidence = [], f"Phiếu khảo sát ngày {format_short(on)}"
    if _row(code).state == CaseState.NOT_CONTACTED:
        lines.append(_move(code, CaseState.SURVEYED, on=on, evidence=evidence, by=by))
    if eligible and _row(code).state == CaseState.SURVEYED:
        lines.append(_move(code, CaseState.ELIGIBLE, on=on, evidence=evidence, by=by))
    return lines


def applied_for(code: str, *, by: By) -> list[str]:
    """Applications are there: the case is organising, and from the least number on it has enough."""
    rows = Application.objects.filter(case__code=code, employer_side=False)
    days = list(rows.values_list("applied_on", flat=True))
    if not days:
        return []
    lines = []
    if _row(code).state == CaseState.ELIGIBLE:
        evidence = f"Đơn gia nhập ngày {format_short(min(days))}"
        lines.append(_move(code, CaseState.ORGANISING, on=min(days), evidence=evidence, by=by))
    case, last = _row(code), max(days)
    if case.state != CaseState.ORGANISING:
        return lines
    least = fact(FOUNDING_MIN_MEMBERS, as_of=last).as_int()
    have = countable_applications(case, on=last)
    if have >= least:
        evidence = f"{have:02d} đơn gia nhập, đến ngày {format_short(last)}"
        lines.append(_move(code, CaseState.ENOUGH_APPLICATIONS, on=last, evidence=evidence, by=by))
    return lines


def congress_held(code: str, *, on: date, evidence: str, by: By) -> list[str]:
    """The founding congress took place on the day."""
    case = _row(code)
    values: dict[str, object] = {}
    if case.congress_on is None:
        values["congress_on"] = on
    if case.first_meeting_on is None:
        values["first_meeting_on"] = on
    if not case.path:
        values["path"] = CasePath.CONGRESS.value
    if values:
        change_case(case, values, by=by)
    if _row(code).state == CaseState.ENOUGH_APPLICATIONS and _row(code).path == CasePath.CONGRESS:
        return [_move(code, CaseState.CONGRESS_HELD, on=on, evidence=evidence, by=by)]
    return []


def _applied_kinds(code: str) -> set[str]:
    rows = ReturnedForm.objects.filter(state=FormState.APPLIED, record_type="case", record_id=code)
    return set(rows.values_list("kind", flat=True))


def dossier_gaps(code: str) -> tuple[str, ...]:
    """What the dossier of the case still lacks, in words. Forms count once they are applied."""
    applied = _applied_kinds(code)
    gaps = [words for kinds, words in _PARTS if not applied.intersection(kinds)]
    if not Committee.objects.filter(case__code=code, kind="elected").exists():
        gaps.append("ban chấp hành được bầu")
    return tuple(gaps)


def filed(code: str, *, on: date, by: By) -> list[str]:
    """The dossier of a congress is filed on the day the last of its forms was checked; else which it lacks.

    It is complete, and the deadline to decide counts, when the papers that are no forms are there too.
    """
    case = _row(code)
    if case.state != CaseState.CONGRESS_HELD:
        return []
    gaps = dossier_gaps(code)
    if gaps:
        return [f"Hồ sơ {code} còn thiếu: {', '.join(gaps)}"]
    evidence = f"Hồ sơ đề nghị công nhận nộp ngày {format_short(on)}"
    lines = [_move(code, CaseState.DOSSIER_FILED, on=on, evidence=evidence, by=by)]
    return lines + _list_papers(code, on=on, by=by)


def _list_papers(code: str, *, on: date, by: By) -> list[str]:
    """Write which papers of the dossier have come as forms; the others a person looks for among the papers."""
    case = _row(code)
    kinds = _applied_kinds(code)
    have = {paper for paper, forms in _PAPERS.items() if kinds.intersection(forms)}
    if Committee.objects.filter(case=case, kind="inspection").exists():
        have.add("inspection_profiles")
    known = {item.code for item in items_of(case, on=on)}
    left = [item.name for item in add_papers(case, sorted(have & known), on=on, by=by)]
    if not left:
        return [f"Hồ sơ đủ thành phần ngày {format_short(on)}"]
    told = f"Còn phải có bản giấy: {'; '.join(left)}"
    return [f"{told}. Ghi khi nhận được: docgen records dossier {code}"]

"""Forms given out: filled from the records, numbered in the registry, one by one or a round for a whole campaign."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from core.errors import Outage, UserError
from core.forms import get_form
from docgen.blanks.fitting import require_fit
from docgen.blanks.imprint import Imprint
from docgen.blanks.make import Format, make_form
from docgen.engine.pdf import convert_to_pdf
from docgen.prefill import Filled, Wanted, prefill
from docgen.prefill.offices import own_enterprises
from records.models import Campaign, CaseState, OrgKind
from records.selectors.campaigns import CampaignSnapshot, campaign_on
from records.selectors.cases import cases_of
from records.selectors.orgs import OrgSnapshot, children_of
from records.selectors.scope import one_reading
from registry.forms import NewForm, code_of, open_round, reserve_forms, seal_forms
from registry.models import FormRound, IssuedForm

#: Bodies between the province and the grassroots; which of them there are depends on the day.
_UPPER = (OrgKind.DISTRICT_FEDERATION, OrgKind.BRANCH_UNION, OrgKind.COMMUNE_UNION)

_STAMP = (1980, 1, 1, 0, 0, 0)
#: Cases that need no more forms.
_ENDED = frozenset((CaseState.LAUNCHED, CaseState.REFUSED, CaseState.PAUSED))


@dataclass(frozen=True, slots=True)
class Order:
    """One form to be given out; ``filled`` without values is a plain blank."""

    kind: str
    file_format: Format
    on: date
    filled: Filled = field(default_factory=lambda: Filled({}))
    record: str = ""
    due: date | None = None
    period: str = ""

    @property
    def new(self) -> NewForm:
        """The row that it becomes."""
        record_type, _, record_id = self.record.partition(":")
        return NewForm(
            kind=self.kind,
            file_format=self.file_format,
            issued_on=self.on,
            record_type=record_type,
            record_id=record_id,
            campaign_id=self.filled.campaign_id,
            period=self.period,
            issuer_id=self.filled.receiver.id if self.filled.receiver else None,
            unit_id=self.filled.unit.id if self.filled.unit else None,
            due_on=self.due,
        )

    def imprint(self, code: str) -> Imprint:
        """What is printed beside the fields."""
        receiver = self.filled.receiver
        return Imprint(
            on=self.on,
            code=code,
            parent=self.filled.parent,
            office=self.filled.office,
            receiver=receiver.name if receiver else "",
            due=self.due,
        )


@dataclass(frozen=True, slots=True)
class Given:
    """A form as it leaves the house."""

    issued: IssuedForm
    code: str
    data: bytes

    @property
    def name(self) -> str:
        """The file's name."""
        return file_name(self.issued)


def file_name(issued: IssuedForm) -> str:
    """Name of a form's file: kind, record or serial; no person's name, for names travel (domain brief §7)."""
    about = issued.record_id or f"{issued.serial:06d}"
    return f"{get_form(issued.kind).code}-{about}.{issued.file_format}"


def issue_form(  # noqa: PLR0913 - what a form is given out for
    kind: str,
    *,
    file_format: Format,
    on: date,
    actor: str,
    channel: str,
    profile: Path,
    record: str = "",
    due: date | None = None,
    period: str = "",
) -> Given:
    """One form with its code, filled from the records when one is named; logged.

    ``profile`` is LibreOffice's directory, for PDF. Raises NotFound and UserError for the record, DataIncomplete for
    values too long for the form, Outage when LibreOffice does not print.
    """
    get_form(kind)
    filled = prefill(kind, Wanted(record, on, period=period)) if record else Filled({})
    order = Order(kind, file_format, on, filled, record, due, period)
    return give_out([order], actor=actor, channel=channel, profile=profile)[0]


def give_out(
    orders: Sequence[Order],
    *,
    actor: str,
    channel: str,
    profile: Path,
    in_round: FormRound | None = None,
) -> list[Given]:
    """Make forms under new serials; the hash of each file is kept. Raises DataIncomplete before any serial is taken."""
    made = make_orders(orders, actor=actor, profile=profile, in_round=in_round)
    seal_forms([(one.issued, one.data) for one in made], actor=actor, channel=channel)
    return made


def make_orders(
    orders: Sequence[Order], *, actor: str, profile: Path, in_round: FormRound | None = None
) -> list[Given]:
    """The files of forms under new serials, not yet given out. Raises as :func:`give_out`."""
    for order in orders:
        require_fit(get_form(order.kind), order.filled.values)
    rows = reserve_forms([order.new for order in orders], actor=actor, in_round=in_round)
    made = []
    for order, issued in zip(orders, rows, strict=True):
        code = str(code_of(issued))
        form = get_form(order.kind)
        data = make_form(
            form, order.filled.values, order.imprint(code), file_format=order.file_format
        )
        made.append(Given(issued, code, data))
    return _printed(made, profile=profile)


def _printed(made: Sequence[Given], *, profile: Path) -> list[Given]:
    """The PDFs among them printed. Raises Outage naming the first that is not."""
    places = [at for at, one in enumerate(made) if one.issued.file_format == Format.PDF]
    out = list(made)
    if not places:
        return out
    files = [(Path(made[at].name).with_suffix(".docx").name, made[at].data) for at in places]
    for at, result in zip(places, convert_to_pdf(files, profile=profile), strict=True):
        if result.pdf is None:
            raise Outage(f"Chưa in được biểu mẫu ra PDF: {result.problem}")
        out[at] = replace(made[at], data=result.pdf)
    return out


# --- a round -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnitForms:
    """What one reporting unit gets; ``refused`` names the records whose values do not fit, with the reason."""

    unit: OrgSnapshot
    orders: tuple[Order, ...]
    refused: tuple[tuple[str, UserError], ...] = ()


def plan_round(
    campaign: str,
    *,
    kind: str,
    file_format: Format,
    on: date,
    due: date,
    period: str = "",
) -> tuple[UnitForms, ...]:
    """The forms of a round by reporting unit, filled with the records of the day; units with none are left out.

    Raises NotFound for the campaign or the kind.
    """
    get_form(kind)
    blank = Order(kind, file_format, on, due=due, period=period)
    with one_reading():
        led = campaign_on(campaign, as_of=on)
        found = [
            fill_orders(unit, records, blank, campaign=campaign)
            for unit, records in unit_records(led, kind, on)
        ]
    return tuple(one for one in found if one.orders or one.refused)


def fill_orders(
    unit: OrgSnapshot, records: Sequence[str], blank: Order, *, campaign: str
) -> UnitForms:
    """The forms of one unit, each like ``blank`` but for its record."""
    orders: list[Order] = []
    refused: list[tuple[str, UserError]] = []
    for record in records:
        wanted = Wanted(record, blank.on, campaign=campaign, period=blank.period)
        try:
            filled = prefill(blank.kind, wanted)
            require_fit(get_form(blank.kind), filled.values)
        except UserError as fault:
            refused.append((record, fault))
            continue
        orders.append(replace(blank, filled=filled, record=record))
    return UnitForms(unit, tuple(orders), tuple(refused))


def start_round(
    campaign: str,
    *,
    kind: str,
    on: date,
    due: date,
    period: str,
    actor: str,
    again: bool = False,
) -> FormRound:
    """The round's own row. Raises NotFound, or Conflict when the period had one."""
    return open_round(
        Campaign.objects.get(pk=campaign_on(campaign, as_of=on).id),
        kind=kind,
        period=period,
        as_of=on,
        due_on=due,
        actor=actor,
        again=again,
    )


def unit_records(led: CampaignSnapshot, kind: str, on: date) -> list[tuple[OrgSnapshot, list[str]]]:
    """The units of the day with the records that each gets a form of this kind for; not yet looked into."""
    about = get_form(kind).about
    uppers = children_of(led.org, as_of=on, kinds=_UPPER)
    if kind == "progress_report":
        # Without districts or communes the grassroots unions report to the province themselves.
        direct = (
            (led.org,)
            if uppers
            else children_of(led.org, as_of=on, kinds=(OrgKind.GRASSROOTS_UNION,))
        )
        return [(unit, [f"org:{unit.code}"]) for unit in (*uppers, *direct)]
    units = (*uppers, led.org)
    if about == "org":
        return [
            (unit, [f"org:{unit.code}"])
            for unit in units
            if unit.id != led.org.id or own_enterprises(unit, on=on)
        ]
    if about == "enterprise":
        return [
            (unit, [f"enterprise:{one.code}" for one in own_enterprises(unit, on=on)])
            for unit in units
        ]
    cases = cases_of(led, as_of=on)
    return [
        (
            unit,
            [
                f"case:{case.code}"
                for case in cases
                if case.deciding_org is not None
                and case.deciding_org.id == unit.id
                and case.state not in _ENDED
            ],
        )
        for unit in units
    ]


def zip_of(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A ZIP of small files in memory: what one reporting unit gets in a round."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, date_time=_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()

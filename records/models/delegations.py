"""A signer who is away lets another one sign for a dated period (ND30 Điều 13 k2, k4)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from records.models.base import Dated, DatedQuerySet, Recorded
from records.models.orgs import UnionOrg
from records.models.people import Person


class Delegation(Recorded, Dated):
    """From the first to the last day the delegate may sign what the delegator may sign for the body.

    The paper that says so is named; who was delegated to cannot delegate further (ND30 Điều 13 k4).
    """

    org = models.ForeignKey(
        UnionOrg, models.PROTECT, related_name="delegations", verbose_name="cơ quan"
    )
    delegator = models.ForeignKey(
        Person, models.PROTECT, related_name="delegations_given", verbose_name="người ủy quyền"
    )
    delegate = models.ForeignKey(
        Person, models.PROTECT, related_name="delegations_had", verbose_name="người được ủy quyền"
    )
    document = models.CharField("văn bản ủy quyền", max_length=300)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "ủy quyền ký"
        ordering = ("-valid_from", "-id")
        constraints = (
            models.CheckConstraint(
                name="delegation_to_another", condition=~Q(delegator=F("delegate"))
            ),
            models.CheckConstraint(
                name="delegation_has_days",
                condition=Q(valid_from__isnull=False, valid_to__gte=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.delegator} → {self.delegate}"

    def clean(self) -> None:
        """A period with both ends, to somebody else."""
        super().clean()
        for name in ("valid_from", "valid_to"):
            if getattr(self, name) is None:
                raise ValidationError({name: "Ủy quyền ký phải có ngày bắt đầu và ngày kết thúc."})
        if self.delegator_id == self.delegate_id:
            raise ValidationError({"delegate": "Chọn người khác, không phải chính người ủy quyền."})

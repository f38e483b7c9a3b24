"""The ids of what the practice knows: opaque text, made by `new_id` before anything is stored."""

from __future__ import annotations

from typing import NewType

DiscussionId = NewType("DiscussionId", str)
ChildId = NewType("ChildId", str)
InvitationId = NewType("InvitationId", str)
ReportId = NewType("ReportId", str)
ChangeId = NewType("ChangeId", str)
ProposalId = NewType("ProposalId", str)
AttendanceId = NewType("AttendanceId", str)
FactId = NewType("FactId", str)
ActionId = NewType("ActionId", str)
ReceiptId = NewType("ReceiptId", str)
PromiseId = NewType("PromiseId", str)
ChaseId = NewType("ChaseId", str)
MessageId = NewType("MessageId", str)
AbsenceId = NewType("AbsenceId", str)
SecureLinkId = NewType("SecureLinkId", str)
SlotId = NewType("SlotId", str)
TakingId = NewType("TakingId", str)

"""The words that files, code and data share for where things stand: each a closed list."""

from enum import StrEnum


class RoundState(StrEnum):
    """Where a round stands, in the order of its life."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"
    STOPPED = "stopped"
    ENDED = "ended"


class Status(StrEnum):
    """Where a submission stands."""

    RECEIVED = "received"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DESIGNATED = "designated"
    PASSED_OVER = "passed-over"
    """Others were designated."""


class ApprovalStatus(StrEnum):
    """Where a council stands."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


class Way(StrEnum):
    """How a submission came."""

    PULL_REQUEST = "pull-request"
    E_MAIL = "e-mail"
    FORM = "form"


class Party(StrEnum):
    """Who proposes a change."""

    SUBMITTER = "submitter"
    ORGANISER = "organiser"


class ForgeKind(StrEnum):
    """Which software a forge runs."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"

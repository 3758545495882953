"""Frozen types only: the nouns of the whole program (see ``design.md``'s vocabulary)."""

from helodoctor.model.bounce import (
    Bounce,
    Diagnosis,
    Party,
    Report,
    Span,
)
from helodoctor.model.case import (
    Announcement,
    Candidate,
    Case,
    NameSource,
)
from helodoctor.model.detection import (
    Detection,
)
from helodoctor.model.dns import (
    DnsAnswer,
    DnsReport,
)
from helodoctor.model.errors import (
    HeloDoctorError,
    InputProblem,
    NetworkProblem,
)
from helodoctor.model.finding import (
    Finding,
    NameReport,
    Prediction,
    Value,
)
from helodoctor.model.guide import (
    Guide,
    Letter,
    Phrase,
    Step,
)
from helodoctor.model.profile import (
    Origin,
    OwnText,
    Reason,
    Profile,
    Wait,
)
from helodoctor.model.proof import (
    Proof,
    ProofState,
)
from helodoctor.model.session import (
    OwnLetter,
    PageId,
    PageNote,
    Reply,
    Session,
)
from helodoctor.model.trial import (
    Line,
    Speaker,
    StopAfter,
    Target,
    Tls,
    TlsMode,
    Trial,
    TrialPlan,
)
from helodoctor.model.vocabulary import (
    Actor,
    Answer,
    BounceKind,
    Cause,
    Confidence,
    Direction,
    EvidenceKind,
    NameKind,
    NameVerdict,
    Permanence,
    Role,
    Stage,
    Status,
    StepConfidence,
    TrialVerdict,
    Verdict,
)

__all__ = [
    "Actor",
    "Announcement",
    "Answer",
    "Bounce",
    "BounceKind",
    "Candidate",
    "Case",
    "Cause",
    "Confidence",
    "Detection",
    "Diagnosis",
    "Direction",
    "DnsAnswer",
    "DnsReport",
    "EvidenceKind",
    "Finding",
    "Guide",
    "HeloDoctorError",
    "InputProblem",
    "Letter",
    "Line",
    "NameKind",
    "NameReport",
    "NameSource",
    "NameVerdict",
    "NetworkProblem",
    "Origin",
    "OwnLetter",
    "OwnText",
    "PageId",
    "PageNote",
    "Party",
    "Permanence",
    "Phrase",
    "Prediction",
    "Profile",
    "Proof",
    "ProofState",
    "Reply",
    "Report",
    "Role",
    "Session",
    "Span",
    "Speaker",
    "Stage",
    "Status",
    "Step",
    "Reason",
    "StepConfidence",
    "StopAfter",
    "Target",
    "Tls",
    "TlsMode",
    "Trial",
    "TrialPlan",
    "TrialVerdict",
    "Value",
    "Verdict",
]
    "Wait",

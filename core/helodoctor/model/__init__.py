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
from helodoctor.model.comparison import (
    BounceOutcome,
    Comparison,
    PolicyOutcome,
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
    Reason,
    Step,
    Wait,
)
from helodoctor.model.profile import (
    Origin,
    OwnText,
    Profile,
)
from helodoctor.model.proof import (
    Change,
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
    Call,
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
    "BounceOutcome",
    "Call",
    "Candidate",
    "Case",
    "Cause",
    "Change",
    "Comparison",
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
    "PolicyOutcome",
    "Prediction",
    "Profile",
    "Proof",
    "ProofState",
    "Reply",
    "Reason",
    "Report",
    "Role",
    "Session",
    "Span",
    "Speaker",
    "Stage",
    "Status",
    "Step",
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
    "Wait",
]

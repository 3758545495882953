"""Pages 3 and 4: the name, where it is configured, and what the rules, the receivers and the DNS say of it."""

from __future__ import annotations

from msgspec.structs import replace

from helodoctor import names, receivers
from helodoctor.model import AddressSource, Candidate, Case, InputProblem, NameReport, NameSource, Report, Role
from helodoctor.names.addresses import read_address


def announce(case: Case, name: str | None, source: NameSource = "typed") -> Case:
    """Take the answer of the name page; ``None`` is "I don't know". A changed name drops the old one's judgement."""
    name = name.strip() or None if name else None
    if name == case.name and case.name_unknown == (name is None):
        return case
    return replace(
        case,
        name=name,
        name_source=(case.name_source if name == case.name else source) if name else None,
        name_unknown=name is None,
        judgement=None,
        guide=None,
        ticks=(),
    )


def assess(
    name: str, ip: str | None = None, *, receiver: str | None = None, domain: str | None = None, only: str | None = None
) -> NameReport:
    """One name, judged offline by the rules and by every receiver that is known.

    ``ip`` is the address it is announced from, ``receiver`` the host it is announced to, ``domain`` the user's own mail
    domain; ``only`` is the id of the one receiver to be heard.

    Raises:
        InputProblem: there is no receiver ``only``.
    """
    if only is not None and all(known.id != only for known in receivers.receivers()):
        raise InputProblem("receiver-unknown", receiver=only)
    report = names.check(name, ip=ip, receiver=receiver, domain=domain)
    return replace(report, predictions=receivers.predict(name, receivers.Facts(ip=ip), only))


def judge(case: Case) -> Case:
    """Judge the case's name offline, with what the bounce shows of the client, the receiver and the sender."""
    if case.name is None:
        return replace(case, judgement=None)
    report = case.diagnosis.report if case.diagnosis else Report(text="")
    judgement = assess(case.name, case.sending_address, receiver=report.receiver.host, domain=_own_domain(report))
    return replace(case, judgement=judgement)


def _own_domain(report: Report) -> str | None:
    """The sender's mail domain, unless it is somebody else's: no suggestion may lie there."""
    if report.role in (Role.RECEIVER, Role.FORWARDER):
        return None
    own, theirs = ((address or "").rpartition("@")[2].lower() for address in (report.sender, report.recipient))
    others = {f".{theirs}", f".{(report.receiver.host or '').lower()}"} - {"."}
    near = any(other.endswith(f".{own}") or f".{own}".endswith(other) for other in others)
    return own if own and not near else None


def look_in(case: Case, given: str | bytes, path: str = "", system: str | None = None) -> Case:
    """Look for the configured name in settings, a command's output or headers; what is found joins the candidates.

    ``system`` is what the user believes to be looking at; it counts where the text alone tells nothing.

    Raises:
        InputProblem: there is no mail system ``system``, or nothing was recognised.
    """
    from helodoctor import detect

    text = given if isinstance(given, str) else detect.as_text(given)
    found = detect.detect(text, path=path)
    if not found.candidates and system is not None and text.strip():
        found = detect.detect(text, path=path, system=system)
    if not found.candidates:
        raise InputProblem("no-settings-in-text")
    return _with_candidates(case, found.candidates)


def look_here(case: Case) -> Case:
    """Look for mail systems on this machine and read, only read, what they are set to announce."""
    from helodoctor import detect

    return _with_candidates(case, detect.survey().candidates)


def _with_candidates(case: Case, found: tuple[Candidate, ...]) -> Case:
    new = tuple(candidate for candidate in found if candidate not in case.candidates)
    return replace(case, candidates=(*new, *case.candidates))


def come_from(case: Case, address: str, source: AddressSource = "typed") -> Case:
    """Take the address the mail comes from; ``""`` is the text's again. Another one drops what the DNS said before.

    Raises:
        InputProblem: it is no IP address.
    """
    given = read_address(address.strip()) if address.strip() else None
    if given is None and address.strip():
        raise InputProblem("address-unreadable", address=address.strip()[:80])
    own = str(given) if given else None
    if own == case.sending_address or (own is None and case.client_ip is None):
        return case
    moved = replace(case, client_ip=own, client_ip_source=source if own else None)
    return judge(moved) if case.judgement else moved


async def ask_own_address(case: Case) -> Case:
    """Ask the usual service which address this computer comes from, and take that as the sending one.

    Raises:
        NetworkProblem: the service did not answer, or not with an address.
    """
    from helodoctor.network import dns_source

    return come_from(case, await dns_source.own_address(dns_source.usual_service()), "asked")


async def ask_dns(case: Case, resolver: str | None = None) -> Case:
    """Ask the DNS about the case's judged name; its answers take the place of the findings skipped for being offline.

    Raises:
        NetworkProblem: this machine names no name server.
    """
    if case.name is None or case.judgement is None:
        return case
    return replace(case, judgement=await asked(case.judgement, case.sending_address, resolver))


async def asked(judgement: NameReport, ip: str | None, resolver: str | None = None) -> NameReport:
    """A name's judgement with what the DNS says of it and of ``ip``, the address it is announced from.

    Raises:
        NetworkProblem: this machine names no name server.
    """
    from helodoctor.network import dns

    answered = await dns.examine(judgement.name, ip, resolver)
    told = {finding.id for finding in answered.findings}
    kept = tuple(finding for finding in judgement.findings if finding.id not in told)
    findings = (*kept, *answered.findings)
    return replace(judgement, findings=findings, verdict=names.verdict_of(findings))

"""How well real texts are read: the accuracy this reader promises, measured over the shared corpora."""

from __future__ import annotations

from core.bounce.reads import CORPUS, all_of, first, name_of, needs_corpus, table
from helodoctor.model import Verdict

pytestmark = needs_corpus


def rejections() -> list[tuple[dict[str, str], set[str]]]:
    return [(row, set(row["label"].split("|"))) for row in table("rejections.tsv")]


def text_of(row: dict[str, str]) -> str:
    return row["text"].replace("\\n", "\n")


def share(results: list[bool]) -> float:
    return sum(results) / len(results)


def test_helo_or_not_is_right_and_no_negative_is_blamed() -> None:
    right: list[bool] = []
    blamed: list[str] = []
    for row, labels in rejections():
        about = {label.startswith("helo-") for label in labels}
        if len(about) == 2:
            continue
        said = first(text_of(row)).verdict is Verdict.HELO
        right.append(said in about)
        if said and about == {False}:
            blamed.append(row["id"])
    assert blamed == []
    assert share(right) >= 0.99


def test_the_exact_cause_of_helo_faults() -> None:
    right = [
        first(text_of(row)).cause in labels
        for row, labels in rejections()
        if all(x.startswith("helo-") for x in labels)
    ]
    assert share(right) >= 0.95


def test_the_exact_cause_of_everything_else() -> None:
    right = [
        first(text_of(row)).cause in labels
        for row, labels in rejections()
        if not any(x.startswith("helo-") for x in labels)
    ]
    assert share(right) >= 0.9


def test_the_name_wherever_it_is_shown() -> None:
    right = [name_of(first(text_of(row))) == row["helo_name"] for row, _ in rejections() if row["helo_name"]]
    assert share(right) >= 0.98


def test_bounces_of_real_servers() -> None:
    right: dict[str, list[bool]] = {key: [] for key in ("code", "enhanced", "name", "cause", "receiver")}
    for row in table("bounces/INDEX.tsv"):
        found = first((CORPUS / "bounces" / row["file"]).read_bytes())
        report = found.report
        right["cause"].append(found.cause in row["cause"].split("|"))
        right["name"].append((name_of(found) or "") in row["helo_name"].split("|"))
        right["receiver"].append(report.receiver.host in (None, f"mx-{row['receiver']}.rcpt.test"))
        if row["code"]:  # an empty column: the bounce does not say
            right["code"].append(str(report.reply_code) in row["code"].split("|"))
        if row["enhanced"]:
            right["enhanced"].append(report.enhanced_code in row["enhanced"].split("|"))
    assert {key: round(share(results), 3) for key, results in right.items() if share(results) < 0.98} == {}


def test_public_bounces_have_no_false_helo_verdict() -> None:
    blamed = [
        row["file"]
        for row in table("public-dsn/INDEX.tsv")
        if any(found.verdict is Verdict.HELO for found in all_of((CORPUS / "public-dsn" / row["file"]).read_bytes()))
    ]
    # This one says so itself: "Connected to 192.0.2.112 but my name was rejected."
    assert set(blamed) <= {"lhost-qmail-04.eml"}


def test_public_bounces_have_their_codes_found() -> None:
    code: list[bool] = []
    enhanced: list[bool] = []
    for row in table("public-dsn/INDEX.tsv"):
        report = first((CORPUS / "public-dsn" / row["file"]).read_bytes()).report
        if row["reply_code"]:
            code.append(str(report.reply_code) == row["reply_code"])
        if row["enhanced_code"]:
            enhanced.append(report.enhanced_code == row["enhanced_code"])
    assert share(code) >= 0.98
    assert share(enhanced) >= 0.98

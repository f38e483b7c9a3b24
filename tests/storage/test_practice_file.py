"""A practice file is used whole or refused with every mistake's place and mend."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.practice_file import (
    BadPracticeFile,
    Problem,
    practice_text,
    read_practice,
    standard_practice,
    standard_text,
)
from storage.practice_findings import say_path
from storage.toml_lines import lines_of

STANDARD = standard_text()


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(BadPracticeFile) as refused:
        read_practice(text)
    return refused.value.problems


def line_with(text: str, snippet: str) -> int:
    """The line on which the snippet first stands."""
    return text[: text.index(snippet)].count("\n") + 1


@dataclass(frozen=True)
class Broken:
    """A change that breaks the standard practice. The mistake stands where `at` stands, else where `old` stood."""

    old: str
    new: str
    path: str
    mend: str
    at: str | None = None

    @property
    def text(self) -> str:
        assert self.old in STANDARD, self.old
        return STANDARD.replace(self.old, self.new, 1)

    @property
    def line(self) -> int:
        return line_with(self.text, self.at) if self.at else line_with(STANDARD, self.old)


BROKEN = {
    "a chase that does not say when": Broken(
        'to = "booker"\nshare_gone = 60',
        'to = "booker"',
        "chasing.step[2]",
        "share_gone = 50",
        at='[[chasing.step]]\ncode = "ring"',
    ),
    "a chase of the whole discussion by a share": Broken(
        "before_start_minutes = 15", "share_gone = 90", "chasing.step[4].share_gone", "before_start_minutes"
    ),
    "a chase to nobody that is known": Broken(
        'to = "chair"\nbefore', 'to = "everybody"\nbefore', "chasing.step[4].to", "booker"
    ),
    "an urgency that hours do not hold for": Broken(
        'overrides_hours = ["U0"', 'overrides_hours = ["UX"', "chasing.overrides_hours[1]", "U0"
    ),
    "a value that is not accepted": Broken(
        'icpc_anchor = "s47_start"', 'icpc_anchor = "yesterday"', "icpc_anchor", '"s47_start" or "last_discussion"'
    ),
    "a key that is not known": Broken(
        "urgent_minutes = 5\nm", "urgent_minuts = 5\nm", "item[4].urgent_minuts", '"urgent_minutes"'
    ),
    "a key that is missing": Broken(
        'purpose = "A lawful, quorate and private call."\n',
        "",
        "item[1].purpose",
        "Add purpose",
        at='[[item]]\nnumber = 1\ncode = "open"',
    ),
    "an unknown key in a row": Broken('brings = "history,', 'brngs = "history,', "agencies.rows[1].brngs", '"brings"'),
    "a role that nobody has decides about slots": Broken(
        'decides_role = "POLICE_SERGEANT"',
        'decides_role = "SERGEANT"',
        "slots.shortage[1].decides_role",
        "POLICE_SERGEANT",
    ),
    "an urgency that is not known keeps places": Broken(
        'urgent = ["U0", "U1"]', 'urgent = ["U0", "U9"]', "slots.urgent[2]", "U0"
    ),
    "an agency is short of places twice": Broken(
        'agency = "HEALTH"\ncode = "CAPACITY_HEALTH"',
        'agency = "POLICE"\ncode = "CAPACITY_HEALTH"',
        "slots.shortage[2].agency",
        "another",
    ),
    "a share of more than all": Broken("urgent_share = 0.25", "urgent_share = 1.5", "slots.urgent_share", "at most 1"),
    "a table that is not known": Broken("[quiet_hours]", "[quite_hours]", "quite_hours", '"quiet_hours"'),
    "a clock that is none": Broken(
        'window = "24 clock hours"\nforms', 'window = "soon"\nforms', "urgency[3].window", '"24 clock hours"'
    ),
    "a clock without quotes": Broken(
        'review_within = "5 working days"', "review_within = 5", "safety_plan.review_within", '"3 working days"'
    ),
    "no minutes at all": Broken("minutes = 12", "minutes = 0", "item[4].minutes", "more than 0"),
    "minutes in quotes": Broken("minutes = 12", 'minutes = "12"', "item[4].minutes", "without quotes"),
    "minutes with a fraction": Broken("minutes = 12", "minutes = 1.5", "item[4].minutes", "as 5"),
    "an item number twice": Broken(
        'number = 7\ncode = "others"', 'number = 6\ncode = "others"', "item[7].number", "number = 7"
    ),
    "a right that is none": Broken(
        'rights = ["administer"]', 'rights = ["rule"]', "roles.rows[29].rights[1]", '"oversee"'
    ),
    "a field code used twice": Broken(
        'code = "voice.seen_alone"',
        'code = "voice.words"',
        "item[6].form[1].fields[4].code",
        "another",
        at="label = \"The child's own words",
    ),
    "an agency code used twice": Broken('code = "CAFCASS"', 'code = "HOUSING"', "agencies.rows[20].code", "another"),
    "an alias of two agencies": Broken(
        'aliases = ["landlord"', 'aliases = ["school"', "agencies.rows[11].aliases", "another"
    ),
    "quorum with an agency nobody knows": Broken(
        'core = ["CSC", "POLICE"', 'core = ["CSC", "POLIECE"', "quorum.core[2]", '"POLICE"'
    ),
    "a quorum rule on something that can't be": Broken(
        'when = ["unborn", "newborn"]', 'when = ["unborn", "unhappy"]', "quorum.rule[1].when[2]", '"newborn"'
    ),
    "a gate test that is none": Broken('code = "genogram"\ngap', 'code = "mood"\ngap', "gate[9].code", '"genogram"'),
    "a gate test on an item that is not there": Broken("item = 13\n", "item = 14\n", "gate[11].item", '"13"'),
    "a gate need on a field that is not there": Broken(
        '{ any_of = ["others.answer"]', '{ any_of = ["others.anser"]', "gate[4].needs[1].any_of[1]", '"others.answer"'
    ),
    "a gate need about a child in a test that is not": Broken(
        '{ any_of = ["others.answer"]', '{ any_of = ["family.name"]', "gate[4].needs[1].any_of[1]", "Use one of"
    ),
    "words with a place that nobody fills": Broken(
        'gap = "{child}: no interim', 'gap = "{kid}: no interim', "gate[5].gap", "{child}"
    ),
    "a reason field that is not there": Broken(
        'reason_field = "decision.abe_reason"',
        'reason_field = "decision.why"',
        "item[10].form[1].fields[7].reason_field",
        '"decision.abe_reason"',
    ),
    "a reason for a choice that is not there": Broken(
        'reason_when = ["csc"]', 'reason_when = ["alone"]', "item[10].form[1].fields[3].reason_when[1]", '"csc"'
    ),
    "a yes or no with reason that never asks one": Broken(
        'kind = "yes_no_with_reason", reason_when = ["no"], reason_field = "enquiry.sw_observing_reason"',
        'kind = "yes_no_with_reason"',
        "item[11].form[3].fields[4].kind",
        "reason_when",
        at='code = "enquiry.sw_observing_abe"',
    ),
    "a choice without choices": Broken(
        'kind = "choice", choices = { none = "None", yes = "Yes" }',
        'kind = "choice"',
        "item[13].form[2].fields[1].kind",
        "choices",
        at='code = "closing.dissent"',
    ),
    "a text with choices": Broken(
        'label = "Faith", kind = "text"',
        'label = "Faith", kind = "text", choices = { a = "A" }',
        "item[2].form[2].fields[8].choices",
        "Take them out",
    ),
    "a code that would break apart": Broken(
        'choices = { seen = "Seen", checked',
        'choices = { "seen,then" = "Seen", checked',
        'item[9].form[1].fields[5].choices."seen,then"',
        "letters",
    ),
    "a form that is too long for a card": Broken(
        '{ code = "voice.wishes"',
        '{ code = "voice.x", label = "X", kind = "text" },\n'
        '  { code = "voice.y", label = "Y", kind = "text" },\n  { code = "voice.wishes"',
        "item[6].form[1].fields",
        "at most 8",
        at='fields = [\n  { code = "voice.seen"',
    ),
    "an outcome of a choice that is not there": Broken(
        '"decision.lead" = ["joint"]',
        '"decision.lead" = ["both"]',
        'outcomes.rows[3].when."decision.lead"[1]',
        '"joint"',
    ),
    "a nudge to nobody known": Broken(
        '"manager", "duty_desk"]', '"boss", "duty_desk"]', "nudge_policy[1].steps[5].to[3]", '"manager"'
    ),
    "a nudge with half a distance": Broken(
        'anchor = "before_due", after = "2 clock hours"',
        'anchor = "before_due"',
        "nudge_policy[1].steps[3].anchor",
        "Add after",
    ),
    "a fraction of more than the whole": Broken(
        "fraction = 0.5", "fraction = 1.5", "nudge_policy[1].steps[2].fraction", "less than 1"
    ),
    "an action kind with a policy that is not there": Broken(
        'nudges = "other"', 'nudges = "someday"', "action_kinds.rows[25].nudges", '"other"'
    ),
    "a chair who may not chair": Broken(
        'roles = ["EDT_MANAGER"', 'roles = ["GP"', "chair[4].roles[1]", '"EDT_MANAGER"'
    ),
    "a source that is not listed": Broken(
        'source = "S38"\n[[chair]]', 'source = "S999"\n[[chair]]', "chair[4].source", "[sources]"
    ),
    "a proposal of a role that is not there": Broken(
        'role = "IDVA", or_desk', 'role = "IDVAS", or_desk', "invite_rule[11].propose.role", '"IDVA"'
    ),
    "a proposal because of a fact that nobody can tick": Broken(
        'when = { facts = ["adult_on_licence"] }',
        'when = { facts = ["adult_on_license"] }',
        "invite_rule[12].when.facts[1]",
        '"adult_on_licence"',
    ),
    "a proposal that does not say when": Broken(
        "when = { unborn = true }", "when = { unborn = false }", "invite_rule[7].when", "always = true"
    ),
    "a reason with a gap that nothing fills": Broken(
        'because = "domestic abuse was ticked"', 'because = "{abuse}"', "invite_rule[11].because", "{children}"
    ),
    "a weight that is none": Broken('weight = "core"', 'weight = "heavy"', "invite_rule[1].weight", '"expected"'),
    "a word that would mean two things": Broken(
        'aliases = ["injury", ', 'aliases = ["physical", "injury", ', "booking_facts.rows[1].aliases", "another"
    ),
    "an empty label": Broken('label = "Neglect"', 'label = " "', "harms.rows[4].label", "Write it"),
    "a time of day that is none": Broken('opens = "08:00"', 'opens = "24:00"', "quiet_hours.opens", '"08:00"'),
    "a day that closes before it opens": Broken('closes = "18:00"', 'closes = "07:00"', "quiet_hours.closes", "later"),
    "a safety form that is not there": Broken(
        'forms = ["safety.plan"', 'forms = ["safety.plans"', "safety_plan.forms[1]", '"safety.plan"'
    ),
    "a date where a text belongs": Broken('version = "2026.1"', "version = 2026-01-01", "version", "quotes"),
    "text that is not TOML": Broken('version = "2026.1"', 'version = "2026.1', "the file", "quotes"),
    "the same key twice": Broken(
        'version = "2026.1"', 'version = "1"\nversion = "2"', "the file", "once", 'version = "2"'
    ),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_with_its_place_and_its_mend(broken: Broken) -> None:
    problems = problems_of(broken.text)

    found = {problem.key_path: problem for problem in problems}
    assert broken.path in found, problems
    assert found[broken.path].line == broken.line
    assert broken.mend in found[broken.path].mend
    assert len(problems) <= 2, "one mistake should not be told many times"


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_every_problem_says_what_is_wrong_in_a_sentence(broken: Broken) -> None:
    for problem in problems_of(broken.text):
        assert problem.what.endswith(".")
        assert problem.mend.rstrip("…").endswith(".")
        assert "pydantic" not in str(problem).lower()


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    text = STANDARD.replace("minutes = 12", "minutes = 0", 1).replace('opens = "08:00"', 'opens = "8"', 1)
    text = text.replace('icpc_anchor = "s47_start"', 'icpc_anchor = "x"', 1)

    with pytest.raises(BadPracticeFile) as refused:
        read_practice(text)

    assert [problem.key_path for problem in refused.value.problems] == [
        "icpc_anchor",
        "item[4].minutes",
        "quiet_hours.opens",
    ]
    heading, *told = str(refused.value).split("\n")
    assert heading == "The practice file can't be used: 3 problems."
    assert told[1].startswith(f"  line {line_with(text, 'minutes = 0')}, item[4].minutes: ")


def test_checks_across_the_file_are_told_together_too() -> None:
    text = STANDARD.replace("item = 13\n", "item = 77\n", 1).replace('core = ["CSC"', 'core = ["CSD"', 1)

    assert [problem.key_path for problem in problems_of(text)] == ["quorum.core[1]", "gate[11].item"]


TABLES_OF_FREE_WORDS = ("sources", "glossary", "avoided_words")
HEADERS = [
    (number, line)
    for number, line in enumerate(STANDARD.split("\n"), 1)
    if line.startswith("[") and line.strip("[]") not in TABLES_OF_FREE_WORDS
]
ROWS = [number for number, line in enumerate(STANDARD.split("\n"), 1) if line.startswith("  { code = ")]
KEYS = st.from_regex(r"zz_[a-z]{1,8}", fullmatch=True)


@settings(max_examples=40, deadline=None)
@given(header=st.sampled_from(HEADERS), key=KEYS)
def test_an_unknown_key_never_passes_in_any_table(header: tuple[int, str], key: str) -> None:
    written = STANDARD.split("\n")
    written.insert(header[0], f"{key} = 1")

    (problem,) = problems_of("\n".join(written))

    assert problem.key_path.endswith(f".{key}")
    assert problem.line == header[0] + 1


@settings(max_examples=40, deadline=None)
@given(number=st.sampled_from(ROWS), key=KEYS)
def test_an_unknown_key_never_passes_in_any_row(number: int, key: str) -> None:
    written = STANDARD.split("\n")
    written[number - 1] = written[number - 1].replace("{ ", f"{{ {key} = [], ", 1)

    (problem,) = problems_of("\n".join(written))

    assert problem.key_path.endswith(f".{key}")
    assert problem.line == number


@settings(deadline=None)
@given(st.text(alphabet="[]{}=\"'\\\n.,#ab1 \t", max_size=60))
def test_any_scribble_is_refused_and_never_a_fault(scribble: str) -> None:
    assert problems_of(scribble)


@pytest.mark.parametrize("text", ["", "x = " + "[" * 5000 + "]" * 5000, "x = " + "9" * 5000, "\x00", "a = nan"])
def test_what_is_no_practice_at_all_is_refused(text: str) -> None:
    assert problems_of(text)


def test_a_file_of_its_own_reads_like_the_standard_and_has_the_digest_of_its_bytes(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    content = STANDARD.replace("2026.1", "2026.1-bristol").replace("\n", "\r\n").encode()
    file.write_bytes(content)

    ours = read_practice(file)

    assert ours.version == "2026.1-bristol"
    assert ours.digest == sha256(content).hexdigest()
    assert ours.items == standard_practice().items


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_text_that_is_kept_reads_as_the_same_practice_again(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes((mark + STANDARD).encode())

    assert read_practice(practice_text(file)) == read_practice(file)


def test_a_file_that_is_not_utf8_is_refused_with_the_line(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes(b'version = "1"\nname = "caf\xe9"\n')

    with pytest.raises(BadPracticeFile) as refused:
        read_practice(file)

    assert refused.value.problems[0].line == 2
    assert "UTF-8" in refused.value.problems[0].mend


def test_a_gate_test_may_be_left_out() -> None:
    start = STANDARD.index('[[gate]]\ncode = "dissent"')
    end = STANDARD.index("[[gate]]", start + 1)

    practice = read_practice(STANDARD[:start] + STANDARD[end:])

    assert "dissent" not in [test.code for test in practice.gate]
    assert len(practice.gate) == len(standard_practice().gate) - 1


def test_the_standard_practice_is_read_once() -> None:
    assert standard_practice() is standard_practice()
    assert standard_practice().digest == sha256(STANDARD.encode()).hexdigest()


def test_places_are_said_as_people_count() -> None:
    assert say_path(("item", 1, "form", 0, "code")) == "item[2].form[1].code"
    assert say_path(("glossary", "Think Family")) == 'glossary."Think Family"'
    assert say_path(()) == "the file"


def test_every_table_of_the_standard_practice_is_in_use() -> None:
    tables = {path[0] for path in lines_of(STANDARD)}

    for table in sorted(map(str, tables)):
        renamed = problems_of(
            "\n".join(
                line.replace(table, f"x{table}", 1) if line.lstrip("[").startswith(table) else line
                for line in STANDARD.split("\n")
            )
        )
        assert renamed, table

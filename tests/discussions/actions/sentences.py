"""Sentences as people type them, each with all that is to be pointed out in it; one a line, codes behind the bar."""

from __future__ import annotations

from datetime import date

from discussions.actions.lint import OpenAction, Owner, World
from tests.discussions.actions.story import CHRISTMAS, PRACTICE, TEN
from tests.doubles import CalendarOfDays

WORLD = World(
    owners=(
        Owner("Helen Marsh", role="Detective sergeant", agency="Police", hours="Mon-Fri 08:00-16:00"),
        Owner("Lighthouse", agency="Police", is_desk=True, hours="24/7"),
        Owner("Priya Nair", role="Social worker", agency="Children's social care"),
        Owner("Tom Bexley", role="Health visitor", agency="Health"),
        Owner("Jo Smith", role="DSL", agency="School"),
        Owner("Jo Baker", role="Consultant paediatrician", agency="Health"),
        Owner("Max Wood", role="GP", agency="Health", is_here=False),
        Owner("Carl Poe", role="Detective constable", agency="Police"),
        Owner("Ann Lee", role="IDVA", agency="Next Link"),
        Owner("Bo Ray", role="Probation officer", agency="Probation"),
        Owner("Emergency Duty Team", agency="Children's social care", is_desk=True, hours="24/7"),
    ),
    now=TEN,
    practice=PRACTICE,
    calendar=CalendarOfDays(CHRISTMAS),
    latest=date(2026, 12, 8),
    open_actions=(OpenAction("open", "Bo Ray", "Check the licence conditions with the prison"),),
)

SENTENCES = """
Helen Marsh sees A alone at school by Thu 14:00 tell chair |
action: Helen Marsh sees A by Fri 14:00 tell chair |
action Helen Marsh: see A alone at school by tomorrow 15:00 tell chair |
Priya Nair books the medical for B by Thu 12:00 tell Jo Smith |
The SW sends the chronology to the chair by Thu 12:00 |
Tom Bexley weighs B at clinic by Mon 10:00 and rings the social worker with the weight |
HV to ring GP for the records by Thu 12:00 |
Carl Poe secures the CCTV from the shop by Thu 12:00, tell Helen Marsh |
action: safety: DS Helen Marsh arrests the father by today 15:00 tell the SW if not done DC Poe rings EDT |
action: safety: Helen Marsh checks the address by today 15:00 tell the SW | no_contingency
Safety: Priya Nair takes A to the grandmother by today 18:00; tell chair; if she refuses, EDT finds a placement |
Lighthouse secures the phone by today 14:00 tell chair | no_contingency
Lighthouse secures the phone by Fri 14:00 tell chair |
Bo Ray confirms the licence conditions by Thu 12:00 to Priya Nair |
Ann Lee refers the mother to MARAC by Thu 12:00 tell SW |
Max Wood sends the records by Thu 12:00 tell chair | not_in_room
The GP to send a summary to the social worker by Thu 12:00 | not_in_room
Emergency Duty Team visits the home on Sat 21/11 10:00 tell chair |
Helen Marsh visits the home on Sat 21/11 10:00 tell chair | not_working_day
Priya Nair visits the family by Sunday 22 November 12:00 tell chair | not_working_day
Lighthouse checks the address by Sun 22/11 12:00 tell chair |
Priya Nair sends the report to the chair by 25/12/2026 | after_icpc not_working_day
Priya Nair completes the assessment by 15/12 tell chair | after_icpc
Priya Nair completes the assessment by 8 December tell chair |
Priya Nair completes the assessment by 9 Dec tell chair | after_icpc
Helen Marsh sees A by 16/11 tell chair | due_past
Helen Marsh sees A by yesterday 14:00 tell chair | due_past
Helen Marsh sees A by today 09:00 tell chair | due_past
Helen Marsh sees A by 9am tell chair | due_past
Helen Marsh sees A by 25:00 tell chair | impossible_due
Helen Marsh sees A by 30/02 tell chair | impossible_due
Helen Marsh sees A by 12/13/2026 tell chair | impossible_due
Helen Marsh sees A by 14:75 on Friday tell chair | impossible_due
Helen Marsh sees A by Wednesday 20/11 14:00 tell chair | impossible_due
Helen Marsh sees A by 01/03/2030 tell chair | impossible_due
Helen Marsh sees A by next Friday 14:00 tell chair | unclear_due
Helen Marsh sees A by Thursday or Friday tell chair | unclear_due
Helen Marsh sees A by midnight tell chair | unclear_due
Helen Marsh sees A by Tuesday 14:00 tell chair | unclear_due
Helen Marsh sees A between 2 and 4pm tell chair | unclear_due
Helen Marsh sees A by today tell chair | no_time
Helen Marsh sees A this afternoon tell chair | no_time
Helen Marsh sees A tonight tell chair | no_time
Helen Marsh sees A by 17/11 tell chair | no_time
Helen Marsh sees A by tomorrow tell chair |
Helen Marsh sees A within 24 hours tell chair |
Helen Marsh sees A within 2 hours tell chair |
Helen Marsh sees A in 3 days tell chair |
Helen Marsh sees A within 5 working days tell chair |
Helen Marsh sees A ASAP tell chair | vague_due
Helen Marsh sees A as soon as possible and tells the chair | vague_due
Helen Marsh to see A urgently, tell chair | vague_due
Helen Marsh sees A soon tell chair | vague_due
Helen Marsh sees A this week tell chair | vague_due
Helen Marsh sees A by end of the week tell chair | vague_due
Helen Marsh sees A before the weekend tell chair | vague_due
Helen Marsh sees A before discharge tell chair | vague_due
Helen Marsh sees A by the next core group meeting tell chair | vague_due
Helen Marsh sees A in due course tell chair | vague_due
Helen Marsh sees A TBC tell chair | vague_due
Helen Marsh sees A by close of business tell chair | vague_due
Helen Marsh sees A by COP tell chair | vague_due
Helen Marsh sees A by end of school tell chair | vague_due
Helen Marsh sees A once bail is agreed tell chair | vague_due
Helen Marsh sees A immediately tell chair | vague_due
Helen Marsh sees A tell chair | no_due
Helen Marsh sees A weekly tell chair | no_due
Tom Bexley visits every Monday tell chair | no_due
Helen Marsh sees A by Fri 14:00 | no_feedback
Helen Marsh sees A by Fri 14:00 tell the mother | no_feedback
Priya Nair rings the mother by Fri 14:00 | no_feedback
Priya Nair tells the parents of the outcome by Fri 14:00 | no_feedback
Priya Nair tells the parents by Fri 14:00 and lets the chair know |
Priya Nair rings the GP by Fri 14:00 |
Priya Nair updates the core group by Fri 14:00 |
Tom Bexley visits by Fri 14:00, feedback to SW |
Tom Bexley visits by Fri 14:00 and reports back to all |
Tom Bexley visits by Fri 14:00; chair informed by 16:00 |
Jo Smith emails the attendance record to Priya by Fri 14:00 |
Tom Bexley visits with the social worker by Fri 14:00 | no_feedback
Someone sees A by Fri 14:00 tell chair | no_owner
We need to see A by Fri 14:00 tell chair | no_owner
All to share chronologies with the SW by Fri 14:00 | no_owner
Professionals to share information by Fri 14:00 tell chair | no_owner
Police to check the address by Fri 14:00 tell chair | no_owner
The school will keep a diary of A's attendance until Fri 14:00 tell chair | no_owner
Health to send the records to the SW by Fri 14:00 | no_owner
Children's social care to refer to CAMHS by Fri 14:00 tell chair | no_owner
A social worker to visit by Fri 14:00 tell chair | no_owner
Ring the mother by Fri 14:00 tell chair | no_owner
Refer to MARAC by Fri 14:00 tell chair | no_owner
Helen Marsh & Carl Poe see A by Fri 14:00 tell chair | two_owners
Helen Marsh, Carl Poe see A by Fri 14:00 tell chair | two_owners
SW/HV to visit by Fri 14:00 tell chair | two_owners
The social worker and the DC visit A by Fri 14:00 tell chair | two_owners
Both the SW and the HV to visit by Fri 14:00 tell chair | two_owners
Police and social care to visit by Fri 14:00 tell chair | two_owners
Helen Marsh visits jointly with the social worker by Fri 14:00 tell chair |
Helen Marsh, with Priya Nair, visits by Fri 14:00 tell chair |
Priya Nair sees A and Carl Poe interviews the father by Fri 14:00 tell chair | two_owners
Bob Stone sees A by Fri 14:00 tell chair | unknown_owner
Zoe to see A by Fri 14:00 tell chair | unknown_owner
The midwife to see A by Fri 14:00 tell chair | unknown_owner
Housing officer to inspect the flat by Fri 14:00 tell chair | unknown_owner
Jo sees A by Fri 14:00 tell chair | unclear_owner
Mum to take A to the GP by Fri 14:00 tell chair | unknown_owner
Referral to be made to early help by Fri 14:00 tell chair | no_owner passive
Referral to be made to early help by the SW by Fri 14:00 tell chair | passive
Medical to be arranged by Fri 14:00 tell chair | no_owner passive
B needs to be examined by Fri 14:00 tell chair | no_owner passive
Bruises to be photographed by DC Poe by Fri 14:00 tell chair | passive
Legal advice is required by Fri 14:00 tell chair | no_owner passive
Helen Marsh: home visit by Fri 14:00 tell chair | no_verb
Helen Marsh home visit by Fri 14:00 tell chair | no_verb
Priya Nair a referral to MARAC by Fri 14:00 tell chair | no_verb
Priya Nair by Fri 14:00 tell chair | no_wording
Priya Nair | no_due no_feedback no_wording
by Fri 14:00 | no_feedback no_owner no_wording
action: | no_due no_feedback no_owner no_wording
Priya Nair monitors A by Fri 14:00 tell chair | vague_word
Priya Nair to consider a referral by Fri 14:00 tell chair | vague_word
Priya Nair liaises with school by Fri 14:00 tell chair | vague_word
Priya Nair to support the mother by Fri 14:00 tell chair | vague_word
Priya Nair to explore contact as appropriate by Fri 14:00 tell chair | vague_word vague_word
Priya Nair rings the support worker by Fri 14:00 tell chair |
Priya Nair to follow up with the school by Fri 14:00 tell chair | vague_word
Priya Nair to look into housing by Fri 14:00 tell chair | vague_word
Priya Nair assesses the grandmother by Fri 14:00 tell chair | no_measure
Priya Nair assesses the grandmother with a written report by Fri 14:00 tell chair |
Priya Nair supervises contact by Fri 14:00 tell chair | no_measure
Helen Marsh plans the arrest by Fri 14:00 tell chair | no_measure
Jo Smith ensures A is safe at school by Fri 14:00 tell chair | no_measure
Jo Smith makes sure A gets home by Fri 14:00 tell chair | no_measure
Priya Nair reviews the plan by Fri 14:00 tell chair | no_measure
Jo Smith to ensure that A is collected by the grandmother, confirmed in writing, by Fri 14:00 tell chair |
DS Marsh sees A by Fri 14:00 tell chair |
Helen sees A by Fri 14:00 tell chair |
Marsh to see A by Fri 14:00 tell chair |
The allocated social worker will see A by Fri 14:00 tell chair |
A's social worker sees A by Fri 14:00 tell chair |
The school DSL checks the register by Fri 14:00 tell chair |
The police DS checks PNC by Fri 14:00 tell chair |
I will ring the mother by Fri 14:00 tell the DS |
The chair convenes a review discussion by Fri 14:00 tell all |
Priya Nair to convene a legal planning meeting by 24/11 tell chair |
Jo Baker examines B at 10 Elm Road on Thu 14:00, opinion to SW |
By Fri 14:00 Priya Nair visits, tell chair |
Priya Nair, by Fri 14:00, visits the home; tell chair |
Today 16:00: Priya Nair sees A, ring chair after |
Bo Ray checks the licence conditions with the prison by Thu 12:00 tell chair | duplicate
Bo Ray checks licence conditions with prison by Thu 12:00 tell chair | duplicate
Bo Ray checks the curfew by Thu 12:00 tell chair |
Priya Nair checks the licence conditions with the prison by Thu 12:00 tell chair |
The health visitor visits with the social worker by Wed 12:00 to observe feeding and sleeping space; note to the SW. |
Referral to be made to MARAC | no_due no_feedback no_owner passive
School and HV to monitor | no_due no_feedback two_owners vague_word
SW to liaise with all agencies ASAP | no_feedback vague_due vague_word
The DS gets a bail condition of no contact with A; confirms the wording to the social worker by 20:00. |
The probation officer confirms licence residence to the social worker by noon tomorrow. |
"""


def sentences() -> list[tuple[str, list[str]]]:
    lines = [line.rpartition("|") for line in SENTENCES.splitlines() if line.strip()]
    return [(sentence.strip(), codes.split()) for sentence, _, codes in lines]

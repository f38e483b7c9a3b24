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
Lighthouse secures the phone by today 14:00 tell chair |
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
I will ring the mother by Fri 14:00 tell the DS | no_owner
The chair convenes a review discussion by Fri 14:00 tell all |
Priya Nair to convene a legal planning meeting by 24/11 tell chair |
Jo Baker examines B at 10 Elm Road on Thu 14:00, opinion to SW |
By Fri 14:00 Priya Nair visits, tell chair |
Priya Nair, by Fri 14:00, visits the home; tell chair |
Today 16:00: Priya Nair sees A, ring chair after |
Safety: Priya Nair takes A to the grandmother by today 18:00; tell chair; if she refuses, EDT finds a placement |
Priya Nair moves A to the grandmother by today 14:00 tell chair | no_contingency
Priya Nair visits on Thursday 19/11 by Friday 20/11 tell chair | unclear_due
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
Priya Nair to apply for an EPO by today 16:00, tell the DS | no_contingency
Priya Nair to apply for an EPO by Thu 12:00, tell the DS |
Tom Bexley to attend the medical with B on Thu 10:00 and feed back to SW |
Priya to speak to mum about where A sleeps by Thu 12:00 then update chair |
DC Poe to take a statement from the teacher by Thu 16:00, copy to SW |
Jo Smith to keep A in school until SW arrives today 15:30, ring SW if mum turns up | no_contingency
School DSL to email attendance data to SW by 5pm today |
Priya Nair to complete a genogram by 30 Nov and share with all |
Priya Nair to do a home visit within 24 hours and let the chair know |
HV to complete growth chart by Mon 23rd Nov, send to paediatrician |
Ann Lee to complete a DASH with mum by Thu 19 Nov 4pm, result to SW and DS |
Priya Nair will see A and C at school on Thursday at 10am, then call Helen |
Health visitor (Tom) to visit Thursday 2pm and report back to the SW |
DS Marsh - arrest dad by 6pm today - tell SW |
Priya Nair: write to the parents with the outcome by Thu 12:00, copy to IRO |
Priya Nair to check with housing who lives at the address by tomorrow noon & tell DS |
Carl Poe/Priya Nair joint visit tomorrow 10:00 tell chair | no_verb two_owners
Everyone to share chronologies by Fri 20/11 noon with SW | no_owner
Core group to meet by Fri 27/11 tell chair | no_owner
Team around the child to review by Fri 27/11 tell chair | no_measure no_owner
The team manager to allocate by tomorrow noon tell SW | unknown_owner
A to be seen by the paediatrician today at 4pm, opinion to SW | passive
A to be seen ASAP | no_feedback no_owner passive vague_due
Child to be spoken to alone by Priya by Thu 12:00 tell chair | passive
Nursery to be informed by Thu 12:00 | no_owner passive
Nursery to be told of the plan by SW by Thu 12:00 | passive
Legal planning meeting to be held by 24/11 tell chair | no_owner passive
Chronology needs updating by 24/11 tell chair | no_owner passive
Consider NRM referral | no_due no_feedback no_owner vague_word
SW to continue to support family | no_due no_feedback vague_word vague_word
HV to keep an eye on weight | no_due no_feedback vague_word
Agencies to remain vigilant | no_due no_feedback no_owner vague_word
Police to keep everyone updated as necessary | no_due no_owner vague_word
Priya Nair to try to see A by Thu 12:00 tell chair | vague_word
Priya Nair to offer support to gran by Thu 12:00 tell chair | vague_word
Priya Nair to discuss contact with dad by Thu 12:00 tell chair | vague_word
Tom Bexley weighs B regularly tell SW | no_due vague_word
Priya Nair sees A by Thu 30:00 tell chair | impossible_due
Priya Nair sees A by 29 February 2027 tell chair | impossible_due
Priya Nair sees A by Thu 18/11 tell chair | impossible_due
Priya Nair sees A by 24:00 Thu tell chair | unclear_due
Priya Nair sees A by Thu/Fri tell chair | unclear_due
Priya Nair sees A on 19 or 20 November tell chair | unclear_due
Priya Nair sees A by 10:00-12:00 Thursday tell chair | unclear_due
Priya Nair sees A by Thu 5 tell chair | unclear_due
Priya Nair sees A on 10/11 tell chair | due_past
Priya Nair sees A last Friday tell chair | no_due
Priya Nair sees A by 1 Nov tell chair | due_past
Priya Nair sees A by Monday 16 November 2026 tell chair | due_past
Priya Nair sees A by end of term tell chair | vague_due
Priya Nair sees A by half term tell chair | vague_due
Priya Nair sees A before the next meeting tell chair | vague_due
Priya Nair sees A when possible tell chair | vague_due
Priya Nair sees A over the weekend tell chair | vague_due
Priya Nair sees A by Christmas tell chair | vague_due
Priya Nair sees A at the earliest opportunity tell chair | vague_due
Priya Nair sees A by EOD tell chair | vague_due
Priya Nair sees A by end of day today tell chair | vague_due
Priya Nair sees A by close of play Friday tell chair |
Priya Nair sees A by end of Thursday tell chair |
Priya Nair sees A by the end of November tell chair | vague_due
Priya Nair sees A first thing tomorrow tell chair |
Priya Nair sees A tomorrow morning tell chair |
Priya Nair sees A by tomorrow lunchtime tell chair |
Priya Nair sees A this evening tell chair | no_time
Priya Nair sees A later today tell chair | no_time
Priya Nair sees A by Boxing Day tell chair | vague_due
Priya Nair sees A by 19/11/26 14.30 tell chair |
Priya Nair sees A by half 3 tomorrow tell chair |
Priya Nair sees A at school at home time tell chair | vague_due
Priya Nair sees A Thursday tell chair |
Priya Nair sees A Thurs 2pm; tell chair |
Priya Nair sees A 2pm Thursday. Tell chair. |
Priya Nair sees A by noon on 19 November and tells the chair and DS Marsh |
Priya Nair will ring Ann Lee after the visit on Thu 10:00 |
Tom Bexley to ring mum by Thu 12:00 and tell nobody | no_feedback
Jo Baker to examine B and C on Thu 14:00; written opinion to the SW and the DS on the day |
Emergency Duty Team to ring gran tonight 20:00 and email Priya |
Priya Nair rings gran by 25 Dec 10:00 tell DS | after_icpc not_working_day
Lighthouse reviews the footage by Sat 21/11 10:00 tell DS | no_measure
The lighthouse desk to check intelligence by Thu 10:00 tell DS |
Gran to have A until Friday 20/11 tell chair | unknown_owner
Dad to leave the home by today 17:00, tell chair | unknown_owner
Priya Nair and team to visit by Thu 12:00 tell chair | two_owners
DS/DC to visit by Thu 12:00 tell SW | two_owners
Priya Nair + Tom Bexley visit by Thu 12:00 tell chair | two_owners
Priya Nair, Tom Bexley and Jo Smith meet by Thu 12:00 tell chair | two_owners
Priya Nair or Tom Bexley visits by Thu 12:00 tell chair | two_owners
Tom Bexley visits with Priya Nair by Thu 12:00 tell chair |
Tom Bexley accompanied by the SW visits by Thu 12:00 tell chair |
Priya Nair (with Helen Marsh) sees A by Thu 12:00 tell chair |
Priya Nair, social worker, sees A by Thu 12:00 tell chair |
Helen Marsh (police) checks PNC by Thu 12:00 tell SW |
Priya Nair from social care sees A by Thu 12:00 tell chair |
Doctor Jo Baker examines B by Thu 12:00 tell SW |
Dr Baker examines B by Thu 12:00 tell SW |
Jo B examines B by Thu 12:00 tell SW |
Paediatrician examines B by Thu 12:00 tell SW |
Her social worker sees A by Thu 12:00 tell chair |
The named social worker (Priya) sees A by Thu 12:00 tell chair |
action: immediate safety: EDT places A with foster carers by today 20:00 tell SW, if no bed ring duty manager |
action: safety Helen Marsh removes A under s46 by today 13:00 tell SW | no_contingency
action: Helen Marsh: safety: removes A under s46 by today 13:00 tell SW unless mum agrees to s20 |
Safety plan to be shared with school by Thu 12:00 | no_owner passive
Priya Nair shares the safety plan with the school by Thu 12:00 |
Priya Nair visits; if no answer by 16:00 today, police welfare check | no_feedback
Priya Nair asks the school whether A has bruises by Thu 12:00 | no_feedback
Priya Nair asks the school whether A has bruises by Thu 12:00, tell chair |
Priya Nair requests the ICPC by Thu 12:00 | no_feedback
Priya Nair safeguards A by Thu 12:00 tell chair | no_measure
Priya Nair manages contact by Thu 12:00 tell chair | no_measure
Priya Nair helps mum by Thu 12:00 tell chair | no_measure
Priya Nair to oversee the visits by Thu 12:00 tell chair | no_measure
Priya Nair to coordinate the plan by Thu 12:00 tell chair | no_measure
Priya Nair assesses parenting using the graded care profile by Thu 12:00 tell chair |
Helen Marsh plans the interview with a written plan by Thu 12:00 tell SW |
Priya Nair phone records by Thu 12:00 tell chair | no_verb
Priya Nair - Section 47 by Thu 12:00 tell chair | no_verb
Priya Nair school by Thu 12:00 tell chair | no_verb
Tom Bexley weight by Thu 12:00 tell chair | no_verb
Thu 12:00 tell chair | no_owner no_wording
Thursday | no_feedback no_owner no_wording
tell chair | no_due no_owner
Helen Marsh: by Thu 12:00 | no_feedback no_wording
SW Priya to ring the hospital ward re discharge by 4pm today and email the chair |
Priya to arrange interpreter for Thursday's visit by Wed noon, confirm to HV |
Helen Marsh to bail dad with conditions by today 20:00, SW told at once |
Helen Marsh to speak with CPS about charging by Thu 26/11 and inform SW |
HV to offer mum an appointment on Thu 10:00; let SW know if she does not attend |
Tom Bexley to check GP records for A and B by Thu 10:00 and send summary to all |
School (Jo Smith) to record any comments A makes until Fri 27 Nov, email SW daily |
Ann Lee: safety plan with mum by Thu 16:00, copy to SW | no_verb
Ann Lee to do safety planning with mum by Thu 16:00, copy to SW |
Bo Ray recalls the stepfather to prison by Thu 12:00 tell DS |
Priya Nair to seek legal advice re EPO by tomorrow 12:00 and brief the chair |
Minutes to be sent out | no_due no_feedback no_owner passive
Mum to be told not to let dad in | no_due no_feedback no_owner passive
Dad to be arrested by police by 6pm today, tell SW | no_owner passive
Discharge planning meeting on the ward Thu 10:00 | no_feedback no_owner no_verb
Strategy discussion to reconvene Thu 26 Nov 10:00 tell all | unknown_owner
SW and DS: joint visit Thu 10:00, tell chair | no_verb two_owners
Helen and Priya to do joint visit Thu 10:00, tell chair | two_owners
SW to see children alone at school today | no_feedback no_time
SW to see children alone at school today 2.30pm, feed back to DS |
SW to assess risk | no_due no_feedback no_measure
SW to complete CYPS assessment within 10 working days tell chair |
SW to complete assessment within 42 days | after_icpc no_feedback
SW to complete assessment within 20 working days tell chair | after_icpc
Ongoing monitoring by HV | no_due no_feedback no_verb vague_word vague_word
HV to provide ongoing support and monitor weight | no_due no_feedback vague_word vague_word
All professionals to be alert to signs of neglect | no_due no_feedback no_owner vague_word
Everyone to keep SW informed | no_due no_owner
Police to explore options re bail and liaise with CSC | no_due no_feedback no_owner vague_word vague_word
Need to think about placement | no_due no_feedback no_owner vague_word
Paediatrician opinion by tomorrow noon, tell SW | no_verb
Jo Baker to send report tomorrow at noon to Priya Nair |
Priya Nair to request medical from Jo Baker by today 12:00, tell chair |
Priya Nair sees A by 12/11/2026 tell chair | due_past
Priya Nair sees A by 17/11/2025 tell chair | due_past
Priya Nair sees A by 17:61 tell chair | impossible_due
Priya Nair sees A by Sunday 22/11 at 10:00 tell chair | not_working_day
Priya Nair sees A by this Saturday 10:00 tell chair | not_working_day
EDT to call gran Saturday 10am and email SW |
Priya Nair sees A within one week tell chair |
Priya Nair sees A in a fortnight tell chair |
Priya Nair sees A within 28 days tell chair | after_icpc
Priya Nair sees A by 3pm on the 20th tell chair |
Priya Nair sees A by 20 Nov or as soon as possible tell chair | vague_word
Priya Nair sees A as soon as mum agrees tell chair | vague_due
Priya Nair sees A by next week tell chair | vague_due
Priya Nair sees A by mid December tell chair | vague_due
Priya Nair sees A next month tell chair | vague_due
Priya Nair sees A by Wednesday the 19th tell chair | impossible_due
Priya Nair sees A at 3 tell chair |
Priya Nair to ring 0117 496 0000 by Thu 10:00 tell chair |
Priya Nair to visit 14 Elm Road by Thu 10:00 tell chair |
Priya Nair takes A (7) to gran by Thu 10:00 tell chair |
Priya Nair refers under s17 by Thu 10:00 tell chair |
Priya Nair to see A, B and C by Thu 10:00 tell chair |
Priya Nair to meet Helen Marsh and Tom Bexley by Thu 10:00 tell chair |
Priya Nair rings Helen Marsh by Thu 10:00 |
Priya Nair emails everyone the plan by Thu 10:00 |
Priya Nair emails mum the plan by Thu 10:00 | no_feedback
Priya Nair explains the plan to mum and the school by Thu 10:00 |
Priya Nair: ask dad where he is living by Thu 10:00, tell DS |
priya nair to see a at home by thu 10:00 tell chair |
PRIYA NAIR TO SEE A AT HOME BY THU 10:00 TELL CHAIR |
Priya Nair will be seeing A at home on Thu at 10:00; chair to be told |
Priya's manager to allocate by Thu 10:00 tell chair | unknown_owner
The reviewing officer to chair the ICPC by 8 Dec tell SW | unknown_owner
The neighbour to keep a diary by Thu 10:00 tell SW | unknown_owner
CAMHS to assess A within 5 working days, report to SW | no_owner
CAMHS worker to assess A within 5 working days, report to SW | unknown_owner
Legal to advise by Thu 10:00 tell SW | no_owner
Nobody to visit alone by Thu 10:00 tell SW | no_owner
A N Other to ring mum by Thu 10:00 tell SW | unknown_owner
Whoever is on duty rings mum by Thu 10:00 tell SW | no_owner
One of us to ring mum by Thu 10:00 tell SW | no_owner
Priya Nair to give Helen Marsh a copy of the plan by Thu 10:00 |
Priya Nair to give the DC a copy of the plan by Thu 10:00 |
Priya Nair to send Helen Marsh photos by Thu 10:00 |
Priya Nair to give mum a copy of the plan by Thu 10:00 | no_feedback
Priya Nair to give GP records to mum by Thu 10:00 | no_feedback
Priya Nair to return Helen Marsh's call by Thu 10:00 | no_feedback
Priya Nair to find out who else lives there by Thu 10:00 and tell DS |
Priya Nair to ask whether anyone else saw it by Thu 10:00, tell DS |
action: safety: Priya Nair sees A by Thu 10:00 tell DS else Lighthouse visits |
Tom Bexley watches A at clinic from 15:00 today until the SW comes, tell DS |
Priya Nair to get the records from Monday until Thu 10:00, tell DS |
Bo Ray to check licence conditions with the prison by Thu 10:00 and let Priya know | duplicate
Bo Ray to check licence conditions with the prison by Thu 10:00, then email Priya | duplicate
Health records should be obtained by Thu 10:00, tell SW | passive no_owner
HV records to be obtained by Thu 10:00, tell SW | passive no_owner
Police checks are to be made by Thu 10:00, tell SW | passive no_owner
Priya Nair to print the scan by Thu 10:00 and get it to Helen Marsh |
Agreed Priya Nair sees A by Thu 10:00, tell DS |
Agreed that Priya Nair will see A by Thu 10:00, tell DS |
Agreed to see A by Thu 10:00, tell DS | no_owner
Priya Nair asks to be told the result by Thu 10:00, tell DS |
Priya Nair rings mum by 3 this afternoon, tell DS |
Priya Nair rings mum by 9 this morning, tell DS | due_past
Tom Bexley visits at 2 on Thursday afternoon, tell SW |
Tom Bexley sees the 3 this afternoon, tell SW | no_time
Jo Smith gets the timetable to Priya by Thu 10:00 |
Priya Nair gets A to Jo Baker by Thu 10:00 | no_feedback
Tom Bexley leaves a message for Priya Nair by Thu 10:00 |
Tom Bexley leaves a message for mum by Thu 10:00 | no_feedback
Carl Poe checks the garage by Thu 10:00 and Priya informed |
Carl Poe checks the garage by Thu 10:00 and mum informed | no_feedback
The lock must be changed by Carl Poe by Thu 10:00 and Priya notified | passive
The lock must be changed by Carl Poe and Priya by Thu 10:00, tell DS | passive two_owners
"""


def sentences() -> list[tuple[str, list[str]]]:
    lines = [line.rpartition("|") for line in SENTENCES.splitlines() if line.strip()]
    return [(sentence.strip(), codes.split()) for sentence, _, codes in lines]

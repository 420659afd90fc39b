"""What is written down beside the trade: presence, checks, scores, tasks, events, attendance, tests, pay, tickets."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from flows.demo import attendance, dsr, events, helpdesk, learning, pay, presence, quality, work
from flows.demo.world import World, stream


@dataclass(frozen=True)
class Records:
    """Further tables of the generator; `terms` belongs to the world's tickets, row by row, `desk_terms` to these."""

    presence: pd.DataFrame
    checks: pd.DataFrame
    shop_scores: pd.DataFrame
    tasks: pd.DataFrame
    events: pd.DataFrame
    attendance: pd.DataFrame
    exams: pd.DataFrame
    pay: pd.DataFrame
    terms: pd.DataFrame
    desk_tickets: pd.DataFrame
    desk_terms: pd.DataFrame


def make_records(world: World, seed: int) -> Records:
    """Draw them, each from a stream of its own; nothing of the world changes by it."""
    part, setting = partial(stream, seed), world.setting
    people, chat = setting.people, setting.chat
    tickets = helpdesk.make_desk_tickets(part("desk tickets"), people)
    return Records(
        presence=presence.make_presence(part("presence"), setting),
        checks=quality.make_checks(part("checks"), people, chat, world.sessions, tickets),
        shop_scores=dsr.make_shop_scores(part("shop scores")),
        tasks=work.make_tasks(part("tasks"), people),
        events=events.make_events(part("events"), people, chat, world.sessions),
        attendance=attendance.make_attendance(part("attendance"), people),
        exams=learning.make_exams(part("exams"), people),
        pay=pay.make_pay(part("pay"), people),
        terms=helpdesk.make_terms(part("terms"), world.tickets),
        desk_tickets=tickets,
        desk_terms=helpdesk.make_terms(part("desk terms"), tickets),
    )

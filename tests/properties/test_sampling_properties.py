"""Laws of the draw: repeatable, fair between agents, hardly moved by one more contact, even over contacts."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.sampling import Contact, draw

_START = datetime(2026, 10, 1)  # noqa: DTZ001 - wall time


def contact(who: str, number: int) -> Contact:
    return Contact(who, _START + timedelta(minutes=number), "s1", f"a-{who}", f"c{number}")


CONTACTS = st.sets(st.tuples(st.sampled_from(["E1", "E2", "NA"]), st.integers(0, 500)), max_size=60).map(
    lambda told: [contact(who, number) for who, number in sorted(told)]
)
SIZES, SEEDS = st.integers(1, 12), st.text(max_size=8)


@settings(deadline=None)
@given(contacts=CONTACTS, size=SIZES, seed=SEEDS, data=st.data())
def test_the_order_of_rows_and_rows_that_stand_twice_do_not_matter(
    contacts: list[Contact], size: int, seed: str, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(contacts))
    assert draw([*shuffled, *contacts[:3]], size, seed) == draw(contacts, size, seed)


@settings(deadline=None)
@given(contacts=CONTACTS, size=SIZES, seed=SEEDS)
def test_everybody_gets_as_many_as_asked_for_or_all_there_are(contacts: list[Contact], size: int, seed: str) -> None:
    drawn = draw(contacts, size, seed)
    assert set(drawn) <= set(contacts)
    assert len(set(drawn)) == len(drawn)
    for who in {each.employee_id for each in contacts}:
        had = sum(each.employee_id == who for each in contacts)
        assert sum(each.employee_id == who for each in drawn) == min(size, had)


@settings(deadline=None)
@given(contacts=CONTACTS, size=SIZES, seed=SEEDS, who=st.sampled_from(["E1", "E2", "NA", "E9"]))
def test_one_more_contact_changes_one_place_of_its_own_agent_at_most(
    contacts: list[Contact], size: int, seed: str, who: str
) -> None:
    more = contact(who, 1000)
    before, after = set(draw(contacts, size, seed)), set(draw([*contacts, more], size, seed))
    assert after - before <= {more}
    assert len(before - after) <= 1
    assert all(each.employee_id == who for each in before - after)


@settings(deadline=None)
@given(contacts=CONTACTS, size=SIZES, seed=SEEDS)
def test_a_larger_sample_keeps_the_smaller_one(contacts: list[Contact], size: int, seed: str) -> None:
    assert set(draw(contacts, size, seed)) <= set(draw(contacts, size + 1, seed))


@settings(deadline=None)
@given(contacts=CONTACTS, size=SIZES, seed=SEEDS)
def test_one_agents_draw_does_not_hang_on_the_others(contacts: list[Contact], size: int, seed: str) -> None:
    for who in ("E1", "E2", "NA"):
        own = [each for each in contacts if each.employee_id == who]
        assert [each for each in draw(contacts, size, seed) if each.employee_id == who] == list(draw(own, size, seed))

"""Which month a scheduled run is about: the one before the day it was due, where the company is."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import schedule
from flows.settings import load_company
from transforms.errors import ConfigError, StorageError

ZONES = st.sampled_from(["Asia/Shanghai", "Asia/Taipei", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati"])
MOMENTS = st.integers(951_868_800, 4_102_444_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))  # 2000…2100


@pytest.mark.parametrize(
    ("due", "month"),
    [
        ("2026-11-20T07:00:00+08:00", "2026-10"),
        ("2026-11-01T00:00:00+08:00", "2026-10"),
        ("2026-10-31T16:30:00+00:00", "2026-10"),  # already November in Shanghai
        ("2026-10-31T15:30:00+00:00", "2026-09"),
        ("2027-01-01T07:00:00+08:00", "2026-12"),
    ],
)
def test_month_before_the_day_it_was_due(due, month):
    assert schedule.scheduled_period(datetime.fromisoformat(due), "Asia/Shanghai").key == month


@given(MOMENTS, ZONES)
def test_it_is_over_and_the_next_month_is_not(due, zone):
    period, today = schedule.scheduled_period(due, zone), due.astimezone(ZoneInfo(zone)).date()
    assert period.end < today
    assert (period.end + timedelta(1)).replace(day=1) == today.replace(day=1)


@given(MOMENTS, ZONES, ZONES)
def test_the_same_moment_written_in_another_zone_is_the_same_month(due, zone, written):
    assert schedule.scheduled_period(due, zone) == schedule.scheduled_period(due.astimezone(ZoneInfo(written)), zone)


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        schedule.scheduled_period(datetime.fromisoformat("2026-11-20T07:00:00"), "Asia/Shanghai")


def test_cron_is_read_in_the_companys_zone(small_company):
    wanted = schedule.cron(load_company(small_company("time_zone: Asia/Taipei\nschedule: {cron: 30 6 21 * *}\n")))
    assert (wanted.cron, wanted.timezone) == ("30 6 21 * *", "Asia/Taipei")


def test_a_wrong_cron_names_file_field_and_what_to_write(small_company):
    company = load_company(small_company("schedule: {cron: every month}\n"))
    with pytest.raises(ConfigError) as caught:
        schedule.cron(company)
    assert caught.value.where.field == "schedule.cron"
    assert "company.yaml" in str(caught.value)
    assert "0 7 20 * *" in caught.value.todo


def test_serving_without_a_server_says_how_to_get_one(small_company, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with pytest.raises(StorageError, match="jixiao up"):
        schedule._server_url(load_company(small_company()))

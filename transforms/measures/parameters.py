"""Every knob of reception, attribution and timeliness, with the reading of the source documents as default."""

from datetime import time
from decimal import Decimal
from typing import Literal

from pydantic import Field

from transforms.titles import Frozen


class MeasureParameters(Frozen):
    """Parameters of the measures (metrics.md "Reception and attribution"; S02 for the filters)."""

    business_day_start: time = time(0, 0)
    after_sales_days: int = Field(default=14, ge=0)
    k_phrase: int = Field(default=2, ge=1)
    k_lines: int = Field(default=3, ge=1)
    order_days: int = Field(default=1, ge=0)
    pay_days: int = Field(default=4, ge=0)
    lookback_days: int = Field(default=2, ge=0)
    judgement: Literal["order", "payment", "order_first"] = "order"
    response_window: Literal["whole_day", "duty_hours", "08_23"] = "whole_day"
    duty_start: time = time(9, 0)
    duty_end: time = time(22, 0)
    off_duty_sessions: Literal["keep", "exclude"] = "keep"
    return_days: int = Field(default=15, ge=0)
    follow_up_days: int = Field(default=7, ge=0)
    repeat_days: int = Field(default=30, ge=0)
    task_days: int = Field(default=7, ge=0)
    good_review_share: Decimal = Field(default=Decimal("0.8"), ge=0, le=1)
    bad_review_share: Decimal = Field(default=Decimal("0.4"), ge=0, le=1)
    slow_seconds: int = Field(default=180, ge=1)
    filters: tuple[Literal["after_sales", "phrase", "single_line", "monologue", "own_account", "mass"], ...] = (
        "after_sales",
        "phrase",
        "single_line",
        "monologue",
        "own_account",
        "mass",
    )

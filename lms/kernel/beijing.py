"""The calendar by which the platform reckons: moments are kept in UTC, days are days in Beijing."""

from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")

"""The schedule: what the battery asks of each member, and how it stands with it.

``refreshing`` writes the plan of ``practice.domain.schedule`` into requests, from the ``facts``
it reads; ``batteries`` holds who set which battery; ``table`` is what the therapist sees, and is
imported from its own module, because asking by hand looks at the schedule too.
Services whose acts change the course of therapy call ``refresh``, and nothing else of it.
"""

from practice.services.schedule.batteries import (
    BatteryPage,
    back_to_default,
    battery_page,
    save_battery,
    switch,
)
from practice.services.schedule.refreshing import refresh, refresh_all

__all__ = [
    "BatteryPage",
    "back_to_default",
    "battery_page",
    "refresh",
    "refresh_all",
    "save_battery",
    "switch",
]

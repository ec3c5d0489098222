"""What a fact of a device's alarm is called in its history. Pure."""

from __future__ import annotations

from typing import Final

from apps import terms
from apps.terms import term
from apps.wording import say
from apps.work.names import Title
from schemas import devices as d
from schemas.envelope import Fact

TITLES: Final[dict[type[Fact], Title]] = {
    d.AlarmRaised: lambda f, n: say("t_alarm", about=n.of("about", f.about).lower()),
    d.AlarmAcknowledged: lambda f, n: say("t_acknowledged"),
    d.AlarmHandled: lambda f, n: say("t_handled", how=term(terms.ALARM_CONTACTS, f.how)),
}

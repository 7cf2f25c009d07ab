"""The oracle is worth something: each fault that is planted is caught, and named for what it is."""

import pytest

from tests.simulator.connections import Connections
from tests.simulator.findings import Fault
from tests.simulator.plants import PLANTS
from tests.simulator.story import simulate

SEEDS = 300
CAUGHT_AS = {
    "record-before-send": {Fault.UNPROVEN},
    "send-before-intent": {Fault.NO_INTENT},
    "resend-on-timeout": {Fault.DOUBLED, Fault.UNRECORDED},
    "advance-from-now": {Fault.PLAN_ASTRAY, Fault.SLOT_LOST, Fault.SLOT_INVENTED},
    "sweep-not-atomic": {Fault.PLAN_ASTRAY, Fault.SLOT_INVENTED, Fault.TIP_REPEATED},
    "sweep-read-once": {Fault.PLAN_ASTRAY, Fault.SLOT_INVENTED},
    "rest-forgotten": {Fault.PLAN_LATE},
    "advance-before-delivery": {Fault.SLOT_LOST},
    "quiet-hours-checked-once": {Fault.IN_QUIET_HOURS},
    "stop-not-heeded": {Fault.UNWANTED, Fault.STALE, Fault.IN_QUIET_HOURS},
    "endless-lease": {Fault.DELIVERY_STUCK},
    "claims-kept": {Fault.DELIVERY_STUCK},
    "plans-left-asleep": {Fault.PLAN_ASTRAY},
    "chat-not-followed": {Fault.DELIVERY_LOST},
    "clock-not-heeded": {Fault.PLAN_ASTRAY},
    "clock-looked-at-once": {Fault.PLAN_ASTRAY},
    "pace-after-intent": {Fault.LATE_CALL, Fault.NOT_IN_FLIGHT},
    "record-dropped": {Fault.UNEXPLAINED_DOUBT, Fault.NOT_IN_FLIGHT},
    "announced-in-two-steps": {Fault.LEFT_OUT, Fault.SLOT_INVENTED},
    "announcement-overtakes": {Fault.OUT_OF_ORDER},
    "announcement-not-stopped": {Fault.UNWANTED},
    "rate-per-process": {Fault.TOO_FAST},
}


def test_every_plant_is_tried() -> None:
    assert CAUGHT_AS.keys() == PLANTS.keys()


@pytest.mark.parametrize("plant", CAUGHT_AS)
def test_a_planted_fault_is_caught(plant: str, connections: Connections) -> None:
    for seed in range(SEEDS):
        wrongs = simulate(seed, connections, PLANTS[plant]).wrongs
        if wrongs:
            assert wrongs[0].fault in CAUGHT_AS[plant], wrongs[0].said
            return
    pytest.fail(f"{SEEDS} seeds saw nothing wrong with {plant}")

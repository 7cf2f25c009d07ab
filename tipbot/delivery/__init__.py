"""Delivery: from a plan whose moment has come to a message that was sent once.

States of a delivery (``core.model.DeliveryState``)::

                       begin_sending: not before ...
              +----------------------------------------+
              v                                        |
    plan --> PENDING --claim--> CLAIMED --begin_sending--> SENDING --record--> SENT
              ^  |                |  |                      |  |
      release |  | expires_at     |  | not wanted           |  +--> RETRY (not sent, 429, moved)
              +--|----------------+  | any more             |  |      |
                 |  lease lapsed     |                      |  |      +--claim--> CLAIMED
                 v                   v                      |  +--> FAILED (bad request, text
              EXPIRED <--------------+                      |  |      that cannot be rendered)
                                                            |  +--> UNREACHABLE (blocked, gone)
                                               in doubt, or |
                                               older than   v
                                               DOUBT_AFTER  UNKNOWN --a tap, a late record--> SENT

Invariants:

1. No call is made whose SENDING is not on disk, and SENDING is committed no more than
   ``rate.AHEAD`` before the place of the call, which is made at the next of the ``departures``: a
   crash leaves in doubt what was in flight, and nothing more.
2. What is in doubt is not sent again (a topic may say otherwise); what never took effect is.
3. No result is dropped while the process lives: a record that the store could not take is repeated.
4. In one chat there is one delivery under way at a time, whoever claims: the store sees to it.
5. One bad row, person or text ends alone: nothing in a batch waits for it or fails with it.
6. What is due is decided by the wall clock that is passed in; pacing, timeouts and backoff run on
   the loop's own monotonic time, so a clock that is moved cannot burst or stall them.

``plan`` writes deliveries, ``send`` claims them and commits intents and records (in ``groups``),
``attempt`` makes the one call, ``sender`` says what it proved, ``rate`` who may go when (by the
``budget`` of all and the pace of ``chats``, both by a ``meter``), ``departures`` what leaves
together, ``gate`` how many in a second at most, ``shared`` makes it one pace for several processes,
``replies`` puts the chat's own messages under it, ``patience`` waits for the store, ``schedule``
ticks.
"""

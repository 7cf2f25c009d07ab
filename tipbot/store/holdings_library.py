"""What is kept of an editor's work on the library."""

from collections.abc import Mapping

from tipbot.core.holdings import Holding
from tipbot.store import holdings_read as read
from tipbot.store.holdings_source import Field, Source

_DRAFT = "SELECT * FROM drafts WHERE subscriber_id = :who"
_TIP_REVISIONS = """
SELECT v.*, t.tip_id FROM tip_versions v JOIN tips t ON t.number = v.number
WHERE (v.number > :after OR (v.number = :after AND v.revision > :after_revision)) AND (
    v.actor_id IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)
    OR v.approved_by IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)
)
ORDER BY v.number, v.revision LIMIT :limit"""
_TIP_PROPOSALS = """
SELECT p.* FROM proposals p
WHERE p.proposal_id > :after AND (
    p.actor_id IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)
    OR p.settled_by IN (SELECT actor_id FROM staff WHERE subscriber_id = :who)
)
ORDER BY p.proposal_id LIMIT :limit"""

SOURCES: Mapping[Holding, Source] = {
    Holding.DRAFT: Source(
        table="drafts",
        sql=_DRAFT,
        omitted={"subscriber_id": "is the person's Telegram user id"},
        fields=(
            Field("text", "payload"),
            Field("kept_until", "expires_at", read.moment),
        ),
    ),
    Holding.TIP_REVISIONS: Source(
        table="tip_versions",
        sql=_TIP_REVISIONS,
        cursor=(("after", "number", 0), ("after_revision", "revision", 0)),
        omitted={
            "kind": "says whether it is a tip or a card, as its id does",
            "content": "is the library's text, which is about nobody",
        },
        fields=(
            Field("tip", "number", read.tip),
            Field("revision", "revision"),
            Field("at", "saved_at", read.moment),
            Field("by_number", "actor_id"),
            Field("approved_by_number", "approved_by"),
            Field("what", "deed"),
            Field("changed", "fields", read.words),
            Field("state", "state"),
        ),
    ),
    Holding.TIP_PROPOSALS: Source(
        table="proposals",
        sql=_TIP_PROPOSALS,
        cursor=(("after", "proposal_id", 0),),
        omitted={"kind": "says whether it is a tip or a card, as its id does"},
        fields=(
            Field("proposal", "proposal_id"),
            Field("tip", "number", read.tip),
            Field("on_revision", "base"),
            Field("at", "proposed_at", read.moment),
            Field("by_number", "actor_id"),
            Field("what", "deed"),
            Field("changed", "fields", read.words),
            Field("state", "state"),
            Field("text", "content", read.content),
            Field("outcome", "outcome"),
            Field("settled_by_number", "settled_by"),
            Field("settled_at", "settled_at", read.moment),
            Field("became_revision", "made"),
            Field("reason", "why"),
            Field("others_told_at", "called_at", read.moment),
        ),
    ),
}

"""Who changed what in the library, what waits for a decision, and the words by which it is found.

Comes after the step that makes ``staff``, to which it refers.
"""

import sqlite_utils

from tipbot.store.migrations.step import Step, alike

# deed is what a revision did; actor_id is NULL for the files. fields are the names of those that
# changed.
_VERSIONS = (
    "ALTER TABLE tip_versions ADD COLUMN state TEXT NOT NULL DEFAULT 'published'",
    "ALTER TABLE tip_versions ADD COLUMN deed TEXT NOT NULL DEFAULT 'sync'",
    "ALTER TABLE tip_versions ADD COLUMN fields TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE tip_versions ADD COLUMN actor_id BIGINT REFERENCES staff (actor_id)",
    "ALTER TABLE tip_versions ADD COLUMN approved_by BIGINT REFERENCES staff (actor_id)",
    "CREATE INDEX tip_versions_actor ON tip_versions (actor_id) WHERE actor_id IS NOT NULL",
    (
        "CREATE INDEX tip_versions_approver"
        " ON tip_versions (approved_by) WHERE approved_by IS NOT NULL"
    ),
    (
        "UPDATE tip_versions SET state = 'retired' WHERE EXISTS (SELECT 1 FROM tips"
        " WHERE tips.number = tip_versions.number AND tips.revision = tip_versions.revision"
        " AND tips.state = 'retired')"
    ),
)

# The title of the newest revision as it stands, and its words and all words for the search; a
# sync fills in those of tips that were there before.
_WORDS = (
    "ALTER TABLE tips ADD COLUMN title TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE tips ADD COLUMN title_words TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE tips ADD COLUMN words TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX tips_browse ON tips (state, shelf, title)",
)

# What the files said when they were last in step with the database.
_BASES = """
CREATE TABLE tip_bases (
    number BIGINT PRIMARY KEY REFERENCES tips (number),
    kind TEXT NOT NULL,
    content TEXT NOT NULL
)"""

# kind and content are what the file says, NULL if it is gone.
_CONFLICTS = """
CREATE TABLE tip_conflicts (
    conflict_id IDENTITY,
    number BIGINT NOT NULL UNIQUE REFERENCES tips (number),
    kind TEXT,
    content TEXT,
    found_at BIGINT NOT NULL
)"""

# base is the revision on top of which the change was proposed, made the one that came of it.
_PROPOSALS = """
CREATE TABLE proposals (
    proposal_id IDENTITY,
    number BIGINT NOT NULL REFERENCES tips (number),
    base BIGINT NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    state TEXT NOT NULL,
    deed TEXT NOT NULL,
    fields TEXT NOT NULL,
    actor_id BIGINT NOT NULL REFERENCES staff (actor_id),
    proposed_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    settled_by BIGINT REFERENCES staff (actor_id),
    settled_at BIGINT,
    made BIGINT
)"""

_ALIKE = alike(
    "0004_revisions",
    *_VERSIONS,
    *_WORDS,
    _BASES,
    (
        "INSERT INTO tip_bases (number, kind, content)"
        " SELECT t.number, v.kind, v.content FROM tips t JOIN tip_versions v"
        " ON v.number = t.number AND v.revision = t.revision WHERE t.state = 'published'"
    ),
    _CONFLICTS,
    _PROPOSALS,
    "CREATE UNIQUE INDEX proposals_one_open ON proposals (number, actor_id) WHERE outcome = 'open'",
    "CREATE INDEX proposals_open ON proposals (proposal_id) WHERE outcome = 'open'",
    "CREATE INDEX proposals_actor ON proposals (actor_id)",
    "CREATE INDEX proposals_settler ON proposals (settled_by) WHERE settled_by IS NOT NULL",
    "CREATE INDEX deliveries_tip ON deliveries (tip_number, state) WHERE tip_number IS NOT NULL",
)

# The words in the columns are cut already (``core.search``), so nothing folds them once more. No
# triggers: whoever writes a tip's words writes them here, too.
_SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE tip_words USING fts5 (title_words, words, content='tips',"
    " content_rowid='number', tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
)
_POSTGRES_SEARCH = (
    "CREATE INDEX tips_words ON tips USING gin (array_to_tsvector(string_to_array(words, ' ')))"
)


def _sqlite(database: sqlite_utils.Database) -> None:
    _ALIKE.sqlite(database)
    database.execute(_SQLITE_SEARCH)
    database.execute("INSERT INTO tip_words (tip_words) VALUES ('rebuild')")


STEP = Step(_ALIKE.name, _sqlite, (*_ALIKE.postgres, _POSTGRES_SEARCH))

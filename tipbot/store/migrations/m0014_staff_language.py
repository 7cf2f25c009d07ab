"""The language of owners and editors, who may be told something without being subscribers."""

from tipbot.store.migrations.step import alike

# As Telegram gave it when they last did something; empty until then.
_LANGUAGE = "ALTER TABLE staff ADD COLUMN language TEXT NOT NULL DEFAULT ''"

STEP = alike("0014_staff_language", _LANGUAGE)

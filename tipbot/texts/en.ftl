### All words of the program in English. Terms are those of docs/glossary.md.

## Shared

button-expired = This button has expired. Send /help to see what I can do.
start-first = Please send /start first; it takes a minute.
something-failed = Something went wrong on my side (code { $code }). Please try again in a moment.

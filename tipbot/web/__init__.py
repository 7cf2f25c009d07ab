"""The program's own HTTP: health, and the webhook."""

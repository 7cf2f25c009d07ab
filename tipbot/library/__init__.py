"""The tip library as files: read, written and checked."""

"""The store: it remembers."""

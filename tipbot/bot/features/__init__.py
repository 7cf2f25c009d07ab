"""What the chat can do, one module a feature."""

"""``main.py`` without its pauses: a chat gets messages as they come, and notices go out at once.

The pace has tests of its own.
"""

from tipbot.bot import notices
from tipbot.cli import main
from tipbot.delivery import chats

if __name__ == "__main__":
    chats.CHAT_INTERVAL = 0.0
    notices.NOTICED_EVERY = 0.5
    main()

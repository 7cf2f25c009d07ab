"""A Telegram bot for people whose face twitches: scheduled tips, and a twitch logged in one tap."""

__version__ = "0.1.0"

"""Starts the program; the installed ``tipbot`` command is the same."""

from tipbot.begin import main

if __name__ == "__main__":
    main()

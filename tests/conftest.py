"""What all tests share: properties are judged by their truth, not by the speed of the machine."""

from hypothesis import settings

settings.register_profile("tipbot", deadline=None)
settings.load_profile("tipbot")

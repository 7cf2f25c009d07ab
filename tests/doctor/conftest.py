from tests.upkeep.conftest import clock, empty_postgres, filled, postgres

__all__ = ["clock", "empty_postgres", "filled", "postgres"]

"""What an owner does to a database from outside: back it up, restore it, move it, examine it.

Every way leads through ``Held``: a database in one transaction. Tables are found by walking the
schema, so a table that comes with a new step is copied, counted and compared like the others.
"""

"""Every button of the chat, as a typed value, one module a part of the chat.

What is new goes into the ``PREFIXES`` of its module. Ids in a button are claims, to be checked
against whoever taps.
"""

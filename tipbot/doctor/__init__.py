"""Looks at a set-up as it is and says what is wrong with it, and the mend; it changes nothing.

No finding repeats a secret: neither the token, nor a password, nor a webhook's address.
"""

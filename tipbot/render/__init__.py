"""Charts and statistics, in processes of their own: plain values in, bytes out.

Only what ``worker`` imports loads matplotlib, NumPy and SciPy; ``pool`` and ``wire`` never do.
"""

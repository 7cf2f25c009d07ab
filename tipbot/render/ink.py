"""What paper looks like: margins, sizes, and colours that a copying machine keeps apart."""

INK = (27, 31, 36)
FAINT = (85, 93, 102)
RULE = (170, 178, 186)
SHADE = (232, 236, 240)
BAR = (0, 84, 140)
MARK = (178, 74, 0)

MARGIN = 15.0
"""Millimetres, as all lengths on paper."""
LINE = 4.4
BODY, SMALL, HEADING, TITLE = 8.5, 7.5, 9.5, 15.0
"""Points."""

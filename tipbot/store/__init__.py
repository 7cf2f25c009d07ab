"""The store: it remembers."""

import sys

if "numpy" not in sys.modules:
    # sqlite-utils loads NumPy wherever it is installed, for arrays that we never store; here it is
    # installed for the drawing process alone, so it is hidden while sqlite-utils looks for it.
    sys.modules["numpy"] = None  # type: ignore[assignment] # documented: 'not to be found'
    try:
        import sqlite_utils  # noqa: F401 - for its side effect
    finally:
        del sys.modules["numpy"]

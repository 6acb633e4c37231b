"""The Python side of the bridge: everything here that knows Optuna's API is called from C#.

Only None, bool, int, float, str, bytes, lists and dicts of these, and opaque objects cross the border.
"""

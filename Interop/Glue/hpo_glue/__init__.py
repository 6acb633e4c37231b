"""The Python side of the bridge: everything here that knows Optuna's API is called from C#.

Only None, bool, int, float, str, bytes, lists and dicts of these, and opaque objects cross the border.
"""

import sys
from importlib.machinery import SourceFileLoader
from importlib.util import spec_from_file_location


class _EmbeddedLoader(SourceFileLoader):
    """Loads modules from memory and gives tracebacks their source; the class is its own finder."""

    sources: dict = {}

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        for folder in path or ():
            stem = f"{folder}/{name.rpartition('.')[2]}"
            for file, folders in ((f"{stem}.py", None), (f"{stem}/__init__.py", [stem])):
                if file in cls.sources:
                    return spec_from_file_location(name, file, loader=cls(name, file), submodule_search_locations=folders)
        return None

    def get_data(self, path):
        return self.sources[path]

    def path_stats(self, path):
        raise OSError(path)  # nothing that bytecode could be kept for


def embed(folder, sources):
    """Imports this package's modules from ``sources``, by their paths below ``folder``; one that has files keeps to them."""
    if "__path__" not in globals():
        globals()["__path__"] = [folder]
        _EmbeddedLoader.sources = sources
        sys.meta_path.insert(0, _EmbeddedLoader)

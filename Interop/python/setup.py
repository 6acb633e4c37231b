"""Puts the built assemblies where the installed package finds them.

HPO_DOTNET_BUNDLE names a folder of built assemblies for the package to carry, as scripts/wheel does. Without it, and in a
clone, the package keeps the clone's place.
"""

import os
import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.dist import Distribution

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:  # before setuptools 70.1
    from wheel.bdist_wheel import bdist_wheel

HERE = Path(__file__).resolve().parent
BUNDLE = os.environ.get("HPO_DOTNET_BUNDLE")


class BuildWithAssemblies(build_py):
    def run(self):
        super().run()
        package = Path(self.build_lib) / "hpo_dotnet"
        # What an earlier build has left.
        shutil.rmtree(package / "assemblies", ignore_errors=True)
        (package / "clone.txt").unlink(missing_ok=True)
        if BUNDLE:
            if not (Path(BUNDLE) / "Hpo.Interop.dll").is_file():
                raise SystemExit(f"HPO_DOTNET_BUNDLE is {BUNDLE}, where there is no Hpo.Interop.dll.")
            shutil.copytree(BUNDLE, package / "assemblies", ignore=shutil.ignore_patterns("*.pdb", "*.xml"))
        elif (HERE.parents[1] / "Hpo.sln").is_file():
            (package / "clone.txt").write_text(f"{HERE.parents[1]}\n", encoding="utf-8")


class PlatformDistribution(Distribution):
    """The native libraries among the assemblies belong to one platform …"""

    def has_ext_modules(self):
        return bool(BUNDLE)


class WheelOfAnyPython(bdist_wheel):
    """… and to no version of Python."""

    def get_tag(self):
        _, _, platform = super().get_tag()
        return "py3", "none", platform


setup(cmdclass={"build_py": BuildWithAssemblies, "bdist_wheel": WheelOfAnyPython}, distclass=PlatformDistribution)

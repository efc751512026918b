"""Generates the messages from proto/ before the package is built; the rest is pyproject.toml."""

import shutil
import subprocess
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent
PROTO = HERE.parent / "proto"
GENERATED = HERE / "gengap" / "v1"


def generate():
    """Writes gengap/v1/*_pb2.py; a source distribution, which has no proto/, brings them along."""
    sources = sorted(PROTO.glob("gengap/v1/*.proto"))
    if not sources:
        if not any(GENERATED.glob("*_pb2.py")):
            raise SystemExit(f"{PROTO}: no schemas (expected: gengap's checkout around python/)")
        return
    if shutil.which("protoc") is None:
        raise SystemExit("protoc: not found (expected: the compiler of Protobuf); "
                         "Debian: apt-get install protobuf-compiler")
    subprocess.run(["protoc", f"--proto_path={PROTO}", f"--python_out={HERE}",
                    *map(str, sources)], check=True)


class GenerateThenBuild(build_py):
    def run(self):
        generate()
        super().run()


setup(packages=["gengap", "gengap.v1"], cmdclass={"build_py": GenerateThenBuild})

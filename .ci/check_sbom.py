"""Holds a CycloneDX file against its schema, and against Cargo.lock: nothing that is in the binary may be missing."""

import json
import subprocess
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

text = open(sys.argv[1]).read()
if fault := JsonStrictValidator(SchemaVersion.V1_5).validate_str(text):
    sys.exit(f"{sys.argv[1]}: {fault}")

told = {f"{component['name']} v{component['version']}" for component in json.loads(text)["components"]}
tree = "cargo tree --locked --all-features --edges normal,build --target x86_64-unknown-linux-gnu --prefix none --format {p}"
built = {" ".join(line.split()[:2]) for line in subprocess.check_output(tree.split(), text=True).splitlines() if line}
missing = {package for package in built if not package.startswith("hearten ")} - told
if missing:
    sys.exit(f"{sys.argv[1]}: lacks {', '.join(sorted(missing))}")
print(f"{len(told)} components, {len(built) - 1} of them in the binary or run to build it")

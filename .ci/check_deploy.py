"""Holds the files under deploy/ against what can be known without a cluster: `check_deploy.py HEARTEN`, the program.

Needs kubernetes-validate with PyYAML, and openssl.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

import kubernetes_validate
import yaml

ROOT = pathlib.Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
faults = []


def hold(is_so, what):
    if not is_so:
        faults.append(what)


def seconds(text):
    number, unit = re.fullmatch(r"(\d+)(s|m|min)", text).groups()
    return int(number) * (1 if unit == "s" else 60)


manifests = list(yaml.safe_load_all((DEPLOY / "kubernetes/hearten.yaml").read_text()))
for manifest in manifests:
    for version in ("1.27", "1.37"):
        try:
            kubernetes_validate.validate(manifest, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            path = ".".join(str(part) for part in error.path)
            faults.append(f"{manifest['kind']}/{manifest['metadata']['name']}: {path}: {error.message} (Kubernetes {version})")

of = {(manifest["kind"], manifest["metadata"]["name"]): manifest for manifest in manifests}
config = tomllib.loads(of["ConfigMap", "hearten"]["data"]["hearten.toml"])
pod = of["StatefulSet", "hearten"]["spec"]["template"]["spec"]
container = pod["containers"][0]
ports = {port["name"]: port["containerPort"] for port in container["ports"]}
volumes = {volume["name"] for volume in pod["volumes"]} | {"data"}
# A stop waits for calls as long as the drain, then as long again for the disk.
hold(pod["terminationGracePeriodSeconds"] > 2 * seconds(config["drain"]), "Kubernetes kills before the server has stopped")
for port, setting in (("grpc", "listen"), ("admin", "admin")):
    hold(config[setting].endswith(f":{ports[port]}"), f"the port {port} is not the setting `{setting}`")
for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
    hold(container[probe]["grpc"]["port"] == ports["admin"], f"{probe} does not ask the admin port")
hold({mount["name"] for mount in container["volumeMounts"]} == volumes, "a volume is not mounted, or a mount has no volume")
hold(("Service", of["StatefulSet", "hearten"]["spec"]["serviceName"]) in of, "serviceName names no Service")

# What the pod is given, with a certificate and a key in the places of its secrets, is what the program takes.
with tempfile.TemporaryDirectory() as root:
    hearten = os.path.abspath(sys.argv[1])
    files = {mount["name"]: f"{root}{mount['mountPath']}" for mount in container["volumeMounts"]}
    for directory in files.values():
        os.makedirs(directory)
    pathlib.Path(files["config"], "hearten.toml").write_text(of["ConfigMap", "hearten"]["data"]["hearten.toml"])
    new = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=hearten -keyout tls.key -out tls.crt"
    subprocess.run(new.split(), cwd=files["tls"], check=True, capture_output=True)
    subprocess.run([hearten, "keys", "new", "--keys", f"{files['keys']}/keys", "--role", "ingest"], check=True, capture_output=True)
    inside = lambda value: f"{root}{value}" if value.startswith("/") else value
    settings = {variable["name"]: inside(variable["value"]) for variable in container["env"]}
    command = [hearten, "config", "check", *map(inside, container["args"][1:])]
    checked = subprocess.run(command, env=settings, capture_output=True, text=True)
    hold(checked.returncode == 0 and "warning" not in checked.stdout, f"{checked.stdout}{checked.stderr}")

unit = (DEPLOY / "systemd/hearten.service").read_text()
# The default of --drain is 10s.
hold(seconds(re.search("^TimeoutStopSec=(.*)$", unit, re.M)[1]) > 2 * 10, "systemd kills before the server has stopped")
given = lambda name: " ".join(re.findall(f"^{name}=(.*)$", unit, re.M)).split()
# AF_UNIX: `hearten backup` asks the server over a socket in its data directory.
hold({"AF_INET", "AF_INET6", "AF_UNIX"} <= set(given("RestrictAddressFamilies")), "systemd keeps the server from sockets it needs")
# The alert HeartenRestarts goes by process_start_time_seconds, and that by /proc/stat.
hold(given("ProcSubset") in ([], ["all"]), "systemd hides /proc/stat, which tells since when the server runs")
hold({"/tmp", "/var/tmp"} <= set(given("ReadOnlyPaths")), "systemd has backups written where they are gone with the server")

image = (DEPLOY / "Dockerfile").read_text()
hold(int(re.search(r"--stop-timeout (\d+)", image)[1]) > 2 * 10, "Docker kills before the server has stopped")
for bench in tomllib.loads((ROOT / "Cargo.toml").read_text())["bench"]:
    hold(f" benches/{bench['name']}.rs" in image, f"the image lacks the benchmark {bench['name']}, and Cargo refuses the manifest")

sys.exit("\n".join(faults) or None)

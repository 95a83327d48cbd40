"""Holds the files under deploy/ against what can be known without a cluster. Needs kubernetes-validate and PyYAML."""

import pathlib
import re
import sys
import tomllib

import kubernetes_validate
import yaml

DEPLOY = pathlib.Path(__file__).parent.parent / "deploy"
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

unit = (DEPLOY / "systemd/hearten.service").read_text()
# The default of --drain is 10s.
hold(seconds(re.search("^TimeoutStopSec=(.*)$", unit, re.M)[1]) > 2 * 10, "systemd kills before the server has stopped")

sys.exit("\n".join(faults) or None)

/** What the control groups of a process say about who started it (cgroups(7), systemd's naming of units and scopes). */

/** Longest first: a service inside a user's session is the service, not the session. */
const UNIT = /\/([^/]+\.(?:service|socket|mount|swap))(?=\/|$)/gmu;

/** The systemd unit in /proc/PID/cgroup: the innermost service, or the scope of a login session. */
export function unitOf(groups: string): string | undefined {
  const services = [...groups.matchAll(UNIT)].map(([, name]) => name);
  const unit = services.findLast((name) => !name.startsWith('user@')) ?? services.at(-1);
  return unit === undefined ? /\/([^/\n]+\.scope)(?=\/|$)/mu.exec(groups)?.[1] : unescapeUnit(unit);
}

/** systemd writes odd bytes of unit names as \xHH (systemd-escape(1)). */
function unescapeUnit(name: string): string {
  return name.replaceAll(/\\x([0-9a-f]{2})/gu, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  );
}

/** Docker, containerd, CRI-O and podman name the group after the 64 digits of the container's id. */
const CONTAINER_ID = /(?:^|[/:-])([0-9a-f]{64})(?:\.scope)?(?=\/|$)/mu;
/** LXC, Incus and systemd-nspawn name it after the container. */
const NAMED_CONTAINER =
  /\/(?:lxc\.payload\.|lxc\/|machine\.slice\/(?:machine-|systemd-nspawn@))([^/\n]+?)(?:\.scope|\.service)?(?=\/|$)/mu;

/** The container in /proc/PID/cgroup, or undefined for a process of the machine itself. */
export function containerOf(groups: string): string | undefined {
  return CONTAINER_ID.exec(groups)?.[1] ?? NAMED_CONTAINER.exec(groups)?.[1];
}

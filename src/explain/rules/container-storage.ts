/** Containers: logs by the container's name, volumes by who uses them, and the stores that only their engine may change. */
import { fromText } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
import { directoryFiles } from '../../system/directories/directory-files.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import { containerOfLog, readContainerLogSettings } from '../../system/services/docker-containers.ts';
import { dockerStores } from '../docker-stores.ts';
import type { DockerStore, StoredContainer } from '../docker-stores.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../known-places.ts';
import { claimFiles, unclaimedFiles } from './claim-files.ts';
import type { Claims } from './claims.ts';
import { dockerVolumes } from './docker-volumes.ts';
import { claimPlaces } from './place-group.ts';
import type { Rule } from './rule.ts';
import { countOf, quoted, shellWord } from './wording.ts';

/** What a data root is made of: told by its structure, wherever it lies. */
const OF_STORES = new Set(['docker-layers', 'docker-volumes', 'docker-container-logs']);
const LOOK_SHARE = 1 / 16;
const MOST_SHOWN = 5;

export const containerStorage: Rule = {
  name: 'container-storage',
  find: (facts, claims) => {
    const stores = dockerStores(facts);
    const places = facts.places.filter(
      ({ family, entry }) => family === 'containers' && !OF_STORES.has(entry.id),
    );
    return [
      ...stores.flatMap((store) => [
        ...containerLogs(store, facts, claims),
        ...dockerVolumes(store, facts, claims),
        ...layers(store, facts, claims),
      ]),
      ...[...Map.groupBy(places, ({ entry }) => entry.id).values()].flatMap((kind) =>
        engineStore(kind, facts, claims),
      ),
    ];
  },
};

/** What containers wrote to their standard output, kept by Docker without a limit unless one is set. */
function containerLogs(store: DockerStore, facts: Facts, claims: Claims): Finding[] {
  const { tree } = facts.scan;
  const logs = store.containers
    .filter(({ directory }) => tree.columns.diskBytes[directory] >= facts.worthBytes * LOOK_SHARE)
    .map((stored) => {
      const all = directoryFiles(tree.path(stored.directory)).filter(({ path }) => containerOfLog(path));
      const files = unclaimedFiles(facts, claims, stored.directory, all);
      return { ...stored, files, bytes: files.reduce((sum, { diskBytes }) => sum + diskBytes, 0) };
    })
    .filter(({ bytes }) => bytes > 0)
    .toSorted((a, b) => b.bytes - a.bytes);
  const diskBytes = logs.reduce((sum, { bytes }) => sum + bytes, 0);
  if (diskBytes < facts.worthBytes) return [];
  let claimedBytes = 0;
  for (const { directory, files } of logs)
    claimedBytes += claimFiles(facts, claims, directory, files).claimedBytes;
  const files = logs.flatMap((log) => log.files).toSorted((a, b) => b.diskBytes - a.diskBytes);
  const emptied = files.slice(0, MOST_SHOWN);
  const unlimited = logs.filter(
    ({ directory, container }) =>
      container && !readContainerLogSettings(tree.path(directory))?.options.has('max-size'),
  );
  return [
    {
      rule: 'container-storage',
      title: 'container logs',
      diskBytes,
      claimedBytes,
      freeableBytes: emptied.reduce((sum, file) => sum + file.diskBytes, 0),
      paths: files.slice(0, 20).map(({ path }) => path),
      evidence: [
        logs
          .slice(0, MOST_SHOWN)
          .map((log) => `${containerText(log)}: ${sizeText(log.bytes)}`)
          .join(', '),
        ...(unlimited.length === 0
          ? []
          : [
              `no max-size is set for ${unlimited.length === logs.length ? 'any of them' : countOf(unlimited.length, 'of them')}: Docker never rotates such a log`,
            ]),
      ],
      remedy: {
        text: 'empty them, never delete them: Docker holds them open; then set log-opts max-size and max-file in /etc/docker/daemon.json and recreate the containers',
        command: `truncate -s 0 ${emptied.map(({ path }) => shellWord(path)).join(' ')}`,
      },
      risk: 'review',
    },
  ];
}

function containerText({ id, container }: StoredContainer): string {
  if (!container) return `container ${id.slice(0, 12)}`;
  return container.image === undefined ? container.name : `${container.name} (${container.image})`;
}

/** Images, layers, build cache: all that is left of the data root. */
function layers({ path, directory, containers }: DockerStore, facts: Facts, claims: Claims): Finding[] {
  const left = claims.unclaimedBytes(directory);
  if (left < facts.worthBytes) return [];
  const parts = largestParts(directory, facts, claims);
  const { claimedBytes } = claims.directory(directory);
  const running = containers.filter(({ container }) => container?.running === true).length;
  return [
    {
      rule: 'container-storage',
      title: 'Docker images and layers',
      diskBytes: left,
      claimedBytes,
      // How much of it is unused only Docker knows.
      freeableBytes: 0,
      paths: [path],
      evidence: [
        `in ${quoted(path)}: ${parts}`,
        `${countOf(containers.length, 'container')}, ${running} of them running`,
        'only Docker can tell what of it is unused: docker system df -v',
      ],
      remedy: {
        text: 'let Docker remove stopped containers, unused networks, dangling images and build cache; with -a also images that no container uses',
        command: 'docker system prune',
      },
      risk: 'never',
    },
  ];
}

/** "overlay2 12.0 GiB, buildkit 1.1 GiB": what is not explained yet, the largest first. */
function largestParts(directory: number, { scan: { tree } }: Facts, claims: Claims): string {
  return [...tree.children(directory)]
    .map((child) => ({ name: tree.name(child), bytes: claims.unclaimedBytes(child) }))
    .filter(({ bytes }) => bytes > 0)
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, 3)
    .map(({ name, bytes }) => `${quoted(name)} ${sizeText(bytes)}`)
    .join(', ');
}

/** Podman, containerd and whatever else the catalogue knows. */
function engineStore(places: readonly KnownPlace[], facts: Facts, claims: Claims): Finding[] {
  const parts = new Map(
    places.map((place) => [
      place,
      place.file === undefined ? largestParts(place.directory, facts, claims) : '',
    ]),
  );
  const group = claimPlaces(places, facts, claims);
  if (!group) return [];
  const { diskBytes, claimedBytes } = group;
  const [{ entry }] = group.places;
  const isForEngine = entry.class === 'X' || entry.class === 'D';
  const command = entry.id === 'containerd-store' ? containerdCommand(entry.command) : entry.command;
  const traps = entry.traps ?? [];
  return [
    {
      rule: 'container-storage',
      title: titles[entry.id] ?? 'container storage',
      diskBytes,
      claimedBytes,
      freeableBytes: isForEngine ? 0 : group.freeableBytes,
      paths: group.places.map(({ path }) => path),
      evidence: [
        ...group.places.slice(0, 3).map((place) => {
          const inside = parts.get(place);
          return `${entry.what}: ${sizeText(place.diskBytes)} in ${quoted(place.path)}${inside ? ` (${inside})` : ''}`;
        }),
        ...traps.slice(0, 1),
      ],
      remedy: {
        text:
          entry.advice ??
          (entry.inspect === undefined
            ? 'only its own engine can clear it'
            : `look first (${entry.inspect}); only its own engine can clear it`),
        // CAPITALS are for a person to fill in.
        command: command === undefined || /\b[A-Z][A-Z_]{1,}\b/u.test(command) ? entry.inspect : command,
      },
      risk: isForEngine ? 'never' : 'review',
    },
  ];
}

const titles: Readonly<Record<string, string>> = {
  'docker-desktop-disk': 'Docker Desktop disk',
  'docker-buildx': 'buildx builders',
  'podman-storage': 'Podman storage',
  'containerd-store': 'containerd images',
  'image-build-temp': 'unfinished image builds',
  'kubelet-pods': "pods' volumes",
  'pod-logs': 'logs of pods',
  'k3s-containerd': 'k3s images',
  minikube: 'minikube',
  'lxd-store': 'LXD instances and images',
  'nspawn-machines': 'nspawn machines',
};

/** Since Docker 29 its images lie in containerd's store; with Kubernetes they are the kubelet's. */
function containerdCommand(command: string | undefined): string | undefined {
  return !isThere('/var/lib/kubelet') && isThere('/var/lib/docker') ? 'docker system prune' : command;
}

function isThere(path: string): boolean {
  return directoryNames(fromText(path)).length > 0;
}

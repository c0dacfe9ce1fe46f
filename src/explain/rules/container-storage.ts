/** Containers: logs by the container's name, volumes by who uses them, and the stores that only their engine may change. */
import { fromText } from '../../model/byte-string.ts';
import type { Action } from '../../model/action.ts';
import type { Proposal } from '../../model/finding.ts';
import type { StorePart } from '../../model/findings/container-storage.ts';
import { directoryFiles } from '../../system/directories/directory-files.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import { containerOfLog, readContainerLogSettings } from '../../system/services/docker-containers.ts';
import { dockerStores } from '../stores/docker-stores.ts';
import type { DockerStore } from '../stores/docker-stores.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../places/known-places.ts';
import { storeOfPlace } from '../stores/found-store.ts';
import { claimFiles, unclaimedFiles } from '../claims/claim-files.ts';
import type { Claims } from '../claims/claims.ts';
import { dockerVolumes } from './docker-volumes.ts';
import { inspectActions, ownerActions } from '../../remedies/remedies.ts';
import { placeAdviceOf } from '../claims/place-actions.ts';
import { claimPlaces, placeFact } from '../claims/place-group.ts';
import type { Rule } from '../claims/rule.ts';
import { writtenInContainers } from './written-in-containers.ts';

/** What a data root is made of: told by its structure, wherever it lies. */
const OF_STORES = new Set(['docker-layers', 'docker-volumes', 'docker-container-logs']);
const LOOK_SHARE = 1 / 16;
const MOST_EMPTIED = 5;

export const containerStorage: Rule = {
  name: 'container-storage',
  find: (facts, claims) => {
    const stores = dockerStores(facts);
    const places = facts.places.filter(
      ({ family, entry }) =>
        family === 'containers' && !OF_STORES.has(entry.id) && storeOfPlace(entry) === undefined,
    );
    return [
      ...stores.flatMap((store) => [
        ...containerLogs(store, facts, claims),
        ...dockerVolumes(store, facts, claims),
      ]),
      ...writtenInContainers(stores, facts, claims),
      ...stores.flatMap((store) => layers(store, facts, claims)),
      ...[...Map.groupBy(places, ({ entry, system }) => `${entry.id} ${system}`).values()].flatMap((kind) =>
        engineStore(kind, facts, claims),
      ),
    ];
  },
};

/** What containers wrote to their standard output, kept by Docker without a limit unless one is set. */
function containerLogs(store: DockerStore, facts: Facts, claims: Claims): Proposal[] {
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
  const emptied = files.slice(0, MOST_EMPTIED);
  const freeableBytes = emptied.reduce((sum, file) => sum + file.diskBytes, 0);
  const unlimited = logs.filter(
    ({ directory, container }) =>
      container && !readContainerLogSettings(tree.path(directory))?.options.has('max-size'),
  );
  return [
    {
      rule: 'container-storage',
      kind: 'logs',
      logs: logs.map(({ id, container, bytes }) => ({
        id: fromText(id),
        name: container && fromText(container.name),
        image: container?.image === undefined ? undefined : fromText(container.image),
        diskBytes: bytes,
      })),
      unlimited: unlimited.length,
      diskBytes,
      claimedBytes,
      freeableBytes,
      paths: files.slice(0, 20).map(({ path }) => path),
      actions: [
        {
          kind: 'empty-file',
          paths: emptied.map(({ path }) => path),
          meaning: 'log',
          frees: { bytes: freeableBytes, certainty: 'exact' },
          loses: 'log-lines',
          risk: 'review',
          needs: { root: true },
        },
      ],
      risk: 'review',
    },
  ];
}

/** Images, layers, build cache: all that is left of the data root. */
function layers({ path, directory, containers }: DockerStore, facts: Facts, claims: Claims): Proposal[] {
  const left = claims.unclaimedBytes(directory);
  if (left < facts.worthBytes) return [];
  const parts = largestParts(directory, facts, claims);
  const { claimedBytes } = claims.directory(directory);
  const running = containers.filter(({ container }) => container?.running === true).length;
  return [
    {
      rule: 'container-storage',
      kind: 'docker-layers',
      directory: path,
      parts,
      containers: containers.length,
      running,
      diskBytes: left,
      claimedBytes,
      // How much of it is unused only Docker knows.
      freeableBytes: 0,
      paths: [path],
      actions: [prune, diskUsage],
      risk: 'never',
    },
  ];
}

const prune: Action = {
  kind: 'owner-command',
  owner: 'docker',
  argv: ['docker', 'system', 'prune'].map(fromText),
  actsOn: 'running',
  hasBlanks: false,
  frees: { bytes: 0, certainty: 'unknown' },
  loses: 'owners-choice',
  risk: 'review',
};

const diskUsage: Action = {
  kind: 'look',
  argv: ['docker', 'system', 'df', '-v'].map(fromText),
  frees: { bytes: 0, certainty: 'exact' },
  loses: 'nothing',
  risk: 'safe',
};

/** What is not explained yet, the largest first. */
function largestParts(directory: number, { scan: { tree } }: Facts, claims: Claims): StorePart[] {
  return [...tree.children(directory)]
    .map((child) => ({ name: tree.name(child), diskBytes: claims.unclaimedBytes(child) }))
    .filter(({ diskBytes }) => diskBytes > 0)
    .toSorted((a, b) => b.diskBytes - a.diskBytes)
    .slice(0, MOST_PARTS);
}

const MOST_PARTS = 3;

/** Podman, containerd and whatever else the catalogue knows. */
function engineStore(places: readonly KnownPlace[], facts: Facts, claims: Claims): Proposal[] {
  const parts = new Map(
    places.map((place) => [
      place,
      place.file === undefined ? largestParts(place.directory, facts, claims) : [],
    ]),
  );
  const group = claimPlaces(places, facts, claims);
  if (!group) return [];
  const { diskBytes, claimedBytes } = group;
  const [{ entry, path: store }] = group.places;
  const isForEngine = entry.class === 'X' || entry.class === 'D';
  const commands = ownerActions(entry, store, facts.accounts, group.freeableBytes);
  return [
    {
      rule: 'container-storage',
      kind: 'engine',
      places: group.places.map((place) => ({ ...placeFact(place), parts: parts.get(place) ?? [] })),
      advice: placeAdviceOf(entry),
      inspect: entry.inspect,
      diskBytes,
      claimedBytes,
      freeableBytes: isForEngine ? 0 : group.freeableBytes,
      paths: group.places.map(({ path }) => path),
      actions: [
        ...(entry.id === 'containerd-store' && isDockers() ? [prune] : commands),
        ...inspectActions(entry),
      ],
      risk: isForEngine ? 'never' : 'review',
    },
  ];
}

/** Since Docker 29 its images lie in containerd's store; with Kubernetes they are the kubelet's. */
function isDockers(): boolean {
  return !isThere('/var/lib/kubelet') && isThere('/var/lib/docker');
}

function isThere(path: string): boolean {
  return directoryNames(fromText(path)).length > 0;
}

/** What containers wrote into their own top layer, and not into a volume: nothing limits it, and it goes when they do. */
import { baseName, fromText, isInside, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import type { WrittenInContainer } from '../../model/findings/container-storage.ts';
import { readSmallFile } from '../../system/files/file-tail.ts';
import { upperDirectoryOf } from '../../system/mounts/overlay-layers.ts';
import type { DockerStore } from '../stores/docker-stores.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';

interface TopLayer {
  /** Its index in the tree. */
  readonly directory: number;
  readonly container: Pick<WrittenInContainer, 'id' | 'name' | 'image'>;
  readonly isRunning: boolean;
}

const MOST_CONTAINERS = 20;
/** A directory that holds so much of a layer is where to look. */
const DEEPER_SHARE = 0.8;

/** One finding for all of them. Comes before the stores' layers claim what is left. */
export function writtenInContainers(
  stores: readonly DockerStore[],
  facts: Facts,
  claims: Claims,
): Proposal[] {
  const layers = new Map(
    [...mountedLayers(facts), ...stores.flatMap((store) => layersOf(store, facts))].map((layer) => [
      layer.directory,
      layer,
    ]),
  );
  const large = [...layers.values()]
    .filter(({ directory }) => claims.unclaimedBytes(directory) >= facts.worthBytes)
    .toSorted((a, b) => claims.unclaimedBytes(b.directory) - claims.unclaimedBytes(a.directory))
    .slice(0, MOST_CONTAINERS);
  if (large.length === 0) return [];
  const { tree } = facts.scan;
  const containers = large.map(({ directory, container, isRunning }): WrittenInContainer => {
    const diskBytes = claims.unclaimedBytes(directory);
    const place = mostOf(directory, facts, claims);
    const inside = tree.path(place).slice(tree.path(directory).length) as ByteString;
    return {
      ...container,
      isRunning,
      directory: tree.path(directory),
      diskBytes,
      place: inside === '' ? ('/' as ByteString) : inside,
      placeBytes: claims.unclaimedBytes(place),
    };
  });
  const claimedBytes = large.reduce(
    (sum, { directory }) => sum + claims.directory(directory).claimedBytes,
    0,
  );
  return [
    {
      rule: 'container-storage',
      kind: 'written-inside',
      containers,
      diskBytes: containers.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
      claimedBytes,
      // What of it may go, only the program in the container knows.
      freeableBytes: 0,
      paths: containers.map(
        ({ directory, place }) => `${directory}${place === '/' ? '' : place}` as ByteString,
      ),
      actions: lookingInside(containers[0]),
      risk: 'never',
    },
  ];
}

function lookingInside({ name, isRunning, place }: WrittenInContainer) {
  if (name === undefined) return [];
  return [isRunning ? looking('docker', 'exec', name, 'ls', '-lA', place) : looking('docker', 'diff', name)];
}

/** Running containers of any engine: their root is an overlay whose upper directory lies in the scanned tree. */
function mountedLayers({ allMounts, scan: { tree } }: Facts): TopLayer[] {
  return allMounts.flatMap((mount) => {
    const upper = upperDirectoryOf(mount);
    const directory = upper === undefined ? undefined : tree.find(upper);
    if (directory === undefined) return [];
    const id = CONTAINER_ID.exec(mount.mountPoint)?.[0] ?? baseName(mount.mountPoint);
    return [
      { directory, container: { id: id as ByteString, name: undefined, image: undefined }, isRunning: true },
    ];
  });
}

const CONTAINER_ID = /(?<=\/)[0-9a-f]{64}(?=\/)/u;

/** By Docker's own notes: image/DRIVER/layerdb/mounts/ID/mount-id names the directory in DRIVER/. */
function layersOf({ path, directory: root, containers }: DockerStore, { scan: { tree } }: Facts): TopLayer[] {
  return containers.flatMap(({ id, container }) =>
    DRIVERS.flatMap((driver) => {
      const note = ['image', driver, 'layerdb', 'mounts', id, 'mount-id']
        .map(fromText)
        .reduce(joinPath, path);
      const layer = readSmallFile(note)?.trim();
      if (layer === undefined || !/^[0-9a-z-]+$/u.test(layer)) return [];
      const directory = tree.find([driver, layer, 'diff'].map(fromText).reduce(joinPath, path));
      if (directory === undefined || !isInside(tree.path(directory), tree.path(root))) return [];
      return [
        {
          directory,
          container: {
            id: fromText(id),
            name: container && fromText(container.name),
            image: container?.image === undefined ? undefined : fromText(container.image),
          },
          isRunning: container?.running ?? false,
        },
      ];
    }),
  );
}

const DRIVERS = ['overlay2', 'fuse-overlayfs'];

/** The deepest directory that still holds nearly all of it. */
function mostOf(directory: number, { scan: { tree } }: Facts, claims: Claims): number {
  const least = claims.unclaimedBytes(directory) * DEEPER_SHARE;
  let place = directory;
  for (;;) {
    const deeper = tree.children(place).find((child) => claims.unclaimedBytes(child) >= least);
    if (deeper === undefined) return place;
    place = deeper;
  }
}

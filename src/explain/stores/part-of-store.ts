/** Whether a file is a part of a known store, so that rules for everybody's files leave it to the store's own. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { StoreName } from '../../model/store-name.ts';
import type { Facts } from '../facts.ts';
import type { FoundStore } from './found-store.ts';

/** In these, programs of all kinds write logs of theirs, which lie in a container's or a machine's own tree. */
const OTHERS_TREES: ReadonlySet<StoreName> = new Set([
  'docker',
  'containerd',
  'podman',
  'k3s',
  'kubelet',
  'lxd',
  'nspawn',
]);

/**
 * Whether `path` is what a store's program keeps: not a log that it only writes, nor what it hosts for others. What it is
 * called, and what its lines look like, says nothing then: Kafka's messages read like a retry loop.
 */
export function isPartOfStore(path: ByteString, { stores }: Pick<Facts, 'stores'>): boolean {
  return stores.some((store) => isPartOf(path, store));
}

function isPartOf(path: ByteString, { entry, path: directory }: FoundStore): boolean {
  if (OTHERS_TREES.has(entry.store) || !isInside(path, directory) || path === directory) return false;
  const below = path.slice(directory.length + 1);
  if (entry.logs?.test(below) === true) return false;
  if (entry.hosts?.some((host) => below.startsWith(`${host}/`)) === true) return false;
  return entry.extent === undefined || entry.extent.test(below.split('/', 1)[0]);
}

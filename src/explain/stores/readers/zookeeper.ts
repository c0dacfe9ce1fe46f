/** ZooKeeper: snapshots and transaction logs, and how many of them its own purge would remove. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { DirectoryFile } from '../../../system/directories/directory-files.ts';
import { bytesOf, filesPart } from '../parts.ts';
import type { Reader } from '../reader.ts';
import { giving } from '../store-actions.ts';
import { filesBelow } from './files-below.ts';

/** What zkCleanup.sh -n 3 keeps; fewer it refuses. */
const KEPT = 3;

export const zookeeper: Reader = ({ store, tree, inside }) => {
  const files = filesBelow(tree, store.directory, (name) => /^(?:snapshot|log)\.[0-9a-f]+$/u.test(name));
  const snapshots = byZxid(files.filter(({ name }) => name.startsWith('snapshot.')));
  const logs = byZxid(files.filter(({ name }) => name.startsWith('log.')));
  const oldestKept = snapshots.at(KEPT - 1);
  // PurgeTxnLog keeps the logs that the kept snapshots need: the last one that began before the oldest of them, and all later ones.
  const before =
    oldestKept === undefined ? [] : logs.filter(({ name }) => zxid(name) < zxid(oldestKept.name));
  const removed = [...snapshots.slice(KEPT), ...before.slice(1)];
  const bytes = bytesOf(removed);
  const where = store.path.endsWith('/version-2')
    ? (store.path.slice(0, -'/version-2'.length) as ByteString)
    : store.path;
  return {
    parts: [
      filesPart('log', undefined, logs, { givesBackBytes: bytesOf(before.slice(1)) }),
      filesPart('snapshot', undefined, snapshots, { givesBackBytes: bytesOf(snapshots.slice(KEPT)) }),
    ],
    actions: [
      giving(
        'zookeeper',
        {
          argv: ['zkCleanup.sh', where, '-n', String(KEPT)],
          loses: 'old-generations',
          actsOn: 'path',
          gives: { bytes, certainty: 'at-least' },
        },
        inside,
      ),
    ],
    onlyThese: true,
  };
};

/** The newest first: names end in the transaction they begin with. */
function byZxid(files: readonly DirectoryFile[]): DirectoryFile[] {
  return files.toSorted((a, b) => (zxid(a.name) < zxid(b.name) ? 1 : -1));
}

function zxid(name: ByteString): bigint {
  return BigInt(`0x${/\.([0-9a-f]+)$/u.exec(name)?.[1] ?? '0'}`);
}

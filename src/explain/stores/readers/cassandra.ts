/** Cassandra and ScyllaDB: keyspaces, and snapshots by tag, of which only what no live table shares comes back. */
import { joinPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { StorePart } from '../../../model/findings/store.ts';
import { directoriesAt, directoryPart, part } from '../parts.ts';
import type { Read, Reader } from '../reader.ts';
import { giving } from '../store-actions.ts';

export const cassandra: Reader = (read) => {
  const { store, tree, inside } = read;
  const data = tree.find(joinPath(store.path, 'data' as ByteString)) ?? store.directory;
  const snapshots = snapshotsIn(data, read);
  const inSnapshots = new Map<number, number>();
  const { diskBytes, parent } = tree.columns;
  for (const { directory } of directoriesAt(tree, data, '*/*/snapshots')) {
    const keyspace = parent[parent[directory]];
    inSnapshots.set(keyspace, (inSnapshots.get(keyspace) ?? 0) + tree.columns.freeableBytes[directory]);
  }
  const keyspaces = [...tree.children(data)].map((child) =>
    part('keyspace', tree.name(child), Math.max(0, diskBytes[child] - (inSnapshots.get(child) ?? 0))),
  );
  const logs = directoriesAt(tree, store.directory, 'commitlog');
  return {
    parts: [
      ...keyspaces.filter(({ name }) => !NO_KEYSPACES.test(name ?? '')),
      ...snapshots,
      ...logs.map(({ directory }) => directoryPart('wal', undefined, directory, tree)),
    ],
    actions: snapshots
      .filter(({ givesBackBytes = 0 }) => givesBackBytes > 0)
      .slice(0, MOST_CLEARED)
      .map(({ name, givesBackBytes = 0 }) =>
        giving(
          store.entry.store,
          {
            argv: ['nodetool', 'clearsnapshot', '-t', name ?? ''],
            loses: 'old-generations',
            gives: { bytes: givesBackBytes, certainty: 'at-least' },
          },
          inside,
        ),
      ),
  };
};

/** What lies beside the data where the store is the directory above. */
const NO_KEYSPACES = /^(?:commitlog|hints|saved_caches|view_hints|cdc_raw|data)$/u;
const MOST_CLEARED = 3;

/** A tag is taken of many tables: one snapshot to its owner. */
function snapshotsIn(data: number, { tree }: Read): StorePart[] {
  const { freeableBytes, newest } = tree.columns;
  const byTag = Map.groupBy(directoriesAt(tree, data, '*/*/snapshots/*'), ({ directory }) =>
    tree.name(directory),
  );
  return [...byTag]
    .map(([tag, found]) => {
      const alone = found.reduce((sum, { directory }) => sum + freeableBytes[directory], 0);
      return part('snapshot', tag, alone, {
        givesBackBytes: alone,
        newestAt: Math.max(...found.map(({ directory }) => newest[directory])),
      });
    })
    .toSorted((a, b) => b.diskBytes - a.diskBytes);
}

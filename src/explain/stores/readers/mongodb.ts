/** MongoDB: collections and indices by their files, databases where each has a directory (storage.directoryPerDB). */
import type { PartKind } from '../../../model/findings/store.ts';
import { directoryFiles } from '../../../system/directories/directory-files.ts';
import { directoryPart, filesPart } from '../parts.ts';
import type { Reader } from '../reader.ts';

const directories: Readonly<Record<string, PartKind>> = {
  journal: 'wal',
  'diagnostic.data': 'log',
  rollback: 'garbage',
  _tmp: 'temporary',
};

export const mongodb: Reader = ({ store, tree }) => {
  const byKind = Map.groupBy(directoryFiles(store.path), ({ name }): PartKind => {
    if (/^(?:collection|sizeStorer|_mdb_catalog)/u.test(name)) return 'collection';
    return name.startsWith('index') ? 'index' : 'content';
  });
  return {
    parts: [
      ...[...tree.children(store.directory)].map((child) => {
        const name = tree.name(child);
        return directoryPart(directories[name] ?? 'database', name, child, tree);
      }),
      ...[...byKind].map(([kind, files]) => filesPart(kind, undefined, files)),
    ],
  };
};

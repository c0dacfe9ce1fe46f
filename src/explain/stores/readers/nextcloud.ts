/** Nextcloud and ownCloud: what was deleted, old versions, previews and files, by user. */
import { joinPath, parentPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { Action } from '../../../model/action.ts';
import type { PartKind, StorePart } from '../../../model/findings/store.ts';
import { namedFile } from '../../../system/files/named-file.ts';
import { directoriesAt, directoryPart, part, partsByPattern } from '../parts.ts';
import type { Read, Reader } from '../reader.ts';
import { giving } from '../store-actions.ts';

export const nextcloud: Reader = (read) => {
  const { store, tree } = read;
  const trash = sumOf('trash', 'files_trashbin', read);
  const versions = sumOf('version', 'files_versions', read);
  const uploads = sumOf('upload', 'uploads', read);
  const users = directoriesAt(tree, store.directory, '*/files').map(({ directory }) =>
    directoryPart('user', tree.name(tree.columns.parent[directory]), directory, tree),
  );
  const previews = directoriesAt(tree, store.directory, 'appdata_*').map(({ directory, name }) =>
    directoryPart('preview', name, directory, tree),
  );
  const files = partsByPattern({ ...store, entry: { ...store.entry, parts: [['user', '*']] } }, tree).filter(
    ({ kind }) => kind === 'content',
  );
  return {
    parts: [...trash, ...versions, ...uploads, ...users, ...previews, ...files],
    actions: [
      ...clearing(trash, ['trashbin:cleanup', '--all-users'], 'thrown-away', read),
      ...clearing(versions, ['versions:cleanup'], 'old-generations', read),
    ],
    onlyThese: true,
  };
};

/** One directory of all users as one part. */
function sumOf(kind: PartKind, name: string, { store, tree }: Read): StorePart[] {
  const found = directoriesAt(tree, store.directory, `*/${name}`);
  const { diskBytes, freeableBytes, newest } = tree.columns;
  if (found.length === 0) return [];
  const sum = (column: Float64Array): number =>
    found.reduce((all, { directory }) => all + column[directory], 0);
  return [
    part(kind, undefined, sum(diskBytes), {
      newestAt: Math.max(...found.map(({ directory }) => newest[directory])),
      givesBackBytes: kind === 'upload' ? undefined : sum(freeableBytes),
    }),
  ];
}

function clearing(
  parts: readonly StorePart[],
  command: readonly string[],
  loses: 'thrown-away' | 'old-generations',
  { store, facts, inside }: Read,
): Action[] {
  const bytes = parts.reduce((sum, { givesBackBytes = 0 }) => sum + givesBackBytes, 0);
  if (bytes < facts.worthBytes) return [];
  const occ = occOf(store.path);
  return [
    giving(
      'nextcloud',
      {
        argv: ['php', occ ?? 'OCC', ...command],
        loses,
        user: '{owner}',
        hasBlanks: occ === undefined,
        gives: { bytes, certainty: 'at-least' },
      },
      inside,
    ),
  ];
}

/** The data directory lies in the program's unless it was moved. */
function occOf(data: ByteString): ByteString | undefined {
  const occ = joinPath(parentPath(data), 'occ' as ByteString);
  return namedFile(occ)?.isRegular === true ? occ : undefined;
}

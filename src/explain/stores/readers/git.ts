/** Git: packs, what interrupted fetches and repacks left behind, and large files that LFS keeps beside them. */
import type { Action } from '../../../model/action.ts';
import type { StorePart } from '../../../model/findings/store.ts';
import { directoryFiles } from '../../../system/directories/directory-files.ts';
import type { DirectoryFile } from '../../../system/directories/directory-files.ts';
import { bytesOf, directoriesAt, directoryPart, filesPart } from '../parts.ts';
import type { Read, Reader } from '../reader.ts';
import { giving } from '../store-actions.ts';

/** What a process that was ended wrote (git-prune(1), git-repack(1)). */
const LEFT = /^(?:\.?tmp_|\.tmp-\d+-)/u;

export const git: Reader = (read) => {
  const { store, tree } = read;
  const at = (pattern: string): ReturnType<typeof directoriesAt> =>
    directoriesAt(tree, store.directory, pattern);
  const packed = at('objects/pack').flatMap(({ directory }) => directoryFiles(tree.path(directory)));
  const left = packed.filter(({ name }) => LEFT.test(name));
  const kept = packed.filter(({ name }) => !LEFT.test(name));
  return {
    parts: [
      ...some('object', kept),
      ...some('garbage', left, { givesBackBytes: bytesOf(left) }),
      ...at('lfs').map(({ directory, name }) => directoryPart('content', name, directory, tree)),
      ...at('modules').map(({ directory, name }) => directoryPart('repository', name, directory, tree)),
    ],
    actions: [...pruning(left, read), ...lfs(at('lfs').length > 0, read)],
  };
};

function some(
  kind: StorePart['kind'],
  files: readonly DirectoryFile[],
  more: Partial<StorePart> = {},
): StorePart[] {
  return files.length === 0 ? [] : [filesPart(kind, undefined, files, more)];
}

/** While a process works in it, what looks left behind may be what that writes. */
function pruning(left: readonly DirectoryFile[], { store, holders, inside }: Read): Action[] {
  if (left.length === 0 || holders.length > 0) return [];
  return [
    giving(
      'git',
      {
        argv: ['git', '-C', store.path, 'prune'],
        loses: 'leftovers',
        user: '{owner}',
        actsOn: 'path',
        gives: { bytes: bytesOf(left), certainty: 'exact' },
      },
      inside,
    ),
  ];
}

function lfs(isThere: boolean, { store, inside }: Read): Action[] {
  if (!isThere) return [];
  const argv = ['git', '-C', store.path, 'lfs', 'prune'];
  return [giving('git', { argv, loses: 'regenerable', user: '{owner}', actsOn: 'path' }, inside)];
}

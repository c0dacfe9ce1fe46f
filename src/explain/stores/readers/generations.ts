/** Stores that are a pile of files of one kind, each a whole or a link of a chain: how many, how old. */
import type { PartKind } from '../../../model/findings/store.ts';
import { filesPart } from '../parts.ts';
import type { Reader } from '../reader.ts';
import { filesBelow } from './files-below.ts';

export function generations(kind: PartKind, names: RegExp): Reader {
  return ({ store, tree }) => ({
    parts: [
      filesPart(
        kind,
        undefined,
        filesBelow(tree, store.directory, (name) => names.test(name)),
      ),
    ],
  });
}

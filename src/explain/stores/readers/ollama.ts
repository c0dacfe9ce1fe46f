/** Ollama: models by name, from the manifests that list their blobs. */
import { toText } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { Action } from '../../../model/action.ts';
import type { StorePart } from '../../../model/findings/store.ts';
import { readSmallFile } from '../../../system/files/file-tail.ts';
import { directoriesAt, part, partsByPattern } from '../parts.ts';
import type { Read, Reader } from '../reader.ts';
import { giving } from '../store-actions.ts';
import { filesBelow } from './files-below.ts';

export const ollama: Reader = (read) => {
  const { store, tree } = read;
  const models = ['manifests', 'models/manifests'].flatMap((place) =>
    directoriesAt(tree, store.directory, place).flatMap(({ directory }) =>
      filesBelow(tree, directory, () => true).map(({ path, modifiedAt }): StorePart => {
        const name = path.slice(tree.path(directory).length + 1).split('/');
        const short = `${name
          .slice(name[0] === 'registry.ollama.ai' ? 1 : 0, -1)
          .join('/')
          .replace(/^library\//u, '')}:${name.at(-1)}`;
        return part('model', short as ByteString, sizeIn(path), {
          newestAt: modifiedAt,
          oldestAt: modifiedAt,
        });
      }),
    ),
  );
  const known = models.filter(({ diskBytes }) => diskBytes > 0);
  return known.length === 0
    ? { parts: partsByPattern(store, tree) }
    : { parts: known, actions: removing(known, read) };
};

/** The sizes of the layers in a manifest (OCI image manifest). */
function sizeIn(manifest: ByteString): number {
  try {
    const { layers } = JSON.parse(toText(readSmallFile(manifest) ?? ('' as ByteString))) as {
      readonly layers?: readonly { readonly size?: unknown }[];
    };
    return (layers ?? []).reduce((sum, { size }) => sum + (typeof size === 'number' ? size : 0), 0);
  } catch {
    return 0;
  }
}

function removing(models: readonly StorePart[], { inside }: Read): Action[] {
  const [largest] = models.toSorted((a, b) => b.diskBytes - a.diskBytes);
  return [giving('ollama', { argv: ['ollama', 'rm', largest.name ?? ''], loses: 'regenerable' }, inside)];
}

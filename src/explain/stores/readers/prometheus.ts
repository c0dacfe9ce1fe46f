/** Prometheus, and what keeps its blocks: how much time they cover, what compaction left, the write-ahead log. */
import { joinPath, toText } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { StorePart } from '../../../model/findings/store.ts';
import { readSmallFile } from '../../../system/files/file-tail.ts';
import { directoryPart, part } from '../parts.ts';
import type { Read, Reader } from '../reader.ts';

const ULID = /^0[0-9A-Z]{25}$/u;

export const prometheus: Reader = (read) => {
  const { store, tree } = read;
  const children = [...tree.children(store.directory)].map((directory) => ({
    directory,
    name: tree.name(directory),
  }));
  const others = children.filter(({ name }) => !ULID.test(name));
  return {
    parts: [
      ...blocksOf(
        children.filter(({ name }) => ULID.test(name)),
        read,
      ),
      ...others.map(({ name, directory }) => {
        if (name === 'wal') return directoryPart('wal', undefined, directory, tree);
        return directoryPart(
          /\.tmp|^\.tmp-for-/u.test(name) ? 'garbage' : name === 'snapshots' ? 'snapshot' : 'chunk',
          name,
          directory,
          tree,
        );
      }),
    ],
  };
};

/** All blocks as one part, with the time of the samples in them. */
function blocksOf(
  blocks: readonly { readonly directory: number; readonly name: ByteString }[],
  { store, tree }: Read,
): StorePart[] {
  if (blocks.length === 0) return [];
  const ranges = blocks.flatMap(({ name }) => rangeOf(joinPath(store.path, name)) ?? []);
  const { diskBytes } = tree.columns;
  return [
    part(
      'block',
      undefined,
      blocks.reduce((sum, { directory }) => sum + diskBytes[directory], 0),
      {
        count: blocks.length,
        ...(ranges.length === 0
          ? {}
          : {
              oldestAt: Math.min(...ranges.map(({ from }) => from)),
              newestAt: Math.max(...ranges.map(({ to }) => to)),
            }),
      },
    ),
  ];
}

/** minTime and maxTime of meta.json, in milliseconds (prometheus/tsdb/docs/format). */
function rangeOf(block: ByteString): { readonly from: number; readonly to: number } | undefined {
  try {
    const meta: unknown = JSON.parse(
      toText(readSmallFile(joinPath(block, 'meta.json' as ByteString)) ?? ('' as ByteString)),
    );
    const { minTime, maxTime } = meta as { readonly minTime?: unknown; readonly maxTime?: unknown };
    if (typeof minTime !== 'number' || typeof maxTime !== 'number') return undefined;
    return { from: minTime / 1000, to: maxTime / 1000 };
  } catch {
    return undefined;
  }
}

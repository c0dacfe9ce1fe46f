/** Sums of a root's bytes by use, by type and by age over all threads. */
import { AGES, USES } from '../../model/breakdown.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Breakdown, FileKind, Share, TypeShare } from '../../model/breakdown.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { ageRow, extensionText, kindOfExtension, TYPE_ROW } from '../tally/tally.ts';
import type { BreakdownRows } from '../tally/tally.ts';

/** Bytes in blocks while adding up. */
interface Sum {
  blocks: number;
  entries: number;
}

const emptySum = (): Sum => ({ blocks: 0, entries: 0 });

const fixedKinds = new Map<number, FileKind>([
  [TYPE_ROW.none, 'no extension'],
  [TYPE_ROW.directory, 'directories'],
  [TYPE_ROW.symlink, 'symbolic links'],
  [TYPE_ROW.special, 'sockets, pipes, devices'],
  [TYPE_ROW.overflow, 'other'],
]);

/** The name of a type that holds across threads: an extension with a dot, or a kind that needs none. */
export function typeName(rows: BreakdownRows, typeRow: number): string {
  const fixed = fixedKinds.get(typeRow);
  return fixed ?? `.${extensionText(rows.typeKeys[typeRow * 2], rows.typeKeys[typeRow * 2 + 1])}`;
}

export class BreakdownSums {
  readonly #uses = USES.map(emptySum);
  readonly #ages = AGES.map(emptySum);
  readonly #types = new Map<string, Sum>();
  readonly #nowSeconds: number;

  constructor(nowSeconds: number) {
    this.#nowSeconds = nowSeconds;
  }

  /** Adds what a thread counted by type and by age. */
  addRows(rows: BreakdownRows): void {
    for (let row = 0; row < rows.typeCount; row++) {
      if (rows.typeEntries[row] > 0)
        this.#addType(typeName(rows, row), rows.typeBlocks[row], rows.typeEntries[row]);
    }
    for (const [age, sum] of this.#ages.entries()) {
      sum.blocks += rows.ageBlocks[age];
      sum.entries += rows.ageEntries[age];
    }
  }

  addUse(use: number, blocks: number, entries: number): void {
    this.#uses[use].blocks += blocks;
    this.#uses[use].entries += entries;
  }

  /** Adds one inode that no thread has counted. */
  addInode(type: string, use: number, blocks: number, mtime: number): void {
    this.#addType(type, blocks, 1);
    this.addUse(use, blocks, 1);
    const age = this.#ages[ageRow(this.#nowSeconds - mtime)];
    age.blocks += blocks;
    age.entries++;
  }

  /** Largest first, by age from new to old; empty rows are left out. */
  breakdown(): Breakdown {
    return {
      byUse: USES.map((use, row) => ({ use, ...share(this.#uses[row]) }))
        .filter(isUsed)
        .toSorted(bySize),
      byType: this.#byType(),
      byAge: AGES.map((age, row) => ({ age, ...share(this.#ages[row]) })).filter(isUsed),
    };
  }

  #addType(type: string, blocks: number, entries: number): void {
    let sum = this.#types.get(type);
    if (!sum) this.#types.set(type, (sum = emptySum()));
    sum.blocks += blocks;
    sum.entries += entries;
  }

  #byType(): TypeShare[] {
    const kinds = new Map<FileKind, { sum: Sum; extensions: (Share & { extension: ByteString })[] }>();
    for (const [type, sum] of this.#types) {
      const extension = type.startsWith('.') ? (type.slice(1) as ByteString) : undefined;
      const kind = extension === undefined ? (type as FileKind) : kindOfExtension(extension);
      let row = kinds.get(kind);
      if (!row) kinds.set(kind, (row = { sum: emptySum(), extensions: [] }));
      row.sum.blocks += sum.blocks;
      row.sum.entries += sum.entries;
      if (extension !== undefined) row.extensions.push({ extension, ...share(sum) });
    }
    return [...kinds]
      .map(([type, { sum, extensions }]) => ({
        type,
        ...share(sum),
        extensions: extensions.toSorted(bySize),
      }))
      .toSorted(bySize);
  }
}

function share(sum: Sum): Share {
  return { diskBytes: sum.blocks * BLOCK_BYTES, entries: sum.entries };
}

function isUsed(one: Share): boolean {
  return one.entries > 0;
}

function bySize(a: Share, b: Share): number {
  return b.diskBytes - a.diskBytes || b.entries - a.entries;
}

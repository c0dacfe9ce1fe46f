/** Entries of a directory of which a volume knows nothing certain: collected, and then looked at by statx in one go. */
import type { Libc } from '../../system/calls/libc.ts';
import { DIRENT_NAME, DIRENT_RECORD_LENGTH } from '../../system/calls/dirent.ts';
import type { Statx } from '../../system/calls/statx.ts';
import { EntryCounter } from './entry-counter.ts';
import type { IsTaken, SourceContext } from './source.ts';

const BYTES = 2 ** 16;
/** An entry with the longest name. */
const MOST_ENTRY_BYTES = 280;

export class Doubts {
  readonly #context: SourceContext;
  readonly #counter: EntryCounter;
  /** As getdents64 would have listed them. */
  readonly #bytes = new Uint8Array(new ArrayBuffer(BYTES));
  #length = 0;

  constructor(context: SourceContext, libc: Libc, stat: Statx, take: IsTaken) {
    this.#context = context;
    this.#counter = new EntryCounter(
      context,
      libc,
      stat,
      (row, mountId, device, inode) => {
        // On a mount that was not there when the scan began.
        if (!take(row, mountId, device, inode))
          context.tally.addProblem(row, undefined, 'open-directory', 'ESTALE');
      },
      this.#bytes,
    );
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  get hasRoom(): boolean {
    return this.#length + MOST_ENTRY_BYTES <= BYTES;
  }

  /** Notes the entry `name[start…end)`. */
  add(name: Uint8Array, start: number, end: number): void {
    const bytes = this.#bytes;
    const at = this.#length;
    const length = (DIRENT_NAME + (end - start) + 8) & ~7;
    bytes.fill(0, at, at + length);
    bytes[at + DIRENT_RECORD_LENGTH] = length & 0xff;
    bytes[at + DIRENT_RECORD_LENGTH + 1] = length >>> 8;
    for (let i = start; i < end; i++) bytes[at + DIRENT_NAME + i - start] = name[i];
    this.#length += length;
  }

  /** Counts them all, by way of the open directory of `row`. */
  settle(descriptor: number, row: number, mountId: number, root: number): void {
    this.#counter.enter({ descriptor, row, mountId, parent: undefined, waiting: 0, inode: 0 }, root);
    this.#counter.count(0, this.#length);
    this.drop();
    this.#context.tally.enter(row);
  }

  drop(): void {
    this.#length = 0;
  }
}

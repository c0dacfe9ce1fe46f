/** Directories in which a thread met a file of the name that was asked for: whoever judges them need not look into each. */
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

export class NotedDirectories {
  /** Directory numbers, one as often as it was met. */
  readonly directories: number[] = [];
  readonly #name: Uint8Array;

  /** @param name undefined where none was asked for: nothing is noted. */
  constructor(name: ByteString | undefined) {
    this.#name = toBuffer(name ?? ('' as ByteString));
  }

  /** Notes `directory` if the file `bytes[start…end)` in it has the name. */
  meet(directory: number, bytes: Uint8Array, start: number, end: number): void {
    const name = this.#name;
    if (end - start !== name.length) return;
    for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name[i]) return;
    this.directories.push(directory);
  }
}

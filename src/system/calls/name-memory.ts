/** Memory that holds one name at a time where the kernel can read it, ended by a NUL. */
import type { Libc } from './libc.ts';

/** PATH_MAX, NUL included: also beyond the names of any filesystem. */
export const NAME_BYTES = 4096;

export class NameMemory {
  readonly #bytes = new Uint8Array(new ArrayBuffer(NAME_BYTES));
  readonly #at: number;

  constructor(libc: Libc) {
    this.#at = libc.addressOf(this.#bytes);
  }

  /** The address of `name`, until the next one is put there. */
  put(name: string): number {
    if (name.length >= NAME_BYTES) throw new RangeError(`a name of ${name.length} bytes`);
    const bytes = this.#bytes;
    for (let i = 0; i < name.length; i++) bytes[i] = name.charCodeAt(i);
    bytes[name.length] = 0;
    return this.#at;
  }
}

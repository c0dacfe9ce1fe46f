/** What the user should know once. */
import type { ByteString } from '../../model/byte-string.ts';
import type { WatchEvent } from '../../model/watch-event.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import type { WatchNotice } from '../../model/watch-notice.ts';

export class Notices {
  readonly #emit: (event: WatchEvent) => void;
  readonly #told = new Set<string>();

  constructor(emit: (event: WatchEvent) => void) {
    this.#emit = emit;
  }

  /** @param key what it is about: told once for each. */
  tell(key: string, notice: WatchNotice, path?: ByteString): void {
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#emit({ type: 'notice', at: nowSeconds(), path, notice });
  }

  /** A directory that cannot be read: the first of its kind is told. */
  tellTrouble(path: ByteString, code: string): void {
    this.tell(`trouble ${code}`, { kind: 'unreadable', code }, path);
  }
}

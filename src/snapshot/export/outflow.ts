/** Takes a snapshot's text as it is made, compresses it where that is wanted, and hands it on, never much at a time. */
import { constants, createZstdCompress } from 'node:zlib';
import type { ZstdCompress } from 'node:zlib';
import type { RecordSink } from '../../scan/scan.ts';

/** Takes bytes where they are to go; throws where they cannot go there. */
export type TakeBytes = (bytes: Uint8Array) => void | Promise<void>;

export class Outflow implements RecordSink {
  readonly #take: TakeBytes;
  readonly #zstd: ZstdCompress | undefined;
  readonly #onFailure: () => void;
  #last: Promise<void> = Promise.resolve();
  #backlog = 0;
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;
  /** Handed on so far. */
  writtenBytes = 0;

  /**
   * @param level of zstd; undefined where nothing is compressed.
   * @param onFailure called once `take` has thrown; `finish` throws the same.
   */
  constructor(take: TakeBytes, level: number | undefined, onFailure: () => void) {
    this.#take = take;
    this.#onFailure = onFailure;
    if (level === undefined) return;
    this.#zstd = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: level } });
    this.#zstd.on('data', (bytes: Buffer) => this.#handOn(bytes));
  }

  write(bytes: Uint8Array): void {
    if (this.#failure) return;
    if (!this.#zstd) {
      this.#handOn(bytes);
      return;
    }
    this.#backlog += bytes.length;
    this.#zstd.write(bytes, () => this.#drain(bytes.length));
  }

  backlogBytes(): number {
    return this.#backlog;
  }

  async drained(): Promise<void> {
    if (this.#backlog === 0 || this.#failure) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Resolves when all was handed on; throws what `take` has thrown. */
  async finish(): Promise<void> {
    if (this.#zstd && !this.#failure) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.#zstd.once('end', resolve).once('error', reject);
      this.#zstd.end();
      await promise;
    }
    await this.#last;
    if (this.#failure) throw this.#failure.error;
  }

  #handOn(bytes: Uint8Array): void {
    if (this.#failure) return;
    this.#backlog += bytes.length;
    try {
      const taken = this.#take(bytes);
      if (taken === undefined) this.#taken(bytes);
      else {
        this.#last = Promise.all([this.#last, taken]).then(
          () => this.#taken(bytes),
          (error: unknown) => this.#fail(error),
        );
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #taken({ length }: Uint8Array): void {
    this.writtenBytes += length;
    this.#drain(length);
  }

  #drain(bytes: number): void {
    this.#backlog -= bytes;
    this.#wake?.();
    this.#wake = undefined;
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#wake?.();
    this.#onFailure();
  }
}

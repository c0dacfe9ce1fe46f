/** The last bytes of a stream, in a ring that grows to its limit and no further. */

export class TailBuffer {
  readonly #limit: number;
  #ring = Buffer.alloc(0);
  /** Bytes that have passed. */
  total = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(piece: Uint8Array): void {
    const kept = piece.length > this.#limit ? piece.subarray(piece.length - this.#limit) : piece;
    const skipped = piece.length - kept.length;
    if (this.#ring.length < this.#limit) this.#grow(this.total + piece.length);
    let at = (this.total + skipped) % this.#limit;
    const first = Math.min(kept.length, this.#limit - at);
    this.#ring.set(kept.subarray(0, first), at);
    if (first < kept.length) {
      at = 0;
      this.#ring.set(kept.subarray(first), at);
    }
    this.total += piece.length;
  }

  /** In order, oldest first. */
  bytes(): Buffer {
    if (this.total <= this.#limit) return this.#ring.subarray(0, this.total);
    const from = this.total % this.#limit;
    return Buffer.concat([this.#ring.subarray(from, this.#limit), this.#ring.subarray(0, from)]);
  }

  #grow(wanted: number): void {
    const size = Math.min(this.#limit, Math.max(64 * 1024, 2 * wanted));
    if (size <= this.#ring.length) return;
    const larger = Buffer.alloc(size);
    larger.set(this.#ring);
    this.#ring = larger;
  }
}

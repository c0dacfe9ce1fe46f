/** Line shape → template, in typed arrays: the fast path that spares the tree. Forgets everything when three quarters full. */

const size = 1 << 15;

export class ShapeCache {
  readonly #a = new Int32Array(size);
  readonly #b = new Int32Array(size);
  /** Template serial + 1; 0 is free. */
  readonly #serial = new Int32Array(size);
  #filled = 0;

  /** The template's serial number, -1 when this shape is not known. */
  get(a: number, b: number): number {
    let at = (a ^ (b >>> 7)) & (size - 1);
    while (this.#serial[at] !== 0) {
      if (this.#a[at] === a && this.#b[at] === b) return this.#serial[at] - 1;
      at = (at + 1) & (size - 1);
    }
    return -1;
  }

  set(a: number, b: number, serial: number): void {
    if (this.#filled > (size * 3) / 4) this.clear();
    let at = (a ^ (b >>> 7)) & (size - 1);
    while (this.#serial[at] !== 0 && !(this.#a[at] === a && this.#b[at] === b)) at = (at + 1) & (size - 1);
    if (this.#serial[at] === 0) this.#filled++;
    this.#a[at] = a;
    this.#b[at] = b;
    this.#serial[at] = serial + 1;
  }

  clear(): void {
    this.#serial.fill(0);
    this.#filled = 0;
  }
}

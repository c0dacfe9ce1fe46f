/** A map from short texts to values, asked with slices of long ones: most misses cost neither a copy nor a hash. */

/** A power of two, several times the number of texts a catalogue has. */
const SKETCHES = 8192;

export class TextIndex<Value> {
  readonly #values = new Map<string, Value>();
  /** 1 at the sketch of every text in the map. */
  readonly #sketches = new Uint8Array(SKETCHES);

  set(text: string, value: Value): void {
    this.#values.set(text, value);
    this.#sketches[sketch(text, 0, text.length)] = 1;
  }

  /** The value of the text that stands in `path` from `start` up to `end`. */
  get(path: string, start: number, end: number): Value | undefined {
    if (this.#sketches[sketch(path, start, end)] !== 1) return undefined;
    return this.#values.get(path.slice(start, end));
  }
}

/** A number below SKETCHES from the slice's length and three of its characters: equal slices have equal numbers. */
function sketch(path: string, start: number, end: number): number {
  const first = path.charCodeAt(start);
  const middle = path.charCodeAt((start + end) >> 1);
  const last = path.charCodeAt(end - 1);
  return (((end - start) * 31 + first) * 31 + middle * 7 + last * 131) & (SKETCHES - 1);
}

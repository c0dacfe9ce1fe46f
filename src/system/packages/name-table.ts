/** The table of owned paths while it grows (see model/owned-paths.ts): a node per name in a directory. */
import { fromBytes, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { COMPILED_MODULE, NOT_OWNED, TOP_NODE, nameHash } from '../../model/owned-paths.ts';
import type { OwnedPathsColumns } from '../../model/owned-paths.ts';

/** Names there is room for at first: those of a server's packages fit without growing. */
const ROOM = 2 ** 17;

export class NameTable {
  #buckets = new Int32Array(ROOM * 2);
  #parent = new Int32Array(ROOM);
  #nameStart = new Int32Array(ROOM);
  #nameLength = new Int32Array(ROOM);
  #owner = new Int32Array(ROOM);
  #hash = new Int32Array(ROOM);
  #names = new Uint8Array(ROOM * 16);
  #nameBytes = 0;
  #nodes = TOP_NODE + 1;

  /** The node of a name in the directory `parent`; 0 where there is none. */
  find(parent: number, name: Uint8Array, start: number, end: number): number {
    return this.#buckets[this.#bucketOf(nameHash(parent, name, start, end), parent, name, start, end)];
  }

  /** The same, made where there was none. */
  child(parent: number, name: Uint8Array, start: number, end: number): number {
    const hash = nameHash(parent, name, start, end);
    const bucket = this.#bucketOf(hash, parent, name, start, end);
    if (this.#buckets[bucket] !== 0) return this.#buckets[bucket];
    const node = this.#nodes++;
    this.#buckets[bucket] = node;
    this.#makeRoom(node, end - start);
    this.#parent[node] = parent;
    this.#hash[node] = hash;
    this.#nameStart[node] = this.#nameBytes;
    this.#nameLength[node] = end - start;
    for (let i = start; i < end; i++) this.#names[this.#nameBytes++] = name[i];
    if (this.#nodes * 2 > this.#buckets.length) this.#rehash();
    return node;
  }

  /** Gives a name to `owner`. The first package keeps it. */
  own(parent: number, name: Uint8Array, start: number, end: number, owner: number): void {
    const node = this.child(parent, name, start, end);
    if (this.#owner[node] === NOT_OWNED || this.#owner[node] === COMPILED_MODULE) this.#owner[node] = owner;
  }

  path(node: number): ByteString {
    if (node === TOP_NODE) return '/' as ByteString;
    const start = this.#nameStart[node];
    const name = fromBytes(this.#names, start, start + this.#nameLength[node]);
    return joinPath(this.path(this.#parent[node]), name);
  }

  /** The finished table, in memory that threads share. */
  columns(ownerCount: number): OwnedPathsColumns {
    return {
      buckets: shared(this.#buckets, this.#buckets.length),
      parent: shared(this.#parent, this.#nodes),
      nameStart: shared(this.#nameStart, this.#nodes),
      nameLength: shared(this.#nameLength, this.#nodes),
      owner: shared(this.#owner, this.#nodes),
      names: sharedBytes(this.#names, this.#nameBytes),
      ownerCount,
    };
  }

  /** The bucket that holds a name, or the free one where it belongs. */
  #bucketOf(hash: number, parent: number, name: Uint8Array, start: number, end: number): number {
    const mask = this.#buckets.length - 1;
    let bucket = hash & mask;
    for (let node = this.#buckets[bucket]; node !== 0; node = this.#buckets[bucket]) {
      if (this.#parent[node] === parent && this.#isNamed(node, name, start, end)) return bucket;
      bucket = (bucket + 1) & mask;
    }
    return bucket;
  }

  #isNamed(node: number, name: Uint8Array, start: number, end: number): boolean {
    if (this.#nameLength[node] !== end - start) return false;
    const at = this.#nameStart[node];
    for (let i = 0; i < end - start; i++) if (this.#names[at + i] !== name[start + i]) return false;
    return true;
  }

  #makeRoom(node: number, nameBytes: number): void {
    if (node >= this.#parent.length) {
      this.#parent = grown(this.#parent, node * 2);
      this.#nameStart = grown(this.#nameStart, node * 2);
      this.#nameLength = grown(this.#nameLength, node * 2);
      this.#owner = grown(this.#owner, node * 2);
      this.#hash = grown(this.#hash, node * 2);
    }
    if (this.#nameBytes + nameBytes <= this.#names.length) return;
    const names = new Uint8Array(Math.max(this.#names.length * 2, this.#nameBytes + nameBytes));
    names.set(this.#names);
    this.#names = names;
  }

  #rehash(): void {
    this.#buckets = new Int32Array(this.#buckets.length * 4);
    const mask = this.#buckets.length - 1;
    for (let node = TOP_NODE + 1; node < this.#nodes; node++) {
      let bucket = this.#hash[node] & mask;
      while (this.#buckets[bucket] !== 0) bucket = (bucket + 1) & mask;
      this.#buckets[bucket] = node;
    }
  }
}

function grown(column: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length);
  longer.set(column);
  return longer;
}

function shared(column: Int32Array, length: number): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(length * 4));
  copy.set(column.subarray(0, length));
  return copy;
}

function sharedBytes(column: Uint8Array, length: number): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(length));
  copy.set(column.subarray(0, length));
  return copy;
}

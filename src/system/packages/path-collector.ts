/** Collects the paths that packages list into a table, by where they really are: `/bin/sh` where /bin leads to. */
import { realpathSync } from 'node:fs';
import { baseName, components, fromBytes, joinPath, parentPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import {
  COMPILED_MODULE,
  FIRST_PACKAGE,
  GENERATED,
  NOT_OWNED,
  TOP_NODE,
  nameHash,
} from '../../model/owned-paths.ts';
import type { OwnedPathsColumns } from '../../model/owned-paths.ts';
import { LinkProbe } from './link-probe.ts';

const SLASH = 47;
const PYCACHE = toBuffer('__pycache__' as ByteString);
const PYTHON = toBuffer('.py' as ByteString);
const LAST_LETTER = PYTHON[2];

/** Paths there is room for at first. */
const ROOM = 2 ** 17;

export class PathCollector {
  readonly packages: string[] = [];
  readonly #links = new LinkProbe();
  // A server's packages fit without growing.
  #buckets = new Int32Array(ROOM * 2);
  #parent = new Int32Array(ROOM);
  #nameStart = new Int32Array(ROOM);
  #nameLength = new Int32Array(ROOM);
  #owner = new Int32Array(ROOM);
  #hash = new Int32Array(ROOM);
  #names = new Uint8Array(ROOM * 16);
  #nameBytes = 0;
  #nodes = TOP_NODE + 1;
  /** By node of a directory: where it leads, itself where it is no link. Asked once. */
  readonly #leadsTo = new Map<number, number>([[TOP_NODE, TOP_NODE]]);
  /** The parent of the latest path, as it was listed: the next one mostly shares it. */
  #listedParent: Uint8Array = new Uint8Array(0);
  #parentNode: number = TOP_NODE;

  /** A number for a package whose paths follow. */
  addPackage(name: string): number {
    return FIRST_PACKAGE + this.packages.push(name) - 1;
  }

  /** Adds the absolute path `bytes[start…end)`, a file or a directory. The first owner keeps it. */
  add(owner: number, bytes: Uint8Array, start: number, end: number): void {
    let last = end;
    while (last > start && bytes[last - 1] === SLASH) last--;
    let slash = last;
    while (slash > start && bytes[slash - 1] !== SLASH) slash--;
    if (last === slash) return;
    const directory = this.#directory(bytes, start, slash);
    this.#own(directory, bytes, slash, last, owner);
    if (!isPython(bytes, slash, last)) return;
    const compiled = this.#child(directory, PYCACHE, 0, PYCACHE.length);
    this.#own(compiled, bytes, slash, last - PYTHON.length, COMPILED_MODULE);
  }

  addPath(owner: number, path: ByteString): void {
    this.add(owner, toBuffer(path), 0, path.length);
  }

  /** Adds a path that a script of a package made, where a package knows the directory it lies in. */
  addGenerated(path: ByteString): void {
    const node = this.#known(components(parentPath(path)));
    const name = toBuffer(baseName(path));
    if (node !== 0) this.#own(node, name, 0, name.length, GENERATED);
  }

  /** The table, in memory that threads share. */
  columns(): OwnedPathsColumns {
    const count = this.#nodes;
    return {
      buckets: shared(this.#buckets, this.#buckets.length),
      parent: shared(this.#parent, count),
      nameStart: shared(this.#nameStart, count),
      nameLength: shared(this.#nameLength, count),
      owner: shared(this.#owner, count),
      names: sharedBytes(this.#names, this.#nameBytes),
      ownerCount: FIRST_PACKAGE + this.packages.length,
    };
  }

  #own(directory: number, bytes: Uint8Array, start: number, end: number, owner: number): void {
    const node = this.#child(directory, bytes, start, end);
    if (this.#owner[node] === NOT_OWNED || this.#owner[node] === COMPILED_MODULE) this.#owner[node] = owner;
  }

  /** The node of the directory that the path `bytes[start…end)`, a slash at its end, leads to. */
  #directory(bytes: Uint8Array, start: number, end: number): number {
    if (equalBytes(this.#listedParent, bytes, start, end)) return this.#parentNode;
    let node: number = TOP_NODE;
    let from = start;
    for (let at = start; at < end; at++) {
      if (bytes[at] !== SLASH) continue;
      if (at > from) node = this.#follow(this.#child(node, bytes, from, at));
      from = at + 1;
    }
    this.#listedParent = bytes.slice(start, end);
    this.#parentNode = node;
    return node;
  }

  /** Where a directory really is: that of a link is where the link leads. */
  #follow(node: number): number {
    let real = this.#leadsTo.get(node);
    if (real === undefined) {
      // Set first: no link is followed twice, whatever it leads through.
      this.#leadsTo.set(node, node);
      real = this.#linkTarget(node);
      this.#leadsTo.set(node, real);
    }
    return real;
  }

  #linkTarget(node: number): number {
    const path = this.#path(node);
    try {
      if (!this.#links.isLink(path)) return node;
      const target = realpathSync.native(toBuffer(path), { encoding: 'buffer' });
      const real = joinPath(fromBytes(target), '' as ByteString);
      return real === '/' ? TOP_NODE : this.#realDirectory(toBuffer(real));
    } catch {
      return node;
    }
  }

  /** The node of a path that leads through no link. */
  #realDirectory(path: Uint8Array): number {
    let node: number = TOP_NODE;
    let from = 1;
    for (let at = 1; at < path.length; at++) {
      if (path[at] !== SLASH) continue;
      node = this.#child(node, path, from, at);
      this.#leadsTo.set(node, node);
      from = at + 1;
    }
    return node;
  }

  #path(node: number): ByteString {
    const start = this.#nameStart[node];
    const name = fromBytes(this.#names, start, start + this.#nameLength[node]);
    return joinPath(
      this.#parent[node] === TOP_NODE ? ('/' as ByteString) : this.#path(this.#parent[node]),
      name,
    );
  }

  /** The directory's node where it has one, links followed; 0 where no package knows it. */
  #known(names: readonly ByteString[]): number {
    let node: number = TOP_NODE;
    for (const name of names) {
      node = this.#find(node, toBuffer(name));
      if (node === 0) return 0;
      node = this.#follow(node);
    }
    return node;
  }

  #find(parent: number, name: Uint8Array): number {
    const mask = this.#buckets.length - 1;
    let bucket = nameHash(parent, name, 0, name.length) & mask;
    for (let node = this.#buckets[bucket]; node !== 0; node = this.#buckets[bucket]) {
      if (this.#parent[node] === parent && this.#isNamed(node, name, 0, name.length)) return node;
      bucket = (bucket + 1) & mask;
    }
    return 0;
  }

  #isNamed(node: number, name: Uint8Array, start: number, end: number): boolean {
    if (this.#nameLength[node] !== end - start) return false;
    const at = this.#nameStart[node];
    for (let i = 0; i < end - start; i++) if (this.#names[at + i] !== name[start + i]) return false;
    return true;
  }

  #child(parent: number, bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#buckets.length - 1;
    const hash = nameHash(parent, bytes, start, end);
    let bucket = hash & mask;
    for (;;) {
      const node = this.#buckets[bucket];
      if (node === 0) {
        this.#buckets[bucket] = this.#nodes;
        return this.#insert(hash, parent, bytes, start, end);
      }
      if (this.#parent[node] === parent && this.#isNamed(node, bytes, start, end)) return node;
      bucket = (bucket + 1) & mask;
    }
  }

  #insert(hash: number, parent: number, bytes: Uint8Array, start: number, end: number): number {
    const node = this.#nodes++;
    if (node >= this.#parent.length) {
      this.#parent = grown(this.#parent, node * 2);
      this.#nameStart = grown(this.#nameStart, node * 2);
      this.#nameLength = grown(this.#nameLength, node * 2);
      this.#owner = grown(this.#owner, node * 2);
      this.#hash = grown(this.#hash, node * 2);
    }
    if (this.#nameBytes + end - start > this.#names.length) {
      const names = new Uint8Array(Math.max(this.#names.length * 2, this.#nameBytes + end - start));
      names.set(this.#names);
      this.#names = names;
    }
    this.#parent[node] = parent;
    this.#hash[node] = hash;
    this.#nameStart[node] = this.#nameBytes;
    this.#nameLength[node] = end - start;
    for (let i = start; i < end; i++) this.#names[this.#nameBytes++] = bytes[i];
    if (this.#nodes * 2 > this.#buckets.length) this.#rehash();
    return node;
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

function equalBytes(one: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (one.length !== end - start || one.length === 0) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== bytes[start + i]) return false;
  return true;
}

function isPython(name: Uint8Array, start: number, end: number): boolean {
  if (end - start <= PYTHON.length || name[end - 1] !== LAST_LETTER) return false;
  return name[end - 2] === PYTHON[1] && name[end - 3] === PYTHON[0];
}

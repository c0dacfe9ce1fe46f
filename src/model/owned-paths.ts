/**
 * Which package owns a path: a tree of names in shared memory, so that every thread of a scan can look entries up as
 * it walks. Names are compared byte by byte; nothing is taken for owned because its hash looks alike.
 */
import { components, toBuffer } from './byte-string.ts';
import type { ByteString } from './byte-string.ts';

/** Owners that are no package. Packages are numbered from FIRST_PACKAGE on. */
export const NOT_OWNED = 0;
/** Made by the scripts of a package and listed by none: byte code, caches, the locale archive. */
export const GENERATED = 1;
/** Stands in a __pycache__ for a module that a package owns: what is compiled from it is GENERATED. */
export const COMPILED_MODULE = 2;
/** A directory that a script of a package fills: all below it is GENERATED. */
export const GENERATED_TREE = 3;
export const FIRST_PACKAGE = 4;

/** The node of "/". 0 is no node: nothing below it is owned. */
export const TOP_NODE = 1;

/** An entry per owned path and per directory above one, its index being its node. Shared between threads. */
export interface OwnedPathsColumns {
  /** Hash table of a power of two: node, 0 where free. */
  readonly buckets: Int32Array;
  readonly parent: Int32Array;
  readonly nameStart: Int32Array;
  readonly nameLength: Int32Array;
  readonly names: Uint8Array;
  readonly owner: Int32Array;
  /** FIRST_PACKAGE plus the number of packages. */
  readonly ownerCount: number;
}

export function nameHash(node: number, name: Uint8Array, start: number, end: number): number {
  let hash = Math.imul(node, 0x9e3779b1) ^ 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ name[i], 0x01000193);
  return hash ^ (hash >>> 15);
}

export class OwnedPaths {
  readonly #columns: OwnedPathsColumns;
  readonly #mask: number;

  constructor(columns: OwnedPathsColumns) {
    this.#columns = columns;
    this.#mask = columns.buckets.length - 1;
  }

  get ownerCount(): number {
    return this.#columns.ownerCount;
  }

  /** The node of the entry `name[start…end)` in the directory of `node`; 0 where no package knows it. */
  child(node: number, name: Uint8Array, start: number, end: number): number {
    if (node === 0) return 0;
    const { buckets, parent, nameStart, nameLength, names, owner } = this.#columns;
    if (owner[node] === GENERATED_TREE) return node;
    const length = end - start;
    let bucket = nameHash(node, name, start, end) & this.#mask;
    for (;;) {
      const found = buckets[bucket];
      if (found === 0) return 0;
      if (parent[found] === node && nameLength[found] === length) {
        const at = nameStart[found];
        let same = 0;
        while (same < length && names[at + same] === name[start + same]) same++;
        if (same === length) return found;
      }
      bucket = (bucket + 1) & this.#mask;
    }
  }

  /** Who owns the file `name[start…end)` in the directory of `node`. */
  ownerOf(node: number, name: Uint8Array, start: number, end: number): number {
    if (node === 0) return NOT_OWNED;
    const owner = this.#columns.owner[this.child(node, name, start, end)];
    if (owner >= FIRST_PACKAGE) return owner;
    if (owner === GENERATED || owner === GENERATED_TREE) return GENERATED;
    return name[end - 1] === LETTER_C && this.#isCompiled(node, name, start, end) ? GENERATED : NOT_OWNED;
  }

  /** The node of an absolute path with no symbolic link in it; 0 where no package knows it. */
  find(path: ByteString): number {
    let node = TOP_NODE;
    for (const name of components(path)) node = this.child(node, toBuffer(name), 0, name.length);
    return node;
  }

  /** Byte code of a source that a package owns: x.pyc beside x.py, x.elc beside x.el, x.TAG[.opt-N].pyc in __pycache__. */
  #isCompiled(node: number, name: Uint8Array, start: number, end: number): boolean {
    const isPython = endsWith(name, start, end, PYC);
    if (!isPython && !endsWith(name, start, end, ELC)) return false;
    const { owner } = this.#columns;
    if (owner[this.child(node, name, start, end - 1)] >= FIRST_PACKAGE) return true;
    if (!isPython) return false;
    let dot = lastDot(name, start, end - PYC.length);
    if (dot > start && name[dot + 1] === LETTER_O && name[dot + 2] === LETTER_P)
      dot = lastDot(name, start, dot);
    return dot > start && owner[this.child(node, name, start, dot)] === COMPILED_MODULE;
  }
}

const LETTER_C = 99;
const LETTER_O = 111;
const LETTER_P = 112;
const DOT = 46;
const PYC = toBuffer('.pyc' as ByteString);
const ELC = toBuffer('.elc' as ByteString);

function endsWith(name: Uint8Array, start: number, end: number, ending: Uint8Array): boolean {
  if (end - start <= ending.length) return false;
  for (let i = 0; i < ending.length; i++) if (name[end - ending.length + i] !== ending[i]) return false;
  return true;
}

/** Where the last dot in `name[start…end)` is, or `start`. */
function lastDot(name: Uint8Array, start: number, end: number): number {
  let at = end - 1;
  while (at > start && name[at] !== DOT) at--;
  return at;
}

/** Collects the paths that packages list into a table, by where they really are: `/bin/sh` where /bin leads to. */
import { realpathSync } from 'node:fs';
import { baseName, components, fromBytes, parentPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import {
  COMPILED_MODULE,
  FIRST_PACKAGE,
  GENERATED,
  GENERATED_TREE,
  TOP_NODE,
} from '../../model/owned-paths.ts';
import type { OwnedPathsColumns } from '../../model/owned-paths.ts';
import { LinkProbe } from './link-probe.ts';
import { NameTable } from './name-table.ts';

const SLASH = 47;
const PYCACHE = toBuffer('__pycache__' as ByteString);
const PYTHON = toBuffer('.py' as ByteString);

export class PathCollector {
  readonly packages: string[] = [];
  readonly #table = new NameTable();
  readonly #links = new LinkProbe();
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
    this.#table.own(directory, bytes, slash, last, owner);
    if (!isPython(bytes, slash, last)) return;
    const compiled = this.#table.child(directory, PYCACHE, 0, PYCACHE.length);
    this.#table.own(compiled, bytes, slash, last - PYTHON.length, COMPILED_MODULE);
  }

  addPath(owner: number, path: ByteString): void {
    this.add(owner, toBuffer(path), 0, path.length);
  }

  /** Adds a path that a script of a package made, where a package knows the directory it lies in. */
  addGenerated(path: ByteString): void {
    let node: number = TOP_NODE;
    for (const part of components(parentPath(path))) {
      node = this.#table.find(node, toBuffer(part), 0, part.length);
      if (node === 0) return;
      node = this.#follow(node);
    }
    const name = toBuffer(baseName(path));
    this.#table.own(node, name, 0, name.length, GENERATED);
  }

  /** Adds a directory that scripts of packages fill. */
  addGeneratedTree(path: ByteString): void {
    this.addPath(GENERATED_TREE, path);
  }

  /** The table, in memory that threads share. */
  columns(): OwnedPathsColumns {
    return this.#table.columns(FIRST_PACKAGE + this.packages.length);
  }

  /** The node of the directory that the path `bytes[start…end)`, a slash at its end, leads to. */
  #directory(bytes: Uint8Array, start: number, end: number): number {
    if (equalBytes(this.#listedParent, bytes, start, end)) return this.#parentNode;
    let node: number = TOP_NODE;
    let from = start;
    for (let at = start; at < end; at++) {
      if (bytes[at] !== SLASH) continue;
      if (at > from) node = this.#follow(this.#table.child(node, bytes, from, at));
      from = at + 1;
    }
    this.#listedParent = bytes.slice(start, end);
    this.#parentNode = node;
    return node;
  }

  /** Where a directory really is: that of a link is where the link leads. */
  #follow(node: number): number {
    let real = this.#leadsTo.get(node);
    if (real === undefined) this.#leadsTo.set(node, (real = this.#linkTarget(node)));
    return real;
  }

  #linkTarget(node: number): number {
    const path = this.#table.path(node);
    if (!this.#links.isLink(path)) return node;
    try {
      return this.#realNode(fromBytes(realpathSync.native(toBuffer(path), { encoding: 'buffer' })));
    } catch {
      // It leads nowhere.
      return node;
    }
  }

  /** The node of a path that leads through no link. */
  #realNode(path: ByteString): number {
    let node: number = TOP_NODE;
    for (const part of components(path)) {
      node = this.#table.child(node, toBuffer(part), 0, part.length);
      this.#leadsTo.set(node, node);
    }
    return node;
  }
}

function equalBytes(one: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (one.length !== end - start || one.length === 0) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== bytes[start + i]) return false;
  return true;
}

function isPython(name: Uint8Array, start: number, end: number): boolean {
  const dot = end - PYTHON.length;
  return dot > start && name[dot + 2] === PYTHON[2] && name[dot + 1] === PYTHON[1] && name[dot] === PYTHON[0];
}

/** find(1) as an oracle: every inode below a path, and from those the numbers of each directory by the book. */
import { execFileSync } from 'node:child_process';
import type { Totals } from '../../src/model/scan-result.ts';

/** Numbers of a directory as DESIGN §3 defines them, and where it stands. */
export interface DirectoryNumbers {
  readonly depth: number;
  /** '' for the root. */
  readonly name: string;
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly freeableBytes: number;
  readonly entries: number;
}

/** A regular file, under all its names. */
export interface FoundFile {
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly links: number;
  /** Below the root, as byte strings, in order. */
  readonly paths: readonly string[];
}

export interface FindResult {
  readonly totals: Totals;
  /** From the root down, siblings by name: two equal lists are two equal trees. */
  readonly directories: readonly DirectoryNumbers[];
  /** Regular files, each inode once, largest on disk first. */
  readonly files: readonly FoundFile[];
}

interface Inode {
  /** As find's %y: f, d, l and others. */
  readonly type: string;
  readonly size: number;
  readonly diskBytes: number;
  readonly links: number;
  readonly names: { readonly directory: Directory | undefined; readonly name: string }[];
}

interface Directory {
  readonly name: string;
  readonly parent: Directory | undefined;
  readonly children: Directory[];
  diskBytes: number;
  apparentBytes: number;
  freeableBytes: number;
  entries: number;
}

export function find(path: string): FindResult {
  const { inodes, directories } = read(path);
  const ofType = (type: string): Inode[] => inodes.filter((inode) => inode.type === type);
  const [files, symlinks] = [ofType('f'), ofType('l')];
  const totals = {
    diskBytes: sum(inodes, ({ diskBytes }) => diskBytes),
    apparentBytes: sum([...files, ...symlinks], ({ size }) => size),
    entries: inodes.length,
    files: files.length,
    directories: directories.length,
    symlinks: symlinks.length,
    others: inodes.length - files.length - directories.length - symlinks.length,
  };
  for (const inode of inodes) addInode(inode);
  for (const directory of directories.toReversed()) addToParent(directory);
  for (const inode of inodes) if (inode.names.length > 1) addLinked(inode);
  return {
    totals,
    directories: [...inOrder(directories[0])],
    files: files
      .map(({ diskBytes, size, links, names }) => ({
        diskBytes,
        apparentBytes: size,
        links,
        paths: names.map(({ directory, name }) => pathOf(directory, name)).toSorted(),
      }))
      .toSorted((a, b) => b.diskBytes - a.diskBytes),
  };
}

/** Depths and names instead of paths, which may be longer than all else together: find lists a directory before what is in it. */
function read(path: string): { inodes: Inode[]; directories: Directory[] } {
  const output = execFileSync('find', [path, '-xdev', '-printf', String.raw`%D:%i %y %s %b %n %d %f\0`], {
    encoding: 'latin1',
    maxBuffer: 2 ** 30,
  });
  const inodes = new Map<string, Inode>();
  const directories: Directory[] = [];
  const above: Directory[] = [];
  for (const line of output.split('\0').slice(0, -1)) {
    const [key, type, size, blocks, links, depth] = line.split(' ', 6);
    const level = Number(depth);
    const name = level === 0 ? '' : line.slice([key, type, size, blocks, links, depth].join(' ').length + 1);
    const parent = level === 0 ? undefined : above[level - 1];
    let inode = inodes.get(key);
    if (!inode) {
      inode = { type, size: Number(size), diskBytes: Number(blocks) * 512, links: Number(links), names: [] };
      inodes.set(key, inode);
    }
    inode.names.push({ directory: parent, name });
    if (type !== 'd') continue;
    above[level] = {
      name,
      parent,
      children: [],
      diskBytes: inode.diskBytes,
      apparentBytes: 0,
      freeableBytes: inode.diskBytes,
      entries: 1,
    };
    parent?.children.push(above[level]);
    directories.push(above[level]);
  }
  return { inodes: [...inodes.values()], directories };
}

/** An inode with one name among those found goes where it is; all above get it from there. */
function addInode({ type, names, links, diskBytes, size }: Inode): void {
  const [{ directory }] = names;
  if (type === 'd' || names.length > 1 || !directory) return;
  directory.diskBytes += diskBytes;
  if (type === 'f' || type === 'l') directory.apparentBytes += size;
  if (links === 1) directory.freeableBytes += diskBytes;
  directory.entries++;
}

function addToParent(directory: Directory): void {
  const { parent } = directory;
  if (!parent) return;
  parent.diskBytes += directory.diskBytes;
  parent.apparentBytes += directory.apparentBytes;
  parent.freeableBytes += directory.freeableBytes;
  parent.entries += directory.entries;
}

/** Once in every directory that has a name of it somewhere below; freeable where all its names are inside. */
function addLinked({ type, names, links, diskBytes, size }: Inode): void {
  const namesInside = new Map<Directory, number>();
  for (const { directory } of names) {
    for (let next = directory; next; next = next.parent)
      namesInside.set(next, (namesInside.get(next) ?? 0) + 1);
  }
  for (const [directory, count] of namesInside) {
    directory.diskBytes += diskBytes;
    if (type === 'f' || type === 'l') directory.apparentBytes += size;
    if (count >= links) directory.freeableBytes += diskBytes;
    directory.entries++;
  }
}

function* inOrder(root: Directory | undefined): Generator<DirectoryNumbers> {
  const waiting = root ? [{ directory: root, depth: 0 }] : [];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { directory, depth } = next;
    const { name, diskBytes, apparentBytes, freeableBytes, entries, children } = directory;
    yield { depth, name, diskBytes, apparentBytes, freeableBytes, entries };
    waiting.push(
      ...children
        .toSorted((a, b) => (a.name < b.name ? 1 : -1))
        .map((child) => ({ directory: child, depth: depth + 1 })),
    );
  }
}

function pathOf(directory: Directory | undefined, name: string): string {
  const parts = [name];
  for (let next = directory; next?.parent; next = next.parent) parts.push(next.name);
  return parts.toReversed().join('/');
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

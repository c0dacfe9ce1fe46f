/** Trees as descriptions, and the builder that makes them real: any names, any depth, links, holes and all. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  ftruncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';

/** Extras any entry may have. */
interface Attributes {
  readonly mode?: number;
  /** Seconds since 1970. */
  readonly mtime?: number;
}

export type TreeEntry =
  | ({ readonly kind: 'file'; readonly bytes: number } & Attributes)
  /** A file with this content, a character per byte. */
  | ({ readonly kind: 'content'; readonly content: string } & Attributes)
  /** `bytes` of data behind a hole, `size` bytes altogether. */
  | ({ readonly kind: 'sparse'; readonly size: number; readonly bytes: number } & Attributes)
  | ({ readonly kind: 'preallocated'; readonly reserved: number; readonly bytes: number } & Attributes)
  | ({ readonly kind: 'symlink'; readonly to: string } & Attributes)
  | ({ readonly kind: 'fifo' } & Attributes)
  | ({ readonly kind: 'socket' } & Attributes)
  /** One of the names of inode `inode`: all links of a tree with the same `inode` are one file of `bytes`. */
  | { readonly kind: 'link'; readonly inode: string; readonly bytes: number }
  | ({ readonly kind: 'directory'; readonly entries: TreeDescription } & Attributes);

type DirectoryEntry = TreeEntry & { readonly kind: 'directory' };

/** Name → entry. Names are byte strings: one character per byte (see model/byte-string.ts). */
export type TreeDescription = { readonly [name: string]: TreeEntry };

export const file = (bytes: number, attributes: Attributes = {}): TreeEntry => ({
  kind: 'file',
  bytes,
  ...attributes,
});
/** @param content a character per byte, followed by as many bytes as make it `bytes` long. */
export const content = (text: string, bytes = 0, attributes: Attributes = {}): TreeEntry => ({
  kind: 'content',
  content: text.padEnd(bytes, 'x'),
  ...attributes,
});
export const sparse = (size: number, bytes = 0): TreeEntry => ({ kind: 'sparse', size, bytes });
export const preallocated = (reserved: number, bytes = 0): TreeEntry => ({
  kind: 'preallocated',
  reserved,
  bytes,
});
export const symlink = (to: string): TreeEntry => ({ kind: 'symlink', to });
export const fifo = (): TreeEntry => ({ kind: 'fifo' });
export const socket = (): TreeEntry => ({ kind: 'socket' });
export const link = (inode: string, bytes = 0): TreeEntry => ({ kind: 'link', inode, bytes });
export const directory = (entries: TreeDescription = {}, attributes: Attributes = {}): TreeEntry => ({
  kind: 'directory',
  entries,
  ...attributes,
});

/** Directories in one another, one per name, with `entries` in the last. */
export function chain(names: readonly string[], entries: TreeDescription = {}): TreeEntry {
  let inner = directory(entries);
  for (const name of names.toReversed()) inner = directory({ [name]: inner });
  return inner;
}

/** Makes the directory `path` as described. It must not exist; its parent must, on the same filesystem. */
export async function buildTree(path: string, description: TreeDescription): Promise<void> {
  const builder = new TreeBuilder(`${path}.building`);
  await builder.prepare(description);
  renameSync(builder.tree(description), path);
  builder.end();
}

const bytesOf = (path: string): Buffer => Buffer.from(path, 'latin1');

/**
 * Each directory is filled beside the others and then, from the leaves up, renamed into its parent, so that no path is
 * ever long. Hard links are names of one inode that waits beside them until all are made.
 */
class TreeBuilder {
  readonly #place: string;
  readonly #inodes = new Set<string>();
  #fifos = 0;
  #sockets = 0;

  constructor(place: string) {
    this.#place = place;
    mkdirSync(place);
  }

  /** Makes what takes a process or an event loop: fifos and sockets, to be renamed to where they belong. */
  async prepare(description: TreeDescription): Promise<void> {
    const counts = { fifo: 0, socket: 0 };
    const waiting = [description];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      for (const entry of Object.values(next)) {
        if (entry.kind === 'directory') waiting.push(entry.entries);
        if (entry.kind === 'fifo' || entry.kind === 'socket') counts[entry.kind]++;
      }
    }
    if (counts.fifo > 0) {
      execFileSync(
        'mkfifo',
        Array.from({ length: counts.fifo }, (_, index) => `${this.#place}/fifo${index}`),
      );
    }
    for (let index = 0; index < counts.socket; index++) {
      const name = `${this.#place}/socket${index}`;
      const server = createServer().listen(`${name}.open`);
      await once(server, 'listening');
      // Closing removes the name it was given, and that one only.
      linkSync(`${name}.open`, name);
      server.close();
      await once(server, 'close');
    }
  }

  /** Returns where the tree was built. No recursion: a tree may be deeper than the stack. */
  tree(description: TreeDescription): string {
    const places: { entry: DirectoryEntry; path: string; target: Buffer | undefined }[] = [];
    const add = (entry: DirectoryEntry, target: Buffer | undefined): void => {
      const path = `${this.#place}/${places.length}`;
      mkdirSync(path);
      places.push({ entry, path, target });
    };
    add({ kind: 'directory', entries: description }, undefined);
    for (const { entry, path } of places) {
      for (const [name, child] of Object.entries(entry.entries)) {
        const target = bytesOf(`${path}/${name}`);
        if (child.kind === 'directory') add(child, target);
        else this.#add(target, child);
      }
    }
    for (const { entry, path, target } of places.toReversed()) {
      if (entry.mtime !== undefined) setTime(path, entry.mtime);
      if (entry.mode !== undefined) chmodSync(path, entry.mode);
      if (target) renameSync(path, target);
    }
    return places[0].path;
  }

  end(): void {
    for (const inode of this.#inodes) unlinkSync(bytesOf(this.#inodePath(inode)));
    rmdirSync(this.#place);
  }

  #add(path: Buffer, entry: Exclude<TreeEntry, DirectoryEntry>): void {
    switch (entry.kind) {
      case 'link':
        this.#addLink(path, entry.inode, entry.bytes);
        return;
      case 'file':
        write(path, 0, entry.bytes);
        break;
      case 'content':
        writeFileSync(path, entry.content, { encoding: 'latin1', flag: 'wx' });
        break;
      case 'sparse':
        write(path, Math.max(0, entry.size - entry.bytes), entry.bytes);
        break;
      case 'preallocated':
        write(path, 0, entry.bytes);
        // By way of a plain name: fallocate(1) takes its argument as text.
        renameSync(path, `${this.#place}/preallocated`);
        execFileSync('fallocate', ['-n', '-l', String(entry.reserved), `${this.#place}/preallocated`]);
        renameSync(`${this.#place}/preallocated`, path);
        break;
      case 'symlink':
        symlinkSync(bytesOf(entry.to), path);
        break;
      case 'fifo':
        renameSync(`${this.#place}/fifo${this.#fifos++}`, path);
        break;
      case 'socket':
        renameSync(`${this.#place}/socket${this.#sockets++}`, path);
        break;
    }
    if (entry.mtime !== undefined) setTime(path, entry.mtime);
    if (entry.mode !== undefined) chmodSync(path, entry.mode);
  }

  #addLink(path: Buffer, inode: string, bytes: number): void {
    const waiting = bytesOf(this.#inodePath(inode));
    if (!this.#inodes.has(inode)) write(waiting, 0, bytes);
    this.#inodes.add(inode);
    linkSync(waiting, path);
  }

  #inodePath(inode: string): string {
    return `${this.#place}/inode-${inode}`;
  }
}

function setTime(path: string | Buffer, seconds: number): void {
  // To node:fs a time before 1970 is now.
  if (seconds < 0) execFileSync('touch', ['-h', '-d', `@${seconds}`, path.toString()]);
  else lutimesSync(path, seconds, seconds);
}

/** `length` bytes of data at `offset`; what is before it is a hole. */
function write(path: Buffer, offset: number, length: number): void {
  const descriptor = openSync(path, 'wx');
  try {
    if (offset > 0) ftruncateSync(descriptor, offset + length);
    if (length > 0) writeSync(descriptor, Buffer.alloc(length, 'x'), 0, length, offset);
  } finally {
    closeSync(descriptor);
  }
}

/** A random world of what lies on servers: what may go, and canaries that no command may change. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { things } from './things.ts';

/** Places that the sandbox puts on the world's disk; each stands at the top of the real tree. */
export const PLACES = [
  'home',
  'root',
  'srv',
  'opt',
  'tmp',
  'var/tmp',
  'var/lib',
  'var/log',
  'var/cache',
] as const;

const DAY_SECONDS = 86_400;

export class World {
  readonly #random: () => number;
  readonly #canaries = new Map<string, string>();
  readonly #children: ChildProcess[] = [];
  #waiting: Promise<unknown>[] = [];
  #made = 0;
  /** What was put into it, for whoever reads a failure. */
  readonly names: string[] = [];

  constructor(seed: number) {
    this.#random = mulberry32(seed);
  }

  /** Puts some ten things into the places. */
  async build(): Promise<void> {
    const count = 5 + this.below(8);
    for (let index = 0; index < count; index++) {
      const [name, make] = this.pick(Object.entries(things));
      this.names.push(name);
      make(this);
    }
    await Promise.all(this.#waiting);
    this.#waiting = [];
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  /** A name nobody else has in this world. */
  fresh(start: string): string {
    return `${start}${this.#made++}`;
  }

  /** A file that may go. @param days since it was written. */
  file(at: string, content: string | Buffer, days = 0): string {
    mkdirSync(path.dirname(at), { recursive: true });
    if (existsSync(at)) return at;
    writeFileSync(at, content);
    if (days > 0) this.age(at, days);
    return at;
  }

  /** A file that must stay as it is. */
  canary(at: string, content: string | Buffer, days = 0): string {
    this.file(at, content, days);
    this.#canaries.set(at, fingerprint(at));
    return at;
  }

  /** A link that must stay. */
  link(target: string, at: string): void {
    mkdirSync(path.dirname(at), { recursive: true });
    if (existsSync(at)) return;
    symlinkSync(target, at);
    this.#canaries.set(at, fingerprint(at));
  }

  age(at: string, days: number): void {
    const then = Date.now() / 1000 - days * DAY_SECONDS;
    utimesSync(at, then, then);
  }

  bytes(mebibytes: number): Buffer {
    const block = Buffer.alloc(Math.round(mebibytes * 2 ** 20));
    // Every page differs, which is all that matters.
    for (let at = 0; at + 8 <= block.length; at += 4096) block.writeDoubleLE(this.#random(), at);
    return block;
  }

  lines(mebibytes: number, line: (index: number) => string): string {
    const first = line(1);
    const count = Math.ceil((mebibytes * 2 ** 20) / (first.length + 1));
    return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
  }

  /** A process with the files open; what it holds without a name stays as well. @param directory where it works. */
  hold(files: readonly string[], directory = '/', keeps = true): void {
    const descriptors = files.map((file) => openSync(file, 'r+'));
    const child = spawn('sh', ['-c', 'echo ready; read -r _'], {
      stdio: ['pipe', 'pipe', 'ignore', ...descriptors],
      cwd: directory,
    });
    for (const descriptor of descriptors) closeSync(descriptor);
    this.#children.push(child);
    this.#waiting.push(once(child.stdout!, 'data'));
    if (!keeps) return;
    for (const [index, file] of files.entries())
      this.#held.push([file, `/proc/${child.pid}/fd/${3 + index}`]);
  }

  readonly #held: (readonly [file: string, descriptor: string])[] = [];

  /** Called after what is held lost its names: its content is the canary. */
  holdsCanary(file: string): void {
    const descriptor = this.#held.find(([held]) => held === file)![1];
    this.#canaries.delete(file);
    this.#canaries.set(descriptor, fingerprint(descriptor));
  }

  /** What was changed, moved or lost; nothing where all is well. */
  harmed(): string[] {
    return [...this.#canaries].flatMap(([at, before]) => {
      const now = fingerprint(at);
      return now === before ? [] : [`${at}: ${before} is now ${now}`];
    });
  }

  async end(): Promise<void> {
    for (const child of this.#children) child.stdin?.end();
    for (const child of this.#children) if (child.exitCode === null) await once(child, 'exit');
  }
}

function fingerprint(at: string): string {
  try {
    if (!at.startsWith('/proc/') && lstatSync(at).isSymbolicLink()) return `link ${readlinkSync(at)}`;
    return createHash('sha1').update(readFileSync(at)).digest('hex');
  } catch (error) {
    return error instanceof Error ? error.message : 'gone';
  }
}

/** A small generator of numbers from 0 to 1, the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

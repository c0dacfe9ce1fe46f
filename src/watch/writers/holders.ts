/**
 * Which processes hold a growing file open for writing, and whose offset moves. What is known is checked first, then
 * processes that are new; all of them are looked at rarely, because /proc is slow to read.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { WriterConfidence } from '../../model/watch-event.ts';
import {
  bytesWritten,
  descriptorFile,
  descriptorsOf,
  readDescriptor,
  sharedMappingsOf,
} from '../../system/processes/descriptors-of.ts';
import { isKernelThread } from '../../system/processes/kernel-thread.ts';
import { processIds } from '../../system/processes/process-ids.ts';
import { forEachInTurns } from '../../system/calls/turns.ts';

/** A look at all processes may take this share of a core, and comes at least so often in seconds. */
const PASS_SHARE = 0.01;
const PASS_SECONDS = 10;
/** An offset that moved so many seconds ago says that the process writes. */
const MOVED_SECONDS = 5;
/** One that opens the file for each line is seen now and then only. */
const KEPT_SECONDS = 15;
/** While nobody is known to write a file, new processes are looked for so often within one look. */
const GLANCES = 5;
const GLANCE_MS = 30;

export interface Holder {
  readonly pid: number;
  /** Undefined for a mapping. */
  readonly descriptor: number | undefined;
  readonly confidence: WriterConfidence;
  /** False where a truncation leaves a hole, because the process writes on at its old offset. */
  readonly appends: boolean;
}

interface Held {
  readonly pid: number;
  readonly descriptor: number | undefined;
  appends: boolean;
  offset: number;
  written: number | undefined;
  movedAt: number;
  seenAt: number;
}

export interface Wanted {
  /** A pipe has no offset: who has written anything since may have written to it. */
  readonly isPipe: boolean;
  readonly path: ByteString;
  /** Somebody else knows who writes it: not worth a look at all processes. */
  readonly known: boolean;
}

export class Holders {
  readonly #ownPid: number;
  readonly #onFound: (id: FileId, pid: number, nowSeconds: number) => void;
  readonly #held = new Map<FileId, Map<string, Held>>();
  readonly #kernelThreads = new Set<number>();
  #wanted: ReadonlyMap<FileId, Wanted> = new Map();
  #pids = new Set<number>();
  #hidden = 0;
  #processes = 0;
  #nextPassAt = 0;
  #nowSeconds = 0;

  /** @param onFound told of each process that turns out to hold a wanted file for writing. */
  constructor(ownPid: number, onFound: (id: FileId, pid: number, nowSeconds: number) => void) {
    this.#ownPid = ownPid;
    this.#onFound = onFound;
  }

  /** Those of `id`, the surest first. */
  of(id: FileId): Holder[] {
    const holders = [...(this.#held.get(id)?.values() ?? [])].map(({ pid, descriptor, movedAt, appends }) => {
      const confidence: WriterConfidence =
        this.#nowSeconds - movedAt <= MOVED_SECONDS ? 'writing' : 'holding';
      return { pid, descriptor, confidence, appends };
    });
    return holders.toSorted(
      (a, b) => Number(b.confidence === 'writing') - Number(a.confidence === 'writing'),
    );
  }

  /** Processes whose files this user may not see, of all there are; as of the latest look at all of them. */
  get unseen(): { readonly hidden: number; readonly processes: number } {
    return { hidden: this.#hidden, processes: this.#processes };
  }

  async look(wanted: ReadonlyMap<FileId, Wanted>, nowSeconds: number): Promise<void> {
    this.#wanted = wanted;
    this.#nowSeconds = nowSeconds;
    for (const id of this.#held.keys()) if (!wanted.has(id)) this.#held.delete(id);
    this.#checkKnown();
    await this.#lookAtNew();
    if (nowSeconds >= this.#nextPassAt && this.#someUnwritten()) await this.#lookAtAll();
    for (let glance = 0; glance < GLANCES && this.#someUntouched(); glance++) {
      await pause(GLANCE_MS);
      await this.#lookAtNew();
    }
  }

  /** Whether a file is without a writer. */
  #someUnwritten(): boolean {
    for (const [id, { known }] of this.#wanted)
      if (!known && this.of(id)[0]?.confidence !== 'writing') return true;
    return false;
  }

  /** Whether a file is without anybody: who was seen with it has ended since. */
  #someUntouched(): boolean {
    for (const [id, { known }] of this.#wanted) {
      const holders = this.#held.get(id)?.values() ?? [];
      const isHeld = [...holders].some(
        (one) => one.descriptor === undefined || one.seenAt === this.#nowSeconds,
      );
      if (!known && !isHeld) return true;
    }
    return false;
  }

  #checkKnown(): void {
    for (const [id, holders] of this.#held)
      for (const [key, held] of holders) {
        if (this.#isHeld(id, held)) this.#measure(held, this.#wanted.get(id)?.isPipe === true);
        else if (this.#nowSeconds - held.seenAt > KEPT_SECONDS) holders.delete(key);
      }
  }

  #isHeld(id: FileId, { pid, descriptor, seenAt }: Held): boolean {
    if (descriptor !== undefined) return descriptorFile(pid, descriptor) === id;
    // Mappings are read with all processes; until then what was seen holds.
    return this.#nowSeconds - seenAt < 3 * PASS_SECONDS && this.#pids.has(pid);
  }

  /** A shared offset moves for parent and child alike: only who has written bytes can have moved it. */
  #measure(held: Held, isPipe: boolean): void {
    if (held.descriptor === undefined) return;
    const state = readDescriptor(held.pid, held.descriptor);
    if (state === undefined) return;
    const written = bytesWritten(held.pid);
    const idle = written !== undefined && written === held.written;
    if ((state.offset !== held.offset || isPipe) && !idle) held.movedAt = this.#nowSeconds;
    held.offset = state.offset;
    held.written = written;
    held.seenAt = this.#nowSeconds;
  }

  async #lookAtNew(): Promise<void> {
    const before = this.#pids;
    this.#pids = new Set(processIds());
    if (before.size === 0) return;
    await forEachInTurns(
      [...this.#pids].filter((pid) => !before.has(pid)),
      (pid) => this.#lookAt(pid),
    );
  }

  async #lookAtAll(): Promise<void> {
    let hidden = 0;
    let milliseconds = 0;
    await forEachInTurns(this.#pids, (pid) => {
      const began = performance.now();
      if (this.#lookAt(pid) === 'hidden' && !this.#isKernelThread(pid)) hidden++;
      milliseconds += performance.now() - began;
    });
    this.#hidden = hidden;
    // Of the same look: others come and go.
    this.#processes = this.#pids.size - this.#kernelThreads.size;
    const untouched = [...this.#wanted].filter(([id, { known }]) => !known && this.of(id).length === 0);
    if (untouched.length > 0)
      await forEachInTurns(this.#pids, (pid) => {
        const began = performance.now();
        this.#lookAtMappings(pid, untouched);
        milliseconds += performance.now() - began;
      });
    this.#nextPassAt = this.#nowSeconds + Math.min(PASS_SECONDS, milliseconds / 1000 / PASS_SHARE);
  }

  #isKernelThread(pid: number): boolean {
    if (this.#kernelThreads.has(pid)) return true;
    if (!isKernelThread(pid)) return false;
    this.#kernelThreads.add(pid);
    return true;
  }

  #lookAt(pid: number): 'hidden' | 'gone' | 'seen' {
    if (pid === this.#ownPid) return 'seen';
    const open = descriptorsOf(pid);
    if (typeof open === 'string') return open;
    for (const { descriptor, id } of open) {
      if (!this.#wanted.has(id) || this.#held.get(id)?.has(`${pid}:${descriptor}`)) continue;
      const state = readDescriptor(pid, descriptor);
      if (!state?.writable) continue;
      const { offset, appends } = state;
      this.#add(id, { pid, descriptor, appends, offset, written: bytesWritten(pid) });
    }
    return 'seen';
  }

  #lookAtMappings(pid: number, untouched: readonly (readonly [FileId, Wanted])[]): void {
    if (pid === this.#ownPid || this.#kernelThreads.has(pid)) return;
    for (const mapping of sharedMappingsOf(pid)) {
      const match = untouched.find(
        ([id, { path }]) =>
          id === mapping.id || (path === mapping.path && inodeOf(id) === inodeOf(mapping.id)),
      );
      if (match)
        this.#add(match[0], { pid, descriptor: undefined, appends: false, offset: 0, written: undefined });
    }
  }

  #add(id: FileId, held: Omit<Held, 'movedAt' | 'seenAt'>): void {
    const holders = this.#held.get(id) ?? new Map<string, Held>();
    this.#held.set(id, holders);
    holders.set(`${held.pid}:${held.descriptor ?? 'map'}`, {
      ...held,
      movedAt: Number.NEGATIVE_INFINITY,
      seenAt: this.#nowSeconds,
    });
    this.#onFound(id, held.pid, this.#nowSeconds);
  }
}

function inodeOf(id: FileId): string {
  return id.slice(id.indexOf(':') + 1);
}

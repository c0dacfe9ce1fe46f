/** Which processes were seen writing to which file or directory lately, and how many have come and gone. */
import type { ProcessIdentity } from '../../model/process.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import type { KnownProcess, ProcessBook } from './process-book.ts';
import { sharedAncestor } from './shared-ancestor.ts';

/** Seen within so many seconds: writes now. */
const NOW_SECONDS = 8;
const MOST_PLACES = 4000;
const MOST_PROCESSES = 64;
const KEPT_TIMES = 8;
/** So many processes of one command, one after the other, are no coincidence. */
const RESPAWNS = 3;

export interface SeenWriter {
  readonly identity: ProcessIdentity;
  /** How many with its command were seen, where they live briefly; 0 for a process that stays. */
  readonly respawns: number;
  /** Who keeps starting them. */
  readonly starter: ProcessIdentity | undefined;
  /** Seen writing; otherwise seen with the file open for writing. */
  readonly isSure: boolean;
}

interface Sighting {
  readonly process: KnownProcess;
  lastAt: number;
  isSure: boolean;
}

interface Trail {
  /** In the order of their first sighting. */
  readonly processes: Map<number, Sighting>;
  /** Distinct processes per command. */
  readonly starts: Map<string, number>;
  /** Where the file was when somebody was seen writing; undefined where nobody was. */
  directory: string | undefined;
  /** Those that were gone before they could be named. */
  unnamed: number;
  /** When somebody was last seen writing. */
  lastAt: number;
  /** Sightings so far, halved when it was the oldest: a busy file outlives a flood of new ones. */
  times: number;
}

export class Sightings {
  readonly #book: ProcessBook;
  readonly #trails = new Map<string, Trail>();

  constructor(book: ProcessBook) {
    this.#book = book;
  }

  /** @param place a FileId, or a directory's path. @param isSure it wrote, otherwise it has the file open for writing. */
  saw(place: string, pid: number, isSure: boolean, nowSeconds: number, directory?: string): void {
    let trail = this.#trails.get(place) ?? this.#begin(place);
    // Another directory: the inode's number was given to another file.
    if (directory !== undefined && trail.directory !== undefined && trail.directory !== directory)
      trail = this.#begin(place);
    trail.directory ??= directory;
    if (isSure) trail.lastAt = nowSeconds;
    trail.times++;
    const process = this.#book.meet(pid, nowSeconds);
    const before = trail.processes.get(pid);
    if (before?.process === process) {
      before.lastAt = nowSeconds;
      before.isSure ||= isSure;
      return;
    }
    // Seen first as a copy of its parent, now as what it became.
    if (before?.process.identity?.startTicks === process.identity?.startTicks)
      count(trail, before?.process.identity, -1);
    if (process.identity) count(trail, process.identity, 1);
    else trail.unnamed++;
    trail.processes.delete(pid);
    trail.processes.set(pid, { process, lastAt: nowSeconds, isSure });
    if (trail.processes.size > MOST_PROCESSES) trail.processes.delete(trail.processes.keys().next().value!);
  }

  /** Whether somebody was seen writing lately, and could be named. */
  isKnown(place: string, nowSeconds: number): boolean {
    const trail = this.#trails.get(place);
    return trail !== undefined && nowSeconds - trail.lastAt <= NOW_SECONDS && trail.starts.size > 0;
  }

  /** How many wrote and could not be named. */
  unnamed(place: string): number {
    return this.#trails.get(place)?.unnamed ?? 0;
  }

  /** Where the file at `place` is, as far as somebody was seen writing it. */
  directoryOf(place: string): string | undefined {
    return this.#trails.get(place)?.directory;
  }

  forget(place: string): void {
    this.#trails.delete(place);
  }

  /** Who writes now, the latest first. */
  writersOf(place: string, nowSeconds: number): SeenWriter[] {
    const trail = this.#trails.get(place);
    if (!trail) return [];
    const recent = [...trail.processes.values()].filter(({ lastAt }) => nowSeconds - lastAt <= NOW_SECONDS);
    const byCommand = Map.groupBy(
      recent.toReversed().filter(({ process }) => process.identity),
      ({ process }) => process.identity!.command,
    );
    const found = [...byCommand].flatMap(([command, group]) =>
      describe(group, trail.starts.get(command) ?? 0),
    );
    // Those that were gone before they could be named are most likely more of the only ones that come and go.
    const brief = found.filter(({ respawns }) => respawns > 0);
    return found.map((one) =>
      brief.length === 1 && one === brief[0] ? { ...one, respawns: one.respawns + trail.unnamed } : one,
    );
  }

  #begin(place: string): Trail {
    const lastAt = Number.NEGATIVE_INFINITY;
    const trail: Trail = {
      processes: new Map(),
      starts: new Map(),
      directory: undefined,
      unnamed: 0,
      lastAt,
      times: 0,
    };
    this.#trails.set(place, trail);
    if (this.#trails.size > MOST_PLACES) this.#dropOldest();
    return trail;
  }

  #dropOldest(): void {
    for (const [place, trail] of this.#trails) {
      this.#trails.delete(place);
      if (trail.times < KEPT_TIMES) return;
      trail.times >>= 1;
      this.#trails.set(place, trail);
    }
  }
}

function count(trail: Trail, identity: ProcessIdentity | undefined, more: number): void {
  if (identity) trail.starts.set(identity.command, (trail.starts.get(identity.command) ?? 0) + more);
}

function describe(group: readonly Sighting[], starts: number): SeenWriter[] {
  const isSure = group.some((one) => one.isSure);
  const processes = group.map(({ process }) => process);
  const alive = processes.flatMap((one) => livingIdentity(one) ?? []);
  if (starts >= RESPAWNS && group.length - alive.length >= alive.length) {
    const known = [...alive, ...processes.map((one) => one.identity!)];
    // One that was about to end had no arguments any more.
    const identity = known.find(({ commandLine }) => commandLine.length > 0) ?? known[0];
    return [{ identity, respawns: starts, starter: sharedAncestor(processes), isSure }];
  }
  const still = alive.length > 0 ? alive : [processes[0].identity!];
  return still.map((identity) => ({ identity, respawns: 0, starter: undefined, isSure }));
}

/** As it is now, or undefined where it has ended; what has ended but was not waited for has no memory any more. */
function livingIdentity({ pid, identity }: KnownProcess): ProcessIdentity | undefined {
  const now = readProcess(pid);
  return now && now.startTicks === identity?.startTicks && now.virtualBytes > 0 ? now : undefined;
}

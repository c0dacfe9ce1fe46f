/** The door of the writers: finds the processes behind a growing file: what fanotify saw, who has it open, and who stands behind a logger. */
import { parentPath } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import type { Writer } from '../../model/watch-event.ts';
import type { WriterOrigin } from '../../model/writer-origin.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import type { Growing, GrowingMember, WriterFinder, WritersFound, WriteSighting } from '../ground/ground.ts';
import { Holders } from './holders.ts';
import type { Wanted } from './holders.ts';
import { isPipeKeeper, loggerKind } from '../../model/loggers.ts';
import { inputPipe, keptService, originBehind } from './origin.ts';
import { likelyWriter } from './path-rules.ts';
import { ProcessBook } from './process-book.ts';
import { settleWriters } from './settle-writers.ts';
import { sharedWriters } from './shared-growth.ts';
import { Sightings } from './sightings.ts';

/** What fills a disk is among the fastest. */
const MOST_LOOKED_AT = 50;
const MOST_WRITERS = 5;
/** Filters one behind the other: `app | ts | tee`. */
const MOST_FILTERS = 4;
/** What stands behind a logger is asked again after so long; sooner at first, when it has hardly begun. */
const ORIGIN_SECONDS = 10;
const ORIGIN_SOON_SECONDS = 2;
const SOON_ASKED = 4;
/** A rotated log keeps its writer until another is seen. */
const REMEMBERED_SECONDS = 60;

export function createWriterFinder(): WriterFinder {
  const finder = new Finder(process.pid);
  return {
    sawWrites: (sightings, nowSeconds) => finder.sawWrites(sightings, nowSeconds),
    look: (growing, nowSeconds) => finder.look(growing, nowSeconds),
    writersOf: (growing) => finder.writersOf(growing),
    forget: (growth) => finder.forget(growth),
    [Symbol.dispose]: () => finder.stop(),
  };
}

interface Found extends WritersFound {
  readonly id: FileId;
  readonly atSeconds: number;
  /** Where fanotify saw it; undefined where it did not. */
  readonly seenIn: string | undefined;
}

interface Origin {
  readonly pid: number;
  readonly askedAt: number;
  readonly asked: number;
  readonly behind: WriterOrigin | undefined;
}

class Finder {
  readonly #ownPid: number;
  readonly #sightings = new Sightings(new ProcessBook());
  readonly #holders: Holders;
  readonly #found = new Map<number, Found>();
  readonly #origins = new Map<number, Origin>();
  /** Pipes that loggers read, wanted like files: who holds the other end speaks. */
  #pipes = new Set<FileId>();
  #looking = false;
  #stopped = false;
  #nowSeconds = 0;

  constructor(ownPid: number) {
    this.#ownPid = ownPid;
    this.#holders = new Holders(ownPid, (id, pid, nowSeconds) =>
      this.#sightings.saw(id, pid, false, nowSeconds),
    );
  }

  sawWrites(sightings: readonly WriteSighting[], nowSeconds: number): void {
    this.#nowSeconds = nowSeconds;
    for (const { pid, id, path } of sightings) {
      if (pid <= 0 || pid === this.#ownPid) continue;
      const directory = parentPath(path);
      this.#sightings.saw(id, pid, true, nowSeconds, directory);
      this.#sightings.saw(directory, pid, true, nowSeconds);
    }
  }

  look(growing: readonly Growing[], nowSeconds: number): void {
    this.#nowSeconds = nowSeconds;
    const fastest = growing.slice(0, MOST_LOOKED_AT);
    for (const one of fastest) this.#compose(one);
    if (this.#looking || this.#stopped || fastest.length === 0) return;
    this.#looking = true;
    void this.#lookCloser(fastest, nowSeconds).finally(() => {
      this.#looking = false;
    });
  }

  writersOf(growing: Growing): WritersFound {
    return this.#found.get(growing.growth) ?? this.#compose(growing);
  }

  forget(growth: number): void {
    const found = this.#found.get(growth);
    if (found) this.#sightings.forget(found.id);
    this.#found.delete(growth);
    this.#origins.delete(growth);
  }

  stop(): void {
    this.#stopped = true;
  }

  async #lookCloser(growing: readonly Growing[], nowSeconds: number): Promise<void> {
    const wanted = new Map<FileId, Wanted>();
    for (const { id, path, what } of growing.flatMap(
      (one): readonly Pick<Growing, 'id' | 'path' | 'what'>[] => one.members ?? [one],
    ))
      if (what === 'file')
        wanted.set(id, { path, isPipe: false, known: this.#sightings.isKnown(id, nowSeconds) });
    for (const pipe of this.#pipes)
      wanted.set(pipe, {
        path: '' as Growing['path'],
        isPipe: true,
        known: false,
      });
    await this.#holders.look(wanted, nowSeconds);
    const pipes = new Set<FileId>();
    for (const one of growing) {
      if (this.#stopped) return;
      await this.#lookBehind(one, nowSeconds, pipes);
      this.#compose(one);
    }
    this.#pipes = pipes;
  }

  /** Puts what is known together, and remembers it. */
  #compose(growing: Growing): Found {
    const before = this.#found.get(growing.growth);
    const seenIn = this.#sightings.directoryOf(growing.id);
    // Its inode's number was given to a file elsewhere, once it was gone.
    if (
      before?.id === growing.id &&
      before.seenIn !== undefined &&
      before.seenIn !== seenIn &&
      growing.isUnlinked
    )
      return before;
    let writers = this.#writing(growing).slice(0, MOST_WRITERS);
    const origin = this.#origins.get(growing.growth);
    if (origin?.behind !== undefined)
      writers = writers.map((one) => (one.pid === origin.pid ? { ...one, behind: origin.behind } : one));
    let atSeconds = this.#nowSeconds;
    if (
      writers.length === 0 &&
      before &&
      before.writers.length > 0 &&
      atSeconds - before.atSeconds < REMEMBERED_SECONDS
    ) {
      writers = [...before.writers];
      atSeconds = before.atSeconds;
    }
    if (writers.length === 0) {
      const likely = likelyWriter(growing.path);
      if (likely) writers = [likely];
    }
    const found = { id: growing.id, writers, hidden: this.#hiddenFrom(growing, writers), atSeconds, seenIn };
    this.#found.set(growing.growth, found);
    return found;
  }

  /** Those seen writing; else short-lived ones; else those that have it open. */
  #writing(growing: Growing): Writer[] {
    if (growing.what === 'tree')
      return sharedWriters(growing.members ?? [], (member) => this.#writingMember(member));
    return this.#writingMember({ ...growing, what: growing.what });
  }

  #writingMember({ what, id, path }: GrowingMember): Writer[] {
    if (what === 'directory') return settleWriters(this.#sightings.writersOf(path, this.#nowSeconds), []);
    return this.#writersOf(id);
  }

  #writersOf(id: FileId): Writer[] {
    return settleWriters(this.#sightings.writersOf(id, this.#nowSeconds), this.#holding(id));
  }

  #holding(id: FileId): Writer[] {
    const writers = new Map<number, Writer>();
    for (const { pid, confidence } of this.#holders.of(id)) {
      if (writers.get(pid)?.confidence === 'writing') continue;
      const identity = readProcess(pid);
      // What is about to end has no arguments any more.
      if (identity && identity.commandLine.length > 0)
        writers.set(pid, { ...identity, confidence, behind: undefined, respawns: 0 });
    }
    return [...writers.values()].toSorted((a, b) => a.startTicks - b.startTicks);
  }

  async #lookBehind(growing: Growing, nowSeconds: number, pipes: Set<FileId>): Promise<void> {
    const logger = this.#writing(growing).find((one) => loggerKind(one) !== undefined);
    if (!logger) return void this.#origins.delete(growing.growth);
    const last = this.#origins.get(growing.growth);
    const before = last?.pid === logger.pid ? last : undefined;
    const asked = (before?.asked ?? 0) + 1;
    const isPipe = loggerKind(logger) === 'pipe';
    const every = asked <= SOON_ASKED ? ORIGIN_SOON_SECONDS : ORIGIN_SECONDS;
    if (!isPipe && before && nowSeconds - before.askedAt < every) return;
    const behind = isPipe
      ? this.#behindPipe(logger, pipes, MOST_FILTERS)
      : await originBehind(logger, growing.path, growing.openPath);
    const origin = { pid: logger.pid, askedAt: nowSeconds, asked, behind: behind ?? before?.behind };
    this.#origins.set(growing.growth, origin);
  }

  /** Who holds the other end of what a filter reads, through further filters. */
  #behindPipe(filter: ProcessIdentity, pipes: Set<FileId>, filters: number): WriterOrigin | undefined {
    const pipe = inputPipe(filter.pid);
    if (pipe === undefined) return undefined;
    pipes.add(pipe);
    const peers = this.#writersOf(pipe).filter(({ pid }) => pid !== filter.pid);
    const peer = peers.find((one) => !isPipeKeeper(one)) ?? peers[0];
    if (!peer) return undefined;
    if (filters > 0 && loggerKind(peer) === 'pipe') {
      const behind = this.#behindPipe(peer, pipes, filters - 1);
      if (behind !== undefined) return behind;
    }
    if (isPipeKeeper(peer)) return keptService(peer);
    const { command, respawns, behind: starter } = peer;
    return respawns > 0
      ? { kind: 'short-lived', command, starts: respawns, starter }
      : { kind: 'process', process: peer };
  }

  #hiddenFrom(growing: Growing, writers: readonly Writer[]): WritersFound['hidden'] {
    if (writers.some(({ confidence, respawns }) => confidence === 'writing' || respawns > 0))
      return undefined;
    const { hidden, processes } = this.#holders.unseen;
    if (hidden > 0) return { why: 'not-visible', processes: hidden, of: processes };
    const unnamed = this.#sightings.unnamed(growing.what === 'file' ? growing.id : growing.path);
    if (unnamed === 0 || writers.length > 0) return undefined;
    return { why: 'short-lived', processes: unnamed };
  }
}

/** One watch while it runs: brings events, sweeps and samples together and tells what they amount to. */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileId } from '../../model/file-id.ts';
import type { LookedAt } from '../../system/files/file-look.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { AlarmDesk, FilesystemWatch, frameOf, GrowthReporter, summaryOf } from '../alarms/alarms.ts';
import { AllGrowth, GrowthBook, HeldGrowth, KnownFiles } from '../growth/growth.ts';
import type { Growth } from '../growth/growth.ts';
import { chooseHotDirectories, DirectoryIndex, EventSources, Notices, Sweeper } from '../events/events.ts';
import { Enquiry } from '../verdict/judge.ts';
import { RootHealth } from '../ground/ground.ts';
import { Beats } from './beats.ts';
import { Keeping } from './keeping.ts';
import type { SessionParts } from './session-parts.ts';

/** Between looks at what grows, and between looks whether anything does. */
const BEAT_MS = 100;
const IDLE_BEAT_MS = 250;
/** Files of directories like these are known from the start: the hottest, also where no watch is needed. */
const BASELINE_DIRECTORIES = 2000;

export class WatchSession implements AsyncDisposable {
  readonly #parts: SessionParts;
  readonly #index: DirectoryIndex;
  readonly #book: GrowthBook;
  readonly #growth: AllGrowth;
  readonly #held = new HeldGrowth();
  readonly #known: KnownFiles;
  readonly #sources: EventSources;
  readonly #sweeper: Sweeper;
  readonly #filesystems: FilesystemWatch;
  readonly #health: RootHealth;
  readonly #alarms: AlarmDesk;
  readonly #notices: Notices;
  readonly #enquiry: Enquiry;
  readonly #keeping: Keeping | undefined;
  readonly #beats: Beats;
  readonly #startedAt = nowSeconds();
  #now = this.#startedAt;
  #tickAt = this.#startedAt;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const { ground, look, scan, collaborators, request, emit } = parts;
    this.#notices = new Notices(emit);
    const { keeper } = parts.hooks;
    const since = keeper?.before?.since ?? this.#startedAt;
    this.#known = new KnownFiles(keeper?.before, since);
    this.#beats = new Beats(this.#startedAt, (now, seconds) => this.#beat(now, seconds));
    this.#enquiry = new Enquiry(collaborators);
    this.#index = new DirectoryIndex(scan.tree, Math.min(parts.scannedAt, since));
    const reporter = new GrowthReporter(ground, collaborators, () => parts.hooks.world?.());
    this.#alarms = new AlarmDesk(request, reporter, look, emit);
    const growthHooks = {
      isInside: (path: ByteString) => ground.isInside(path),
      baselineOf: (file: LookedAt) => this.#known.baselineOf(file),
      isKept: (file: LookedAt) => this.#known.isKept(file),
      locate: (id: FileId, last: ByteString) =>
        this.#sources.locate(id, last) ?? this.#held.pathOf(id, this.#now),
      descriptorOf: (id: FileId) => this.#held.descriptorOf(id, this.#now),
      directoryBytes: (path: ByteString) => this.#index.diskBytesOf(path),
      onDirectory: (path: ByteString) => this.#onDirectory(path),
      onGoneUnseen: (path: ByteString) => this.#notices.tell('gone', { kind: 'gone-unseen' }, path),
      onTurn: (growth: Growth, turn: Parameters<AlarmDesk['tell']>[0]) =>
        this.#alarms.tell(turn, growth, this.#now),
      onMoved: (growth: Growth, from: ByteString) => this.#alarms.tell('moved', growth, this.#now, from),
      onForgotten: (growth: Growth) => this.#forget(growth),
    };
    this.#book = new GrowthBook(look, growthHooks, this.#startedAt, since);
    this.#growth = new AllGrowth(this.#book, look, growthHooks, request);
    this.#sources = new EventSources(ground, look, this.#notices, {
      onChange: (directory, name) => this.#onChange(directory, name),
      onWrites: (sightings) => {
        for (const { id, path } of sightings) this.#book.touchFile(id, path);
        collaborators.writers.sawWrites(sightings, nowSeconds());
        this.#beats.hurry(BEAT_MS);
      },
      onLost: (directory) => this.#lookSoon(directory),
      onFlood: () => this.#sweeper.hurry(nowSeconds() + this.#sweeper.rotationSeconds),
    });
    const totalEntries = scan.roots.reduce((sum, { totals }) => sum + totals.entries, 0);
    this.#sweeper = new Sweeper(this.#index, totalEntries, this.#sources.seesEverything, {
      onChangedFile: (path) => {
        if (ground.isWatched(path)) this.#book.touch(path);
      },
      onNewDirectory: (_, path) => this.#sources.add(path),
      onTrouble: (directory, path, code) => this.#onTrouble(directory, path, code),
      isEntered: (path) => {
        const found = look.entry(path);
        return found !== undefined && ground.holds(path, found.id);
      },
    });
    this.#filesystems = new FilesystemWatch({
      ground,
      look,
      outlook: collaborators.outlook,
      book: this.#book,
      held: this.#held,
      sweeper: this.#sweeper,
      sources: this.#sources,
      rules: request,
    });
    const seen = { book: this.#book, growth: this.#growth, sweeper: this.#sweeper };
    const said = { alarms: this.#alarms, filesystems: this.#filesystems, isHeard: parts.isHeard };
    this.#keeping = keeper && new Keeping(keeper, since, seen, said);
    this.#health = new RootHealth(
      look,
      ground.roots.filter(({ stat }) => stat.isDirectory()).map(({ path }) => path),
    );
  }

  /** Arms everything and says so. */
  start(): void {
    const { scan, look, ground, emit } = this.#parts;
    const hot = chooseHotDirectories(scan.tree, BASELINE_DIRECTORIES);
    this.#known.begin(this.#index, hot, look, this.#book, this.#startedAt);
    const watched = this.#sources.watchDirectories(hot.map((directory) => this.#index.path(directory)));
    for (const { path, stat } of ground.roots) if (!stat.isDirectory()) this.#sources.addFileRoot(path);
    this.#filesystems.sample(this.#startedAt);
    const files = scan.roots.reduce((sum, { totals }) => sum + totals.files, 0);
    emit({
      type: 'ready',
      at: nowSeconds(),
      directories: this.#index.count,
      files,
      watched,
      sources: this.#sources.kinds,
      sweepSeconds: this.#sweeper.rotationSeconds,
    });
    this.#keeping?.begin(this.#known, this.#startedAt);
    this.#tellStates(this.#startedAt);
    this.#beats.plan(BEAT_MS);
  }

  /** Leaves what is known to the process after this one. */
  keep(): void {
    this.#keeping?.keep(this.#now);
  }

  /** What it all came to. */
  finish(): void {
    if (!this.#beats.end()) return;
    this.#now = nowSeconds();
    this.#sweeper.finish(this.#now);
    // Each beat takes in so much.
    for (let left = 10; left > 0 && this.#book.hasDirty; left--) this.#growth.beat(this.#now);
    this.#growth.beat(this.#now);
    this.#filesystems.sample(this.#now);
    this.keep();
    this.#parts.emit(summaryOf(this.#overview(this.#now)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#beats.end();
    this.#sweeper.end();
    await this.#sources[Symbol.asyncDispose]();
  }

  /** Milliseconds until the next. */
  #beat(now: number, seconds: number): number {
    this.#now = now;
    this.#sources.arm();
    this.#sweeper.work(now, seconds);
    this.#growth.beat(now);
    this.#alarms.review(this.#growth, now, () => this.#ask(now));
    if (this.#filesystems.isDue(now)) {
      this.#filesystems.sample(now);
      this.#tellStates(now);
    }
    if (now - this.#tickAt >= Math.max(0.1, this.#parts.request.intervalSeconds) - BEAT_MS / 2000)
      this.#tick(now);
    this.keep();
    const isActive =
      this.#book.hasWork || this.#alarms.isActive || this.#sources.isArming || !this.#sweeper.isIdle;
    return isActive ? BEAT_MS : IDLE_BEAT_MS;
  }

  #tick(now: number): void {
    this.#tickAt = now;
    this.#sources.settle(now);
    for (const { path, notice } of this.#health.check())
      this.#notices.tell(`${path} ${JSON.stringify(notice)}`, notice, path);
    for (const { path, stat } of this.#parts.ground.roots) if (!stat.isDirectory()) this.#book.touch(path);
    for (const event of this.#filesystems.review(now)) this.#alarms.tellUnexplained(event);
    this.#ask(now);
    this.#parts.hooks.onFrame?.(frameOf(this.#overview(now)));
  }

  #overview(now: number) {
    return {
      alarms: this.#alarms,
      all: this.#growth,
      filesystems: this.#filesystems,
      startedAt: this.#startedAt,
      now,
      top: this.#parts.request.top,
      directories: this.#index.count,
      watched: this.#sources.watched,
    };
  }

  #tellStates(now: number): void {
    for (const event of this.#filesystems.states(this.#growth, this.#alarms.reporter, now))
      this.#alarms.tellState(event);
  }

  #ask(now: number): void {
    this.#enquiry.ask(this.#alarms.fastest(this.#growth, now), now);
  }

  #forget(growth: Growth): void {
    this.#growth.forget(growth);
    this.#alarms.forget(growth);
    this.#enquiry.forget(growth.number);
  }

  #onChange(directory: ByteString, name: ByteString | undefined): void {
    if (name === undefined) this.#lookSoon(directory);
    else {
      const path = joinPath(directory, name);
      if (this.#parts.ground.isWatched(path)) this.#book.touch(path);
    }
    this.#beats.hurry(BEAT_MS);
  }

  #lookSoon(directory: ByteString): void {
    const number = this.#index.find(directory);
    if (number !== undefined) this.#sweeper.lookSoon(number);
  }

  /** A directory was made, moved or changed. */
  #onDirectory(path: ByteString): void {
    const above = this.#index.find(path.slice(0, Math.max(1, path.lastIndexOf('/'))) as ByteString);
    if (this.#index.find(path) === undefined && above !== undefined) this.#sweeper.lookSoon(above);
  }

  #onTrouble(directory: number, path: ByteString, code: string): void {
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') {
      this.#index.setGone(directory, true);
      this.#sources.remove(path);
      return;
    }
    // Of roots it is said by those who look after them.
    if (!this.#health.isRoot(path)) this.#notices.tellTrouble(path, code);
  }
}

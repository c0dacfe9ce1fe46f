/** The door of the desk: answers what the screen wants to know, in a thread of its own, so that no disk keeps a key waiting. */
import { baseName, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { DirectoryTree } from '../../model/tree.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import { readUserAccounts } from '../../system/machine/user-accounts.ts';
import { Forest, LiveTree } from '../trees/trees.ts';
import type { SizedTree } from '../trees/trees.ts';
import { Before } from './before.ts';
import { EMPTY_LISTING } from '../listing/listing.ts';
import { fillLevel, listingOfLevel } from './fill-level.ts';
import { Holders } from './holders.ts';
import type { Answer, Place, Question, RecordedFile, RowDetails } from './messages.ts';
import { readDirectory } from './read-directory.ts';
import type { ReadDirectory } from './read-directory.ts';

export type { Answer, Freed, Place, Question, RecordedFile, RowDetails, SentTree } from './messages.ts';

/** A large listing is sent again less often. */
const LARGE_ROWS = 5000;
const LARGE_EVERY = 8;

export class Desk {
  readonly #tell: (answer: Answer) => void;
  readonly #holders = new Holders();
  #tree: SizedTree | undefined;
  #forest: Forest | undefined;
  /** By directory; undefined where entries are read from the disk. */
  #recorded: Map<number, RecordedFile[]> | undefined;
  /** What was asked for last, maybe before there was a tree. */
  #asked: { readonly serial: number; readonly directory: number } | undefined;
  /** What is on the screen. */
  #shown: (ReadDirectory & { readonly serial: number; readonly directory: number }) | undefined;
  #before: Before | undefined;
  #rounds = 0;

  constructor(tell: (answer: Answer) => void) {
    this.#tell = tell;
  }

  answer(question: Question): void {
    switch (question.ask) {
      case 'live':
        this.#tree = new LiveTree(question.memory, question.root);
        return;
      case 'tree':
        this.#recorded = question.recorded && byDirectory(question.recorded);
        this.#tree = this.#forest = new Forest(new DirectoryTree(question.columns, [question.root]));
        // What is held is known now.
        if (!this.#recorded) this.#holders.refresh();
        this.#readAgain();
        return;
      case 'before':
        this.#before = new Before(
          new Forest(new DirectoryTree(question.columns, [question.root])),
          byDirectory(question.recorded),
          question.hasAllFiles,
        );
        this.#show();
        return;
      case 'graft':
        this.#forest?.graft(question.directory, new DirectoryTree(question.columns, [question.root]));
        this.#readAgain();
        return;
      case 'removed':
        this.#remove(question);
        this.#readAgain();
        return;
      case 'list':
        this.#list(question.serial, question.directory);
        return;
      case 'details':
        // Of what was written down elsewhere nobody here knows more.
        if (!this.#recorded) this.#tell({ tell: 'details', details: this.#details(question.path) });
        return;
      case 'find':
        this.#find(question.path);
        return;
    }
  }

  /** Whether figures still grow, so that `refresh` has news. */
  get isLive(): boolean {
    return this.#tree !== undefined && this.#forest === undefined;
  }

  /** Tells the figures of what is on the screen anew. */
  refresh(): void {
    const rows = this.#shown?.listing.count ?? 0;
    if (rows > LARGE_ROWS && this.#rounds++ % LARGE_EVERY !== 0) return;
    this.#show();
  }

  #readAgain(): void {
    if (this.#asked) this.#list(this.#asked.serial, this.#asked.directory);
  }

  #list(serial: number, directory: number): void {
    this.#asked = { serial, directory };
    if (!this.#tree) return;
    const onRead = (entries: number): void => this.#tell({ tell: 'reading', serial, entries });
    const path = this.#tree.path(directory);
    const read = this.#recorded
      ? { listing: EMPTY_LISTING, trouble: undefined }
      : this.#tree.isDirectory(directory)
        ? readDirectory(path, this.#holders, onRead)
        : { listing: EMPTY_LISTING, trouble: 'ENOTDIR' };
    this.#shown = { ...read, serial, directory };
    this.#show();
  }

  #show(): void {
    if (!this.#shown || !this.#tree) return;
    const { serial, directory, listing: read, trouble } = this.#shown;
    const level = this.#tree.level(directory);
    const listing = this.#recorded
      ? listingOfLevel(level, this.#recorded.get(directory) ?? [])
      : fillLevel(read, level);
    const place = { directory, path: this.#tree.path(directory) };
    // What is still being read would seem to have shrunk.
    const since = this.#forest && this.#before?.compare(listing, place.path, level.own);
    this.#tell({
      tell: 'listing',
      serial,
      place,
      own: level.own,
      listing: since?.listing ?? listing,
      growth: since?.own,
      trouble,
    });
  }

  #remove({ path, freed }: Extract<Question, { ask: 'removed' }>): void {
    const trail = this.#forest?.trail(path);
    if (trail) this.#forest!.remove(trail.at(-1)!, freed);
    else {
      const above = this.#forest?.trail(parentPath(path));
      if (above) this.#forest!.shrink(above.at(-1)!, freed);
    }
  }

  #details(path: ByteString): RowDetails {
    const stat = lstatIfAny(path);
    if (!stat) return { path, owner: undefined, links: 0, holders: [], holderCount: 0, hidden: 0 };
    const name = readUserAccounts().find(({ uid }) => uid === stat.uid)?.name;
    return {
      path,
      owner: { uid: stat.uid, name },
      links: stat.isDirectory() ? 1 : stat.nlink,
      ...this.#holders.of(path, stat.isDirectory()),
    };
  }

  #find(path: ByteString): void {
    const tree = this.#tree;
    if (!tree) return;
    let name: ByteString | undefined;
    for (let at = path; ; at = parentPath(at)) {
      const trail = tree.trail(at);
      if (trail) {
        const places = trail.map((directory): Place => ({ directory, path: tree.path(directory) }));
        // A directory is shown in the one above it, where its figures are.
        const inAbove = name === undefined && places.length > 1;
        this.#tell({
          tell: 'found',
          trail: inAbove ? places.slice(0, -1) : places,
          name: inAbove ? baseName(at) : name,
        });
        return;
      }
      name = baseName(at);
      if (at === '/' || !at.startsWith('/')) return;
    }
  }
}

function byDirectory(files: readonly RecordedFile[]): Map<number, RecordedFile[]> {
  const all = new Map<number, RecordedFile[]>();
  for (const file of files) {
    const known = all.get(file.directory);
    if (known) known.push(file);
    else all.set(file.directory, [file]);
  }
  return all;
}

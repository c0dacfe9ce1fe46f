/** Turns what the scan counted into units: the entries of temporary directories, and the catalogue's places. */
import type { BigIntStats } from 'node:fs';
import { baseName, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { CatalogueEntry } from '../../catalogue/catalogue.ts';
import { addToDigest, digestText, entryHash } from '../../model/entry-digest.ts';
import { fileId, fileIdOfStats, inodeParts } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import { HeldInodes, LIFE_FLAG, timesOf } from '../../scan/scan.ts';
import type { Life, LifeEntry, LivingScanResult } from '../../scan/scan.ts';
import type { Candidate } from './candidate.ts';
import { hashTop, identityOf, kindOf } from './top-entry.ts';

type Newest = Record<'mtime' | 'ctime' | 'btime' | 'atime', number>;

/** Entries of one directory's subtree worth naming, by the directory or file at its top. */
interface Listed {
  readonly sockets: ByteString[];
  readonly held: FileId[];
  readonly named: FileId[];
  readonly kept: ByteString[];
}

const nothing = (): Listed => ({ sockets: [], held: [], named: [], kept: [] });

export class Candidates {
  readonly #scan: LivingScanResult;
  readonly #life: Life;
  readonly #roots = new Set<number>();
  readonly #heldIds: ReadonlySet<FileId>;
  readonly #namedIds: ReadonlySet<FileId>;
  /** Directory number → what was listed in it, itself included; not what is below. */
  readonly #listed = new Map<number, Listed>();
  /** Directories with something listed in them or below. */
  readonly #above = new Set<number>();

  /**
   * @param held all inodes that somebody holds.
   * @param named those that options and settings speak of.
   */
  constructor(scan: LivingScanResult, held: ReadonlySet<FileId>, named: ReadonlySet<FileId>) {
    this.#scan = scan;
    this.#life = scan.life!;
    this.#heldIds = held;
    this.#namedIds = named;
    for (const { directory } of scan.roots) this.#roots.add(directory);
    for (const entry of this.#life.sockets) this.#listAt(entry.directory).sockets.push(this.#pathOf(entry));
    for (const entry of this.#life.kept) this.#listAt(entry.directory).kept.push(this.#pathOf(entry));
    const wanted = HeldInodes.of(Array.from([...held, ...named], inodeParts));
    for (const { directory, device, inodeHigh, inodeLow } of [
      ...this.#life.held,
      ...this.#life.heldAmong(wanted),
    ]) {
      const id = fileId(device, inodeHigh, inodeLow);
      if (held.has(id)) this.#listAt(directory).held.push(id);
      if (named.has(id)) this.#listAt(directory).named.push(id);
    }
  }

  /** The number of the directory `path` in the tree; undefined where the scan did not meet it. */
  directoryAt(path: ByteString): number | undefined {
    return this.#scan.tree.find(path);
  }

  /** Directories right in `directory`, by name. */
  directoriesIn(directory: number): Map<ByteString, number> {
    const { tree } = this.#scan;
    return new Map(Array.from(tree.children(directory), (child) => [tree.name(child), child]));
  }

  bytesOf(directory: number): number {
    return this.#scan.tree.columns.diskBytes[directory];
  }

  /**
   * A directory as a unit.
   * @param ignoreDirectoryTimes when its directories changed is the work of an earlier, interrupted delete; their births are not.
   */
  directory(
    directory: number,
    path: ByteString,
    stat: BigIntStats,
    parent: FileId,
    { root, entry, keeps, ignoreDirectoryTimes }: UnitContext,
  ): Candidate {
    const life = this.#life.at(directory)!;
    const { diskBytes, apparentBytes, freeableBytes, incomplete } = this.#scan.tree.columns;
    const newest: Newest = {
      mtime: life.fileMtime,
      ctime: life.fileCtime,
      btime: life.fileBtime,
      atime: life.fileAtime,
    };
    const digest = { ...life.digest };
    let entries = life.names;
    const isScanRoot = this.#roots.has(directory);
    if (isScanRoot) {
      // The scan counts what is in a root, not the root's own entry.
      hashTop(path, stat, parent);
      addToDigest(digest, entryHash);
      entries++;
    }
    const own = timesOf(stat);
    newest.btime = Math.max(newest.btime, life.directoryBtime, own.birth ?? -Infinity);
    if (!ignoreDirectoryTimes) newest.mtime = Math.max(newest.mtime, life.directoryMtime, own.exactMtime);
    const listed = this.#listedBelow(directory);
    const ownId = fileIdOfStats(stat);
    if (isScanRoot && this.#heldIds.has(ownId)) listed.held.unshift(ownId);
    if (isScanRoot && this.#namedIds.has(ownId)) listed.named.unshift(ownId);
    const isHeld = listed.held.length > 0 || this.#isListCut(life.flags & LIFE_FLAG.held);
    const flags = (life.flags & ~LIFE_FLAG.held) | (isHeld ? LIFE_FLAG.held : 0);
    return {
      path,
      name: baseName(path),
      root,
      stat,
      kind: 'directory',
      entry,
      keeps,
      diskBytes: diskBytes[directory],
      apparentBytes: apparentBytes[directory],
      freeableBytes: freeableBytes[directory],
      entries,
      newest,
      isUnfinished: ignoreDirectoryTimes,
      height: life.height,
      flags,
      ...listed,
      isComplete: incomplete[directory] === 0 && !this.#isListCut(life.flags & LIFE_FLAG.socket),
      fingerprint: { parent, identity: identityOf(stat), entries, digest: digestText(digest) },
    };
  }

  /** An entry that is no directory as a unit. */
  file(path: ByteString, stat: BigIntStats, parent: FileId, { root, entry, keeps }: UnitContext): Candidate {
    const kind = kindOf(stat);
    const { exactMtime, exactCtime, exactAtime, birth } = timesOf(stat);
    const id = fileIdOfStats(stat);
    const isHeld = this.#heldIds.has(id);
    const diskBytes = Number(stat.blocks) * BLOCK_BYTES;
    hashTop(path, stat, parent);
    return {
      path,
      name: baseName(path),
      root,
      stat,
      kind,
      entry,
      keeps,
      diskBytes,
      apparentBytes: kind === 'file' || kind === 'symlink' ? Number(stat.size) : 0,
      // Another name keeps the inode.
      freeableBytes: stat.nlink > 1n ? 0 : diskBytes,
      entries: 1,
      newest: { mtime: exactMtime, ctime: exactCtime, btime: birth ?? -Infinity, atime: exactAtime },
      isUnfinished: false,
      height: 0,
      flags: isHeld ? LIFE_FLAG.held : 0,
      sockets: kind === 'socket' ? [path] : [],
      held: isHeld ? [id] : [],
      named: this.#namedIds.has(id) ? [id] : [],
      kept: [],
      isComplete: true,
      fingerprint: { parent, identity: identityOf(stat), entries: 1, digest: digestText(entryHash) },
    };
  }

  /** Whether there may be more of that than is listed. */
  #isListCut(flag: number): boolean {
    return this.#life.unlisted > 0 && flag !== 0;
  }

  #listAt(directory: number): Listed {
    let listed = this.#listed.get(directory);
    if (!listed) this.#listed.set(directory, (listed = nothing()));
    const { parent } = this.#scan.tree.columns;
    for (let id = directory; id !== ABOVE_ROOTS && !this.#above.has(id); id = parent[id]) this.#above.add(id);
    return listed;
  }

  #pathOf({ directory, name }: LifeEntry): ByteString {
    const path = this.#scan.tree.path(directory);
    return name === undefined ? path : joinPath(path, name);
  }

  /** Everything listed in a directory and below. Few directories have anything listed, so those are asked who is above. */
  #listedBelow(top: number): Listed {
    const all = nothing();
    if (!this.#above.has(top)) return all;
    const { parent } = this.#scan.tree.columns;
    for (const [directory, { sockets, held, named, kept }] of this.#listed) {
      let above = directory;
      while (above > top) above = parent[above];
      if (above !== top) continue;
      all.sockets.push(...sockets);
      all.held.push(...held);
      all.named.push(...named);
      all.kept.push(...kept);
    }
    return all;
  }
}

/** What a unit is told of where it stands. */
export interface UnitContext {
  /** Index of its root in the report. */
  readonly root: number;
  readonly entry: CatalogueEntry | undefined;
  readonly keeps: readonly ByteString[];
  readonly ignoreDirectoryTimes: boolean;
}

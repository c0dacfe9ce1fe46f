/** Finds the units: entries of temporary directories and the catalogue's places, those too small to matter only counted. */
import type { BigIntStats } from 'node:fs';
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { CatalogueEntry, Matcher } from '../../catalogue/catalogue.ts';
import { fileIdOfStats } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { BLOCK_BYTES } from '../../model/size.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import { keptNames, namesIn, taggedCache } from '../roots/roots.ts';
import { isTaggedCache } from '../../system/files/tagged-cache.ts';
import type { CachePlace } from '../roots/roots.ts';
import type { TmpRequest } from '../tmp-request.ts';
import type { Candidate } from './candidate.ts';
import { lookAt, parentId } from './top-entry.ts';
import type { Candidates, UnitContext } from './candidates.ts';
import { databaseOf, databasesWithJournals } from './database-files.ts';
import type { FileRanking } from './file-ranking.ts';

export class UnitFinder {
  readonly units: Candidate[] = [];
  readonly small = { count: 0, diskBytes: 0 };
  readonly #request: TmpRequest;
  readonly #matcher: Matcher;
  readonly #candidates: Candidates;
  readonly #ranking: FileRanking | undefined;

  /** @param ranking spares looking at every small file, where the scan ranked them; their bytes are then not summed. */
  constructor(
    request: TmpRequest,
    matcher: Matcher,
    candidates: Candidates,
    ranking: FileRanking | undefined,
  ) {
    this.#ranking = ranking;
    this.#request = request;
    this.#matcher = matcher;
    this.#candidates = candidates;
  }

  /**
   * The entries of the directory `path`, as units of root number `root`.
   * @param entry what claims them all; undefined to ask the catalogue for each.
   */
  addEntries(path: ByteString, root: number, entry?: CatalogueEntry): void {
    const stat = lookAt(path);
    const directory = this.#candidates.directoryAt(path);
    if (!stat || directory === undefined) return;
    const parent = fileIdOfStats(stat);
    const { minBytes } = this.#request;
    const keep = entry?.keep ?? [];
    const names = directoryNames(path).filter((name) => !keep.includes(name));
    const directories = this.#candidates.directoriesIn(directory);
    const databases = databasesWithJournals(names);
    const families = new Map<ByteString, Candidate[]>();
    for (const name of names) {
      const number = directories.get(name);
      if (number !== undefined && this.#isSmall(this.#candidates.bytesOf(number))) continue;
      const unitPath = joinPath(path, name);
      const mayBeMember = databases.has(databaseOf(name));
      if (number === undefined && !mayBeMember && this.#ranking?.isBelow(unitPath, minBytes) === true) {
        this.small.count++;
        continue;
      }
      const unitStat = lookAt(unitPath);
      if (!unitStat) continue;
      const isMember = mayBeMember && unitStat.isFile();
      if (number === undefined && !isMember && this.#isSmall(bytesOf(unitStat))) continue;
      const unit = this.#unit(unitPath, unitStat, parent, number, root, entry);
      if (!isMember) this.units.push(unit);
      else families.set(databaseOf(name), [...(families.get(databaseOf(name)) ?? []), unit]);
    }
    for (const family of families.values()) this.#addFamily(family);
  }

  /** The entry `path` of a directory, as a unit of root number `root`, however small it is. */
  addEntry(path: ByteString, root: number): void {
    const stat = lookAt(path);
    const parent = parentId(path);
    if (!stat || parent === undefined) return;
    const directory = stat.isDirectory() ? this.#candidates.directoryAt(path) : undefined;
    this.units.push(this.#unit(path, stat, parent, directory, root, undefined));
  }

  /** A place of the catalogue, as one unit, or as several where something in it stays, or the directory itself. */
  addPlace({ root: { path }, entry, isAtHome }: CachePlace, root: number): void {
    const stat = lookAt(path);
    const parent = parentId(path);
    if (!stat || parent === undefined) return;
    if (
      stat.isDirectory() &&
      entry.class === 'A' &&
      entry.command === undefined &&
      (!isAtHome || keptNames(entry, path).length > 0)
    ) {
      this.addEntries(path, root, entry);
      return;
    }
    const directory = stat.isDirectory() ? this.#candidates.directoryAt(path) : undefined;
    const bytes = directory === undefined ? bytesOf(stat) : this.#candidates.bytesOf(directory);
    if (this.#isSmall(bytes)) return;
    this.units.push(this.#unit(path, stat, parent, directory, root, entry));
  }

  #unit(
    path: ByteString,
    stat: BigIntStats,
    parent: FileId,
    directory: number | undefined,
    root: number,
    claimed: CatalogueEntry | undefined,
  ): Candidate {
    const entry = claimed ?? this.#entryOf(path, stat.isDirectory());
    const keeps = entry && stat.isDirectory() ? keptNames(entry, path) : [];
    const context: UnitContext = { root, entry, keeps, ignoreDirectoryTimes: this.#isUnfinished(path, stat) };
    if (directory !== undefined) return this.#candidates.directory(directory, path, stat, parent, context);
    const unit = this.#candidates.file(path, stat, parent, context);
    // A directory the scan did not enter is on another mount, or is newer than the scan.
    return stat.isDirectory() ? { ...unit, kind: 'directory', isComplete: false } : unit;
  }

  #entryOf(path: ByteString, isDirectory: boolean): CatalogueEntry | undefined {
    const claimed = this.#matcher.claim(path, isDirectory ? 'directory' : 'file', namesIn);
    return claimed ?? (isDirectory && isTaggedCache(path) ? taggedCache : undefined);
  }

  /** An inode number may be used again: what was born after the run had begun is another directory. */
  #isUnfinished(path: ByteString, stat: BigIntStats): boolean {
    const unfinished = this.#request.unfinished.get(path);
    if (!unfinished || unfinished.id !== fileIdOfStats(stat)) return false;
    const birth = Number(stat.birthtimeNs) / 1e9;
    return birth === 0 || birth <= unfinished.begunAt;
  }

  /** Families stay together, however small a journal is. */
  #addFamily(family: readonly Candidate[]): void {
    const bytes = family.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
    if (bytes >= this.#request.minBytes) this.units.push(...family);
    else for (const { diskBytes } of family) this.#isSmall(diskBytes);
  }

  /** Counts what is too small; true where it is. */
  #isSmall(diskBytes: number): boolean {
    if (diskBytes >= this.#request.minBytes) return false;
    this.small.count++;
    this.small.diskBytes += diskBytes;
    return true;
  }
}

function bytesOf(stat: BigIntStats): number {
  return Number(stat.blocks) * BLOCK_BYTES;
}

/** Finds the catalogue's places in a scanned tree. */
import { catalogue, families } from '../../catalogue/catalogue.ts';
import type { CatalogueEntry, Matcher } from '../../catalogue/catalogue.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { RankedFile, ScanResult } from '../../model/scan-result.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import { startsWithBytes } from '../../system/files/file-start.ts';
import { isTaggedCache } from '../../system/files/tagged-cache.ts';

export interface KnownPlace {
  readonly entry: CatalogueEntry;
  /** The catalogue's file it stands in, e.g. "javascript-packages". */
  readonly family: string;
  readonly path: ByteString;
  /** The root of the other system that it belongs to; empty for this one's. */
  readonly system: string;
  /** Its index in the tree; for a file, that of the directory it lies in. */
  readonly directory: number;
  /** Set where the place is a file. */
  readonly file: RankedFile | undefined;
  readonly diskBytes: number;
  /** Seconds since 1970 of the latest change in it. */
  readonly newest: number;
}

const familyOf = new Map(
  Object.entries(families).flatMap(([family, entries]) => entries.map((entry) => [entry.id, family])),
);

/**
 * Directories and large files that the catalogue knows, outer ones before what lies in them.
 * @param scan where it noted a file's name, that was CACHEDIR.TAG.
 * @param leastBytes smaller ones are passed over.
 * @param systemOf the root of the system that a path belongs to, empty for this one.
 */
export function findKnownPlaces(
  scan: ScanResult,
  matcher: Matcher,
  leastBytes: number,
  systemOf: (path: string) => string,
): KnownPlace[] {
  const { tree, notedDirectories } = scan;
  const { count, diskBytes, newest } = tree.columns;
  const found: KnownPlace[] = [];
  for (let directory = 1; directory < count; directory++) {
    if (diskBytes[directory] < leastBytes || tree.isFileRoot(directory)) continue;
    const name = tree.name(directory);
    const base = name.slice(name.lastIndexOf('/') + 1);
    const mayBeTagged = notedDirectories?.has(directory) ?? true;
    const mayBeClaimed = matcher.mayClaim(base, 'directory');
    if (!mayBeTagged && !mayBeClaimed) continue;
    const path = tree.path(directory);
    const claimed = mayBeClaimed ? matcher.claim(path, 'directory', names) : undefined;
    const entry = claimed ?? (mayBeTagged && isTaggedCache(path) ? tagged : undefined);
    if (!entry) continue;
    found.push({
      entry,
      family: familyOf.get(entry.id)!,
      path,
      system: systemOf(path),
      directory,
      file: undefined,
      diskBytes: diskBytes[directory],
      newest: newest[directory],
    });
  }
  for (const file of scan.largestFiles) {
    if (file.diskBytes < leastBytes || !matcher.mayClaim(file.name, 'file')) continue;
    const entry = matcher.claim(file.path, 'file', names);
    if (!entry || (entry.magic !== undefined && !startsWithBytes(file.path, entry.magic as ByteString)))
      continue;
    found.push({
      entry,
      family: familyOf.get(entry.id)!,
      path: file.path,
      system: systemOf(file.path),
      directory: file.directory,
      file,
      diskBytes: file.diskBytes,
      newest: file.modifiedAt,
    });
  }
  return found;
}

const tagged = catalogue.find(({ id }) => id === 'tagged-cache')!;

const names = (path: string): Iterable<string> => directoryNames(path as ByteString);

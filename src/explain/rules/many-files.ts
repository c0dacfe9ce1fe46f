/** What is left and spread over many small files: the deepest directory that holds most of them. Runs last but for single files. */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { Proposal } from '../../model/finding.ts';
import { sampleDirectory } from '../../system/directories/sampled-directory.ts';
import { namedFile } from '../../system/files/named-file.ts';
import type { Facts } from '../facts.ts';
import { programPlaceOf } from '../places/program-place.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';
import { namePatterns } from './name-pattern.ts';
import type { Rule } from '../claims/rule.ts';

/** A cause, and not the rest of a system: this share of what is used, in so many files. */
const LEAST_SHARE = 0.05;
const LEAST_FILES = 200;
/** Files of more than this each are named one by one by other rules. */
const SMALL_BYTES = 4 * 2 ** 20;
/** One level deeper as long as that explains so much of it. */
const MOST_BELOW = 0.8;
const MOST_FINDINGS = 3;
const SAMPLE = 500;
const MOST_FORMS = 3;
/** Programs and system files are many small files by nature, also in places where programs keep data beside them. */
const NOT_A_CAUSE =
  /^\/(?:usr|etc|bin|sbin|lib\d*|boot|nix|snap|proc|sys|dev)(?:\/(?!local\/)|$)|^\/var\/lib\/(?:dpkg|rpm|apt|pacman)(?:\/|$)/u;

export const manyFiles: Rule = {
  name: 'many-files',
  find: (facts, claims) => {
    const { filesystems, worthBytes, scan } = facts;
    const used = filesystems.reduce((sum, { usedBytes }) => sum + usedBytes, 0);
    const least = Math.max(worthBytes, used * LEAST_SHARE);
    return scan.roots
      .flatMap(({ directory }) => crowded(directory, least, facts, claims))
      .toSorted((a, b) => claims.unclaimedBytes(b) - claims.unclaimedBytes(a))
      .slice(0, MOST_FINDINGS)
      .map((directory) => proposalOf(directory, facts, claims));
  },
};

/** The deepest directories that hold most of what is unclaimed below `root`, where that is many small files. */
function crowded(root: number, least: number, { scan: { tree } }: Facts, claims: Claims): number[] {
  const found: number[] = [];
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const bytes = claims.unclaimedBytes(next);
    if (bytes < least || tree.isFileRoot(next)) continue;
    const children = [...tree.children(next)].filter((child) => claims.unclaimedBytes(child) >= least);
    // Hashed directories hold a part each, none of which is many: what they are parts of is.
    const fuller = children.filter((child) => !isSliver(child, claims.unclaimedBytes(child), tree));
    const below = fuller.reduce((sum, child) => sum + claims.unclaimedBytes(child), 0);
    if (fuller.length > 0 && below >= bytes * MOST_BELOW) waiting.push(...children);
    else if (isCrowded(next, bytes, tree)) found.push(next);
    else waiting.push(...children);
  }
  return found;
}

function isCrowded(directory: number, bytes: number, tree: Facts['scan']['tree']): boolean {
  const { entries, parent } = tree.columns;
  if (parent[directory] === ABOVE_ROOTS && tree.path(directory) === '/') return false;
  return (
    entries[directory] >= LEAST_FILES &&
    bytes / entries[directory] <= SMALL_BYTES &&
    !NOT_A_CAUSE.test(tree.path(directory)) &&
    (!MIXED.test(tree.path(directory)) || isOfOneForm(directory, tree))
  );
}

const MIXED = /^\/(?:opt|usr\/local)(?:\/|$)/u;
const LEAST_SAMPLED = 3;

/** Files that are called by numbers, as what a program writes again and again is, and its own files are not. */
function isOfOneForm(directory: number, tree: Facts['scan']['tree']): boolean {
  const names = sampleDirectory(tree.path(fullestBelow(directory, tree)), SAMPLE).names;
  const [most] = namePatterns(names);
  return names.length >= LEAST_SAMPLED && most.glob.includes('*') && most.count * 2 > names.length;
}

/** A few small files: neither a cause by itself nor of one large file. */
function isSliver(
  directory: number,
  bytes: number,
  { columns: { entries } }: Facts['scan']['tree'],
): boolean {
  return entries[directory] < LEAST_FILES && bytes / entries[directory] <= SMALL_BYTES;
}

function proposalOf(directory: number, { scan: { tree }, accounts }: Facts, claims: Claims): Proposal {
  const { entries, newest, dayBytes } = tree.columns;
  const path = tree.path(directory);
  const directories = countDirectories(directory, tree);
  const files = Math.max(0, entries[directory] - directories);
  const fullest = fullestBelow(directory, tree);
  const names = sampleDirectory(tree.path(fullest), SAMPLE).names;
  const claim = claims.directory(directory);
  return {
    rule: 'many-files',
    directory: path,
    files,
    directories,
    typicalBytes: files === 0 ? 0 : Math.round(claim.claimedBytes / files),
    forms: namePatterns(names)
      .filter(({ count }) => count >= names.length / 10)
      .slice(0, MOST_FORMS)
      .map(({ glob, count }) => ({ form: fromText(glob), share: count / names.length })),
    place: programPlaceOf(
      joinPath(path, 'x' as ByteString),
      accounts.map(({ home }) => home),
    ),
    owner: ownerOf(tree.path(fullest), names, accounts),
    changedAt: newest[directory],
    dayBytes: dayBytes[directory],
    ...claim,
    freeableBytes: 0,
    paths: [path],
    actions: [looking('ls', '-la', tree.path(fullest))],
    risk: 'review',
  };
}

function countDirectories(directory: number, tree: Facts['scan']['tree']): number {
  let count = 1;
  const waiting = [...tree.children(directory)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    count++;
    waiting.push(...tree.children(next));
  }
  return count;
}

/** Down the largest children: where a look shows files and not only directories. */
function fullestBelow(directory: number, tree: Facts['scan']['tree']): number {
  const { entries } = tree.columns;
  let at = directory;
  for (;;) {
    const children = [...tree.children(at)].toSorted((a, b) => entries[b] - entries[a]);
    const [largest] = children;
    if (largest === undefined) return at;
    const own = children.reduce((rest, child) => rest - entries[child], entries[at] - 1);
    // Of files spread over directories, one of these shows how files are called.
    if (entries[largest] < entries[at] / 2 && own >= entries[largest] - 1) return at;
    at = largest;
  }
}

const MOST_ASKED = 20;

/** Whose most of a few of them are. */
function ownerOf(
  directory: ByteString,
  names: readonly ByteString[],
  accounts: Facts['accounts'],
): ByteString | undefined {
  const uids = names.slice(0, MOST_ASKED).flatMap((name) => namedFile(joinPath(directory, name))?.uid ?? []);
  const counts = [...Map.groupBy(uids, (uid) => uid)].toSorted(([, a], [, b]) => b.length - a.length);
  const [most] = counts;
  if (most === undefined || most[1].length * 2 <= uids.length) return undefined;
  return accounts.find(({ uid }) => uid === most[0])?.name ?? fromText(`user ${most[0]}`);
}

/** Files whose size misleads: with holes they look larger than what they take; with a reserve they take more than was written. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { sizeText } from '../../model/size.ts';
import { unwrittenBytes } from '../../system/files/extents.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from './claims.ts';
import type { Rule } from './rule.ts';
import { countOf, quoted, shellWord } from './wording.ts';

export const preallocatedOrSparse: Rule = {
  name: 'preallocated-or-sparse',
  find: (facts, claims) => [...reserved(facts, claims), ...sparse(facts)],
};

/** Each costs an open file and one system call per 512 extents. */
const MOST_EXAMINED = 30;
const MOST_NAMED = 3;

interface Reserve {
  readonly file: RankedFile;
  readonly bytes: number;
}

function reserved(facts: Facts, claims: Claims): Finding[] {
  const { scan, worthBytes } = facts;
  const candidates = new Map<string, RankedFile>();
  const beyondEnd = scan.unevenFiles.filter((file) => file.diskBytes - file.apparentBytes >= worthBytes);
  for (const file of [...beyondEnd, ...scan.largestFiles]) {
    if (candidates.size >= MOST_EXAMINED) break;
    if (file.diskBytes >= worthBytes && !claims.isFileClaimed(file)) candidates.set(file.path, file);
  }
  const found = [...candidates.values()]
    .map((file) => ({ file, bytes: Math.min(file.diskBytes, unwrittenBytes(file.path) ?? 0) }))
    .filter(({ bytes }) => bytes >= worthBytes)
    .toSorted((a, b) => b.bytes - a.bytes);
  if (found.length === 0) return [];
  return [reservedFinding(found, claims)];
}

function reservedFinding(found: readonly Reserve[], claims: Claims): Finding {
  const sum = found.reduce((bytes, one) => bytes + one.bytes, 0);
  let claimedBytes = 0;
  // A file that is mostly content is not explained by its reserve.
  for (const { file, bytes } of found)
    if (bytes >= file.diskBytes / 2) claimedBytes += claims.file(file).claimedBytes;
  const [{ file: first }] = found;
  const sole = found.length === 1 && first.links === 1;
  return {
    rule: 'preallocated-or-sparse',
    title: 'reserved, not written',
    diskBytes: sum,
    claimedBytes,
    freeableBytes: found.reduce((bytes, one) => bytes + (one.file.links === 1 ? one.bytes : 0), 0),
    paths: found.map(({ file }) => file.path),
    evidence: found.slice(0, MOST_NAMED).map(reserveText),
    remedy: {
      text: 'a program reserves it for what it will write: ask for less in its settings; where it is not needed, a copy with holes takes only what was written',
      command: sole
        ? `cp --sparse=always -- ${shellWord(first.path)} ${shellWord(copyOf(first.path))}`
        : undefined,
    },
    risk: 'review',
  };
}

function copyOf(path: ByteString): ByteString {
  return `${path}.with-holes` as ByteString;
}

function reserveText({ file, bytes }: Reserve): string {
  const all = `${sizeText(bytes)} of the ${sizeText(file.diskBytes)} that ${quoted(file.path)} takes are reserved and were never written`;
  return file.diskBytes > file.apparentBytes + bytes / 2
    ? `${all}, beyond its end at ${sizeText(file.apparentBytes)}`
    : all;
}

/** Holes mislead only where they look like a part of the disk that counts. */
const HOLES_SHARE = 0.01;
const MANY_HOLES_BYTES = 2 ** 30;

function sparse({ scan, filesystems, worthBytes }: Facts): Finding[] {
  const total = filesystems.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  const least = Math.max(worthBytes, Math.min(MANY_HOLES_BYTES, total * HOLES_SHARE));
  const holed = scan.unevenFiles
    .filter((file) => file.apparentBytes - file.diskBytes >= least)
    .toSorted((a, b) => b.apparentBytes - b.diskBytes - (a.apparentBytes - a.diskBytes));
  if (holed.length === 0) return [];
  const rest = holed.length - MOST_NAMED;
  return [
    {
      rule: 'preallocated-or-sparse',
      title: 'smaller than it looks',
      diskBytes: holed.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
      claimedBytes: 0,
      freeableBytes: 0,
      paths: holed.slice(0, MOST_PATHS).map(({ path }) => path),
      evidence: [
        ...holed
          .slice(0, MOST_NAMED)
          .map(
            ({ path, apparentBytes, diskBytes }) =>
              `ls shows ${sizeText(apparentBytes)} for ${quoted(path)}, the disk holds ${sizeText(diskBytes)} of it`,
          ),
        ...(rest > 0 ? [`${countOf(rest, 'more file')} with holes, or compressed by the filesystem`] : []),
      ],
      remedy: {
        text: 'nothing to free; copy such files with holes, or the copy takes the full size: cp --sparse=always, rsync -S, tar -S',
        command: undefined,
      },
      risk: 'safe',
    },
  ];
}

const MOST_PATHS = 50;

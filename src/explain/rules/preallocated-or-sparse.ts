/** Files whose size misleads: with holes they look larger than what they take; with a reserve they take more than was written. */
import type { Proposal } from '../../model/finding.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { unwrittenBytes } from '../../system/files/extents.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

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

function reserved(facts: Facts, claims: Claims): Proposal[] {
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
  return [reservedProposal(found, claims)];
}

function reservedProposal(found: readonly Reserve[], claims: Claims): Proposal {
  const sum = found.reduce((bytes, one) => bytes + one.bytes, 0);
  let claimedBytes = 0;
  // A file that is mostly content is not explained by its reserve.
  for (const { file, bytes } of found)
    if (bytes >= file.diskBytes / 2) claimedBytes += claims.file(file).claimedBytes;
  return {
    rule: 'preallocated-or-sparse',
    kind: 'reserved',
    files: found.map(({ file, bytes }) => ({
      path: file.path,
      diskBytes: file.diskBytes,
      apparentBytes: file.apparentBytes,
      reservedBytes: bytes,
    })),
    diskBytes: sum,
    claimedBytes,
    // Whoever reserved it gives it back: no command does so safely under a program.
    freeableBytes: 0,
    paths: found.map(({ file }) => file.path),
    actions: [looking('ls', '-ls', ...found.slice(0, MOST_NAMED).map(({ file }) => file.path))],
    risk: 'review',
  };
}

/** Holes mislead only where they look like a part of the disk that counts. */
const HOLES_SHARE = 0.01;
const MANY_HOLES_BYTES = 2 ** 30;

function sparse({ scan, filesystems, worthBytes }: Facts): Proposal[] {
  const total = filesystems.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  const least = Math.max(worthBytes, Math.min(MANY_HOLES_BYTES, total * HOLES_SHARE));
  const holed = scan.unevenFiles
    .filter((file) => file.apparentBytes - file.diskBytes >= least)
    .toSorted((a, b) => b.apparentBytes - b.diskBytes - (a.apparentBytes - a.diskBytes));
  if (holed.length === 0) return [];
  return [
    {
      rule: 'preallocated-or-sparse',
      kind: 'sparse',
      files: holed
        .slice(0, MOST_NAMED)
        .map(({ path, diskBytes, apparentBytes }) => ({ path, diskBytes, apparentBytes })),
      more: Math.max(0, holed.length - MOST_NAMED),
      diskBytes: holed.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
      claimedBytes: 0,
      freeableBytes: 0,
      paths: holed.slice(0, MOST_PATHS).map(({ path }) => path),
      actions: [],
      risk: 'safe',
    },
  ];
}

const MOST_PATHS = 50;

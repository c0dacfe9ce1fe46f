/** Append-only files of Redis, and what rewrites that were cut short left behind. */
import type { Action } from '../../../model/action.ts';
import { fromText, joinPath, parentPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { Proposal } from '../../../model/finding.ts';
import type { RankedFile } from '../../../model/scan-result.ts';
import { directoryFiles } from '../../../system/directories/directory-files.ts';
import { directoryNames } from '../../../system/directories/directory-names.ts';
import type { Facts } from '../../facts.ts';
import { directoriesNamed } from '../../places/named-directories.ts';
import type { Claims } from '../../claims/claims.ts';

export function redisFiles(facts: Facts, claims: Claims): Proposal[] {
  return [...unfinished(facts, claims), ...appendOnly(facts, claims)];
}

/** The pid of the child that writes it is in its name; a live one is none of our business. */
const UNFINISHED = /^temp-(?:rewriteaof-(?:bg-)?)?(?<pid>\d+)\.(?:rdb|aof)$/u;
const MOST_REMOVED = 5;

function unfinished(facts: Facts, claims: Claims): Proposal[] {
  const files = facts.scan.largestFiles.filter((file) => {
    const pid = UNFINISHED.exec(file.name)?.groups?.['pid'];
    if (pid === undefined || claims.isFileClaimed(file)) return false;
    const beside = directoryNames(parentPath(file.path));
    return (
      beside.some((name) => name === 'dump.rdb' || name.startsWith('appendonly')) &&
      directoryNames(fromText(`/proc/${pid}`)).length === 0
    );
  });
  const diskBytes = files.reduce((sum, file) => sum + file.diskBytes, 0);
  if (diskBytes < facts.worthBytes) return [];
  const freeableBytes = files.reduce((sum, file) => sum + (file.links === 1 ? file.diskBytes : 0), 0);
  return [
    {
      rule: 'database-logs',
      kind: 'redis-unfinished',
      files: files.length,
      largest: files[0].path,
      largestBytes: files[0].diskBytes,
      diskBytes,
      claimedBytes: files.reduce((sum, file) => sum + claims.file(file).claimedBytes, 0),
      freeableBytes,
      paths: files.map(({ path }) => path),
      actions: [removal(files.slice(0, MOST_REMOVED))],
      risk: 'review',
    },
  ];
}

function removal(files: readonly RankedFile[]): Action {
  return {
    kind: 'delete-files',
    paths: files.map(({ path }) => path),
    meaning: 'leftover',
    frees: {
      bytes: files.reduce((sum, file) => sum + (file.links === 1 ? file.diskBytes : 0), 0),
      certainty: 'exact',
    },
    loses: 'leftovers',
    risk: 'review',
  };
}

function appendOnly(facts: Facts, claims: Claims): Proposal[] {
  const { tree } = facts.scan;
  // Since Redis 7: appendonlydir with a manifest. Before: one file.
  const directories = directoriesNamed(tree, fromText('appendonlydir')).flatMap((directory) => {
    const path = tree.path(directory);
    if (claims.unclaimedBytes(directory) < facts.worthBytes) return [];
    const files = directoryFiles(path);
    if (!files.some(({ name }) => name.endsWith('.manifest'))) return [];
    const increments = files.filter(({ name }) => name.endsWith('.incr.aof'));
    const bytes = increments.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
    return [proposalOf(path, { appendedBytes: bytes, snapshot: undefined }, claims.directory(directory))];
  });
  const single = facts.scan.largestFiles.flatMap((file) => {
    if (file.name !== 'appendonly.aof' || file.diskBytes < facts.worthBytes || claims.isFileClaimed(file))
      return [];
    if (!directoryNames(parentPath(file.path)).some((name) => /^(?:dump\.rdb|redis.*)$/u.test(name)))
      return [];
    const snapshot = joinPath(parentPath(file.path), fromText('dump.rdb'));
    return [proposalOf(file.path, { appendedBytes: undefined, snapshot }, claims.file(file))];
  });
  return [...directories, ...single];
}

function proposalOf(
  path: ByteString,
  told: { readonly appendedBytes: number | undefined; readonly snapshot: ByteString | undefined },
  claim: { readonly diskBytes: number; readonly claimedBytes: number },
): Proposal {
  return {
    rule: 'database-logs',
    kind: 'redis-append-only',
    file: path,
    ...told,
    ...claim,
    freeableBytes: 0,
    paths: [path],
    actions: [rewrite],
    risk: 'never',
  };
}

const rewrite: Action = {
  kind: 'owner-command',
  owner: 'redis',
  argv: ['redis-cli', 'BGREWRITEAOF'] as ByteString[],
  actsOn: 'running',
  hasBlanks: false,
  frees: { bytes: 0, certainty: 'unknown' },
  loses: 'nothing',
  risk: 'review',
};

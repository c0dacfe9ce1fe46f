/** Append-only files of Redis, and what rewrites that were cut short left behind. */
import { fromText, joinPath, parentPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { Finding } from '../../../model/finding.ts';
import { sizeText } from '../../../model/size.ts';
import { directoryFiles } from '../../../system/directories/directory-files.ts';
import { directoryNames } from '../../../system/directories/directory-names.ts';
import type { Facts } from '../../facts.ts';
import { directoriesNamed } from '../../named-directories.ts';
import type { Claims } from '../claims.ts';
import { countOf, quoted, shellWord } from '../wording.ts';

export function redisFiles(facts: Facts, claims: Claims): Finding[] {
  return [...unfinished(facts, claims), ...appendOnly(facts, claims)];
}

/** The pid of the child that writes it is in its name; a live one is none of our business. */
const UNFINISHED = /^temp-(?:rewriteaof-(?:bg-)?)?(?<pid>\d+)\.(?:rdb|aof)$/u;
const MOST_REMOVED = 5;

function unfinished(facts: Facts, claims: Claims): Finding[] {
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
  return [
    {
      rule: 'database-logs',
      title: 'unfinished Redis snapshots',
      diskBytes,
      claimedBytes: files.reduce((sum, file) => sum + claims.file(file).claimedBytes, 0),
      freeableBytes: files.reduce((sum, file) => sum + (file.links === 1 ? file.diskBytes : 0), 0),
      paths: files.map(({ path }) => path),
      evidence: [
        `${countOf(files.length, 'file')}, the largest ${quoted(files[0].path)} with ${sizeText(files[0].diskBytes)}; the processes whose pids are in their names are gone`,
      ],
      remedy: {
        text: 'a rewrite was cut short, by a full disk or too little memory: see that the next has room, then delete them',
        command: `rm -- ${files
          .slice(0, MOST_REMOVED)
          .map(({ path }) => shellWord(path))
          .join(' ')}`,
      },
      risk: 'review',
    },
  ];
}

function appendOnly(facts: Facts, claims: Claims): Finding[] {
  const { tree } = facts.scan;
  // Since Redis 7: appendonlydir with a manifest. Before: one file.
  const directories = directoriesNamed(tree, fromText('appendonlydir')).flatMap((directory) => {
    const path = tree.path(directory);
    if (claims.unclaimedBytes(directory) < facts.worthBytes) return [];
    const files = directoryFiles(path);
    if (!files.some(({ name }) => name.endsWith('.manifest'))) return [];
    const increments = files.filter(({ name }) => name.endsWith('.incr.aof'));
    const bytes = increments.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
    return [
      findingOf(
        path,
        `${sizeText(bytes)} of it were appended since the last rewrite`,
        claims.directory(directory),
      ),
    ];
  });
  const single = facts.scan.largestFiles.flatMap((file) => {
    if (file.name !== 'appendonly.aof' || file.diskBytes < facts.worthBytes || claims.isFileClaimed(file))
      return [];
    if (!directoryNames(parentPath(file.path)).some((name) => /^(?:dump\.rdb|redis.*)$/u.test(name)))
      return [];
    return [
      findingOf(
        file.path,
        `with ${quoted(joinPath(parentPath(file.path), fromText('dump.rdb')))} beside it`,
        claims.file(file),
      ),
    ];
  });
  return [...directories, ...single];
}

function findingOf(
  path: ByteString,
  detail: string,
  claim: { readonly diskBytes: number; readonly claimedBytes: number },
): Finding {
  return {
    rule: 'database-logs',
    title: 'Redis append-only file',
    ...claim,
    freeableBytes: 0,
    paths: [path],
    evidence: [`${quoted(path)} has ${sizeText(claim.diskBytes)}: every write is appended to it; ${detail}`],
    remedy: {
      text: 'have Redis rewrite it to what the data needs (it takes that much room while it runs); never delete it, it is the database',
      command: 'redis-cli BGREWRITEAOF',
    },
    risk: 'never',
  };
}

/** MongoDB's journal, told by the WiredTiger files around it. */
import type { Action } from '../../../model/action.ts';
import { fromText, joinPath, parentPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { Proposal } from '../../../model/finding.ts';
import { directoryNames } from '../../../system/directories/directory-names.ts';
import { readFileStart } from '../../../system/files/file-start.ts';
import type { Facts } from '../../facts.ts';
import { directoriesNamed } from '../../places/named-directories.ts';
import type { Claims } from '../../claims/claims.ts';

export function mongodbJournal({ scan: { tree }, worthBytes }: Facts, claims: Claims): Proposal[] {
  return directoriesNamed(tree, fromText('journal')).flatMap((directory) => {
    if (claims.unclaimedBytes(directory) < worthBytes) return [];
    const path = tree.path(directory);
    const version = readFileStart(joinPath(parentPath(path), fromText('WiredTiger')), 10);
    const logs = directoryNames(path).filter((name) => /^WiredTiger(?:Log|PreplLog)\.\d+$/u.test(name));
    if (version !== 'WiredTiger' || logs.length === 0) return [];
    return [
      {
        rule: 'database-logs' as const,
        kind: 'mongodb-journal' as const,
        directory: path,
        files: logs.length,
        ...claims.directory(directory),
        freeableBytes: 0,
        paths: [path],
        actions: [checkpoint],
        risk: 'never' as const,
      },
    ];
  });
}

const checkpoint: Action = {
  kind: 'owner-command',
  owner: 'mongodb',
  argv: ['mongosh', '--eval', 'db.adminCommand({ fsync: 1 })'] as ByteString[],
  actsOn: 'running',
  hasBlanks: false,
  frees: { bytes: 0, certainty: 'unknown' },
  loses: 'nothing',
  risk: 'review',
};

/** MongoDB's journal, told by the WiredTiger files around it. */
import { fromText, joinPath, parentPath } from '../../../model/byte-string.ts';
import type { Finding } from '../../../model/finding.ts';
import { sizeText } from '../../../model/size.ts';
import { directoryNames } from '../../../system/directories/directory-names.ts';
import { readFileStart } from '../../../system/files/file-start.ts';
import type { Facts } from '../../facts.ts';
import { directoriesNamed } from '../../named-directories.ts';
import type { Claims } from '../claims.ts';
import { countOf, quoted } from '../wording.ts';

export function mongodbJournal({ scan: { tree }, worthBytes }: Facts, claims: Claims): Finding[] {
  return directoriesNamed(tree, fromText('journal')).flatMap((directory) => {
    if (claims.unclaimedBytes(directory) < worthBytes) return [];
    const path = tree.path(directory);
    const version = readFileStart(joinPath(parentPath(path), fromText('WiredTiger')), 10);
    const logs = directoryNames(path).filter((name) => /^WiredTiger(?:Log|PreplLog)\.\d+$/u.test(name));
    if (version !== 'WiredTiger' || logs.length === 0) return [];
    const claim = claims.directory(directory);
    return [
      {
        rule: 'database-logs',
        title: 'MongoDB journal',
        ...claim,
        freeableBytes: 0,
        paths: [path],
        evidence: [
          `${countOf(logs.length, 'journal file')} with ${sizeText(claim.diskBytes)} in ${quoted(path)}: writes since the last checkpoint`,
        ],
        remedy: {
          text: 'have the server make a checkpoint, after which it removes what it no longer needs; never delete a journal file',
          command: "mongosh --eval 'db.adminCommand({ fsync: 1 })'",
        },
        risk: 'never' as const,
      },
    ];
  });
}

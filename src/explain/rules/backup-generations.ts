/** Generations of backups: what is written again and again under a new name, and of which the newest is the most precious file on the disk. */
import { parentPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fromText } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { globOf } from '../name-form.ts';
import type { Claims } from './claims.ts';
import { looking } from './looking.ts';
import type { Rule } from './rule.ts';

/** Archives, dumps and images by their endings, encrypted or packed once more. */
const BACKUP_ENDING =
  /\.(?:sql|dump|pgdump|bak|backup|bkp|tar|tgz|tbz2?|txz|zip|7z|rar|img|vbk|vib|vma|xva|ova|rdb|bson|dmp|archive|sqfs|snar|cpio|wpress|jpa)(?:\.(?:gz|bz2|xz|zst|lz4|lzo|gpg|age|enc))*$/iu;
const BACKUP_PLACE = /(?:^|[/._-])(?:backups?|bkp|dumps?|archives?|snapshots?)(?:[/._-]|$)/iu;
const PACKED = /\.(?:gz|bz2|xz|zst|lz4)$/iu;
/** Fewer are a choice, not a pile. */
const LEAST_COUNT = 3;

export const backupGenerations: Rule = {
  name: 'backup-generations',
  find: (facts, claims) => {
    const files = facts.scan.largestFiles.filter((file) => isBackup(file) && !claims.isFileClaimed(file));
    const groups = Map.groupBy(files, ({ path, name }) => `${parentPath(path)}\n${globOf(toText(name))}`);
    return [...groups.values()]
      .filter((group) => isPile(group) && sumOf(group) >= facts.worthBytes)
      .map((group) => proposalOf(group, claims));
  },
};

function isBackup({ path, name }: RankedFile): boolean {
  return BACKUP_ENDING.test(name) || (PACKED.test(name) && BACKUP_PLACE.test(parentPath(path)));
}

/** Written at different times, as generations are: parts of one backup are written together. */
function isPile(group: readonly RankedFile[]): boolean {
  if (group.length < LEAST_COUNT || !/[*]/u.test(globOf(toText(group[0].name)))) return false;
  return gaps(group).filter((seconds) => seconds >= LEAST_GAP_SECONDS).length >= LEAST_COUNT - 1;
}

const LEAST_GAP_SECONDS = 600;

function gaps(group: readonly RankedFile[]): number[] {
  const times = group.map(({ modifiedAt }) => modifiedAt).toSorted((a, b) => a - b);
  return times.slice(1).map((time, index) => time - times[index]);
}

function sumOf(group: readonly RankedFile[]): number {
  return group.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
}

function proposalOf(group: readonly RankedFile[], claims: Claims): Proposal {
  const byAge = group.toSorted((a, b) => b.modifiedAt - a.modifiedAt);
  const [newest] = byAge;
  const directory: ByteString = parentPath(newest.path);
  return {
    rule: 'backup-generations',
    directory,
    form: fromText(globOf(toText(newest.name))),
    count: group.length,
    typicalBytes: median(group.map(({ diskBytes }) => diskBytes)),
    oldestAt: byAge.at(-1)!.modifiedAt,
    newestAt: newest.modifiedAt,
    everySeconds: median(gaps(group)),
    newest: newest.name,
    diskBytes: sumOf(group),
    claimedBytes: group.reduce((sum, file) => sum + claims.file(file).claimedBytes, 0),
    // Which of them may go nobody but their owner can say.
    freeableBytes: 0,
    paths: group.map(({ path }) => path),
    actions: [looking('ls', '-lt', directory)],
    risk: 'review',
  };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

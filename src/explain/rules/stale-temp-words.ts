/** What a person is told of stale temporary files. */
import { ageText } from '../../model/age.ts';
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
import type { TmpUnit } from '../../model/tmp-report.ts';
import type { TmpRequest } from '../../tmp/tmp.ts';
import { countOf, quoted, shellWord } from './wording.ts';

/** What is said of the stale entries of one directory. */
export interface StaleTemp {
  readonly directory: ByteString;
  /** What may go and what only other users may delete, the largest first. */
  readonly stale: readonly TmpUnit[];
  /** Those among them that belong to others and stay. */
  readonly others: readonly TmpUnit[];
  /** Not used for at least this long, all of them. */
  readonly olderMs: number;
  readonly diskBytes: number;
  readonly claimedBytes: number;
  /** What the judge lets go. */
  readonly freeableBytes: number;
  readonly inMemory: boolean;
  readonly hiddenProcesses: number;
  /** What the command must be asked with. */
  readonly request: TmpRequest;
}

const MOST_PATHS = 50;
const DAY_MS = 86_400_000;

export function staleTempFinding(facts: StaleTemp): Finding {
  const { directory, stale, others, olderMs, request, hiddenProcesses } = facts;
  const [largest] = stale;
  const days = olderMs / DAY_MS;
  return {
    rule: 'stale-temp',
    title: 'stale temp files',
    diskBytes: facts.diskBytes,
    claimedBytes: facts.claimedBytes,
    freeableBytes: facts.freeableBytes,
    paths: stale.slice(0, MOST_PATHS).map(({ path }) => path),
    evidence: [
      `${countOf(stale.length, 'entry', 'entries')} of ${quoted(directory)} not touched for ${countOf(days, 'day')} or more, and ${
        hiddenProcesses === 0
          ? 'held by no process'
          : `held by no process that can be seen (${countOf(hiddenProcesses, 'process', 'processes')} cannot)`
      }`,
      ...(facts.inMemory ? [`${quoted(directory)} lies in memory: this frees memory, not disk`] : []),
      ...(others.length === 0 ? [] : [othersSentence(facts)]),
      `the largest is ${quoted(largest.path)} with ${sizeText(largest.diskBytes)}, last touched ${ageText((largest.ageMs ?? 0) / 1000)} ago`,
    ],
    remedy: {
      text: 'see which of them may go; --delete then removes them',
      command: [
        'diskwhy tmp',
        ...(request.system ? ['--system'] : []),
        ...(request.allUsers ? ['--all-users'] : []),
        `--older ${days}d`,
        ...(request.minBytes === 0 ? ['--min-size 0'] : []),
        ...request.keep.map((pattern) => `--keep ${shellWord(fromText(pattern))}`),
        shellWord(directory),
      ].join(' '),
    },
    risk: 'review',
  };
}

function othersSentence({ others, request }: StaleTemp): string {
  const size = sizeText(others.reduce((sum, { diskBytes }) => sum + diskBytes, 0));
  return request.allUsers
    ? `${countOf(others.length, 'of them is a directory', 'of them are directories')} of other users (${size}): only their owners delete those safely`
    : `${countOf(others.length, 'of them belongs', 'of them belong')} to other users (${size}) and stay`;
}

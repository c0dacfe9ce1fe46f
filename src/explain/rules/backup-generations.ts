/** Generations of backups: what is written again and again under a new name, and of which the newest is the most precious file on the disk. */
import { fromText } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import { backupPiles, gaps, sumOf } from './backup-piles.ts';
import type { Pile } from './backup-piles.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

/**
 * Forms of what holds changes only: incremental and differential archives, levels of dump(8) above 0, transaction logs of
 * SQL Server (.trn), increments of Veeam (.vib).
 */
const CHAINED =
  /(?:^|[^a-z])(?:incr?|incrementals?|diff?|differentials?|level-?[1-9])(?:[^a-z]|$)|\.(?:trn|vib)(?:\.|$)/iu;

export const backupGenerations: Rule = {
  name: 'backup-generations',
  find: (facts, claims) =>
    backupPiles(facts, claims)
      .filter(({ forms }) => sumOf(forms.flatMap(([, all]) => all)) >= facts.worthBytes)
      .map((pile) => proposalOf(pile, claims)),
};

function proposalOf({ directory, forms }: Pile, claims: Claims): Proposal {
  const all = forms.flatMap(([, generations]) => generations);
  const [form, largest] = forms[0];
  const times = all.map(({ madeAt }) => madeAt);
  const isChained = forms.some(([one]) => CHAINED.test(one));
  const usualBytes = median(largest.map(({ diskBytes }) => diskBytes));
  // What holds changes only is small at times.
  const whole = isChained
    ? largest
    : largest.filter(({ diskBytes }) => diskBytes >= usualBytes * WHOLE_SHARE);
  const newest = whole.reduce((one, other) => (other.madeAt > one.madeAt ? other : one));
  return {
    rule: 'backup-generations',
    directory,
    form: fromText(form),
    forms: forms.length,
    count: all.length,
    typicalBytes: median(all.map(({ diskBytes }) => diskBytes)),
    oldestAt: Math.min(...times),
    newestAt: newest.madeAt,
    everySeconds: median(gaps(largest)),
    cutShort: largest.filter((one) => one.madeAt > newest.madeAt && !whole.includes(one)).length,
    newest: newest.name,
    isChained,
    diskBytes: sumOf(all),
    claimedBytes: all.reduce((sum, generation) => sum + generation.claim(claims), 0),
    // Which of them may go nobody but their owner can say.
    freeableBytes: 0,
    paths: all.map(({ path }) => path),
    actions: [looking('ls', '-lt', directory)],
    risk: 'review',
  };
}

/** One of less than this share of the usual was cut short. */
const WHOLE_SHARE = 0.1;

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

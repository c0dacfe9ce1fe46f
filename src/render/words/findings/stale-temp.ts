/** Stale temporary files: how many, unused for how long, and what stays. */
import { ageText } from '../../../model/age.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const staleTempWords: FindingWords<'stale-temp'> = {
  title: () => 'stale temp files',
  evidence: (finding, nowSeconds) => {
    const { root, entries, olderDays, hidden, isMemory, others, othersBytes, isRoot } = finding;
    const { largest, largestBytes, largestTouchedAt } = finding;
    const seen =
      hidden === 0
        ? 'held by no process'
        : `held by no process that can be seen (${countOf(hidden, 'process', 'processes')} cannot)`;
    return [
      `${countOf(entries, 'entry', 'entries')} of ${quoted(root)} not touched for ${countOf(olderDays, 'day')} or more, and ${seen}`,
      ...(isMemory ? [`${quoted(root)} lies in memory: this frees memory, not disk`] : []),
      ...(others === 0
        ? []
        : [
            isRoot
              ? `${countOf(others, 'of them is a directory', 'of them are directories')} of other users (${sizeText(othersBytes)}): only their owners delete those safely`
              : `${countOf(others, 'of them belongs', 'of them belong')} to other users (${sizeText(othersBytes)})`,
          ]),
      `the largest is ${quoted(largest)} with ${sizeText(largestBytes)}, last touched ${ageText(nowSeconds - largestTouchedAt)} ago`,
    ];
  },
  advice: ({ isRoot, entries, others }) =>
    others === entries
      ? 'have their owners look and delete them (diskwhy tmp --delete, run by each): by another hand that is not safe where everybody may write'
      : isRoot
        ? 'see which of them may go; --delete then removes them'
        : 'see which of them may go; --delete then removes those that are yours',
};

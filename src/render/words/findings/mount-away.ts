/** Written where a mount should be: what is away, and how to bring it back without hiding what was written. */
import { ageText } from '../../../model/age.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const mountAwayWords: FindingWords<'mount-away'> = {
  title: () => 'written where nothing is mounted',
  evidence: ({ mountPoint, source, type, writtenIn, onDevice, entries, changedAt }, nowSeconds) => [
    `${quoted(writtenIn)} says that ${quoted(source)} (${quoted(type)}) is to be mounted on ${quoted(mountPoint)}: it is not mounted now, so what is written there fills ${quoted(onDevice)}`,
    `${countOf(entries, 'entry', 'entries')} lie there, the latest change ${ageText(Math.max(0, nowSeconds - changedAt))} ago`,
  ],
  advice: ({ mountPoint, source }) =>
    `stop what writes there; bring ${quoted(source)} back on another directory first and see that it is the right one (its content, findmnt); move what was written over to it, and only then mount it on ${quoted(mountPoint)}: mounted at once it would hide these bytes, not free them`,
};

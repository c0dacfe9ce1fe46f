/** Hidden under a mount. */
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const hiddenUnderMountWords: FindingWords<'hidden-under-mount'> = {
  title: () => 'hidden under a mount',
  evidence: ({ entries, mountPoint, coveredBy: { source, type } }) => [
    `${countOf(entries, 'entry', 'entries')} lie in ${quoted(mountPoint)}, written before ${quoted(source)} (${type}) was mounted over it`,
  ],
  advice: ({ below }) =>
    `look at them through a bind mount of ${quoted(below)} on a fresh directory, which shows what mounts cover; move or delete them there, then unmount it`,
};

/** Old releases: how many, which one is live, and that its deploy tool may keep fewer. */
import { ageText } from '../../../model/age.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const oldReleasesWords: FindingWords<'old-releases'> = {
  title: ({ old }) => (old.length > 0 ? 'old releases' : 'releases'),
  evidence: ({ count, directory, link, live, inUse, old, oldBytes, oldestAt }, nowSeconds) => [
    `${countOf(count, 'release')} in ${quoted(directory)}, the oldest ${ageText(Math.max(0, nowSeconds - oldestAt))} old; ${quoted(link)} leads to ${quoted(live)}: never delete that one`,
    ...(inUse.length > 0 ? [`processes run from ${inUse.map(quoted).join(', ')}`] : []),
    old.length > 0
      ? `${sizeText(oldBytes)} are in ${countOf(old.length, 'older one')}; the live one, the one before it and the newest are left out`
      : 'these are the live one and those to go back to',
  ],
  advice: ({ old, remedies }) =>
    `have the deploy tool keep fewer (keep_releases 3; cap deploy:cleanup, dep deploy:cleanup)${
      old.length > 0 && remedies.length > 0 ? ', or delete the oldest: nothing runs from them' : ''
    }`,
};

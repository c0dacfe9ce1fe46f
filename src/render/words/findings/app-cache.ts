/** Caches of programs: whose, how old, who has to end first. */
import { ageText } from '../../../model/age.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import { placeAdvice } from '../place-advice.ts';
import type { FindingWords } from './finding-words.ts';

export const appCacheWords: FindingWords<'app-cache'> = {
  title: ({ places }) => places[0].id.replaceAll('-', ' '),
  evidence: ({ places, owner, changedAt, running, largestParts, advice }, nowSeconds) => {
    const [{ what, path }] = places;
    const more = places.length === 1 ? '' : ` and ${countOf(places.length - 1, 'more place')}`;
    const whose = owner === undefined ? '' : ` of ${quoted(owner)}`;
    return [
      `${what}${whose} in ${quoted(path)}${more}, last changed ${ageText(nowSeconds - changedAt)} ago`,
      ...running.slice(0, 1).map(({ program, pid }) => `${program} is running (pid ${pid}): end it first`),
      ...(largestParts.length === 0
        ? []
        : [
            `the largest in it: ${largestParts.map(({ name, diskBytes }) => `${quoted(name)} ${sizeText(diskBytes)}`).join(', ')}`,
          ]),
      ...(advice.trap === undefined ? [] : [advice.trap]),
    ];
  },
  advice: ({ advice }) => placeAdvice(advice),
};

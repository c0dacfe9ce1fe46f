/** Files of no package: where, and how to find out what put them there. */
import { ageText } from '../../../model/age.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

const MOST_NAMED = 5;

export const unownedFilesWords: FindingWords<'unowned-files'> = {
  title: () => 'files of no package',
  evidence: ({ tree, managers, files, places }, nowSeconds) => [
    `${countOf(files, 'file')} below ${quoted(tree)} in no list of ${managers.join(' or ')}, beside /usr/local and /usr/src and what packages' own scripts make`,
    ...places.slice(0, MOST_NAMED).map((place) => {
      const what = place.isWhole
        ? `, no package knows the directory; last written ${ageText(nowSeconds - place.changedAt)} ago`
        : " among a package's own";
      return `${sizeText(place.diskBytes)} in ${quoted(place.path)}: ${countOf(place.files, 'file')}${what}`;
    }),
  ],
  advice: () =>
    'find out what put them there (an installer, make install, npm or pip as root) and remove them with that',
};

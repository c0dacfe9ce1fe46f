/** Trash: how much was thrown away where, and since when. */
import { ageText } from '../../../model/age.ts';
import type { TrashFacts } from '../../../model/findings/trash.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

const MOST_PLACES = 4;

export const trashWords: FindingWords<'trash'> = {
  title: () => 'trash',
  evidence: ({ places }, nowSeconds) =>
    places.slice(0, MOST_PLACES).map((place) => placeText(place, nowSeconds)),
  advice: ({ isFinders }) =>
    isFinders
      ? 'look through it, then Finder ▸ Empty Trash: deleted for good'
      : 'look through it, then empty it: deleted for good',
};

function placeText(
  { path, diskBytes, things, oldestAt }: TrashFacts['places'][number],
  nowSeconds: number,
): string {
  const start = `${sizeText(diskBytes)} in ${quoted(path)}`;
  const age = ageText(nowSeconds - oldestAt);
  return things === undefined
    ? `${start}, last changed ${age} ago`
    : `${start}: ${countOf(things, 'thing')} thrown away, the first ${age} ago`;
}

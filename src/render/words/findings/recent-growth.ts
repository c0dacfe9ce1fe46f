/** Written lately. */
import { sizeText } from '../../../model/size.ts';
import { quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const recentGrowthWords: FindingWords<'recent-growth'> = {
  title: () => 'written lately',
  evidence: ({ hourBytes, dayBytes, weekBytes, isSpread, places }) => [
    `files written in the last hour hold ${sizeText(hourBytes)}, in the last day ${sizeText(dayBytes)}, in the last week ${sizeText(weekBytes)}`,
    `${isSpread ? 'in the last day, spread widely' : 'in the last day'}: ${places.map((place) => `${sizeText(place.dayBytes)} in ${quoted(place.path)}`).join(', ')}`,
  ],
  advice: ({ directory }) => `see what writes in ${quoted(directory)} while it grows`,
};

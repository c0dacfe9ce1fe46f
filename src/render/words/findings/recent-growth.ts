/** Written lately. */
import { sizeText } from '../../../model/size.ts';
import type { GrowthSince } from '../../../model/findings/recent-growth.ts';
import { momentText } from '../moments.ts';
import { quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const recentGrowthWords: FindingWords<'recent-growth'> = {
  title: () => 'written lately',
  evidence: ({ hourBytes, dayBytes, weekBytes, isSpread, places, since }) => [
    `files written in the last hour hold ${sizeText(hourBytes)}, in the last day ${sizeText(dayBytes)}, in the last week ${sizeText(weekBytes)}`,
    `${isSpread ? 'in the last day, spread widely' : 'in the last day'}: ${places.map((place) => `${sizeText(place.dayBytes)} in ${quoted(place.path)}`).join(', ')}`,
    ...(since ? [sinceText(since)] : []),
  ],
  advice: ({ directory }) => `see what writes in ${quoted(directory)} while it grows`,
};

/** "since the snapshot of 2026-11-20 03:00 UTC: 3.2 GiB more, 2.1 GiB of it in /var/log" */
function sinceText({ takenAt, deltaBytes, places }: GrowthSince): string {
  const moment = `since the snapshot of ${momentText(takenAt)}`;
  if (deltaBytes === 0) return `${moment}: as much as then`;
  if (deltaBytes < 0) return `${moment}: ${sizeText(-deltaBytes)} less`;
  const where = places.map((place) => `${sizeText(place.deltaBytes)} of it in ${quoted(place.path)}`);
  return [`${moment}: ${sizeText(deltaBytes)} more`, ...where].join(', ');
}

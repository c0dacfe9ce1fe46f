/** Backups that pile up: how many, how often, how old, and that the newest stays. */
import { ageText } from '../../../model/age.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const backupGenerationsWords: FindingWords<'backup-generations'> = {
  title: ({ forms }) => (forms === 1 ? 'backups of one form' : `backups of ${forms} forms`),
  evidence: (
    {
      count,
      form,
      forms,
      everySeconds,
      typicalBytes,
      directory,
      newest,
      newestAt,
      oldestAt,
      cutShort,
      isChained,
    },
    nowSeconds,
  ) => [
    `${count} backups ${quoted(form)}${forms === 1 ? '' : ` and ${countOf(forms - 1, 'more form')}`}, one ${paceText(everySeconds)}${forms === 1 ? '' : ' of each'}, ${forms === 1 ? '' : 'mostly '}${sizeText(typicalBytes)} each, in ${quoted(directory)}`,
    `the oldest is ${ageText(Math.max(0, nowSeconds - oldestAt))} old, the newest${cutShort === 0 ? '' : ' whole one'}, ${quoted(newest)}, ${ageText(Math.max(0, nowSeconds - newestAt))}: keep ${forms === 1 ? 'that one' : 'that one, and the newest of each other form'}`,
    ...(cutShort === 0
      ? []
      : [
          `${cutShort === 1 ? 'a newer one is' : `${cutShort} newer ones are`} far smaller than usual: cut short, by a full disk or a job that fails`,
        ]),
    ...(isChained
      ? [
          'each holds only what changed: without the full backup it builds on, and all between, none can be restored',
        ]
      : []),
  ],
  advice: ({ isChained }) =>
    isChained
      ? 'have the job that makes them begin anew with a full backup and drop whole chains (its retention setting); never delete single ones, nor the full backup that later ones build on'
      : 'have the job that makes them keep fewer (its retention setting); check that the newest can be restored, then move or delete the oldest ones by hand: which of them is the last good one only you know',
};

const DAY = 86_400;

function paceText(seconds: number): string {
  if (seconds >= 0.8 * DAY && seconds <= 1.2 * DAY) return 'a day';
  if (seconds >= 6 * DAY && seconds <= 8 * DAY) return 'a week';
  if (seconds >= 27 * DAY && seconds <= 32 * DAY) return 'a month';
  return seconds >= 3000 && seconds <= 4200 ? 'an hour' : `every ${ageText(seconds)}`;
}

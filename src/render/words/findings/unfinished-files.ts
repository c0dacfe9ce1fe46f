/** Leftovers of killed jobs, and files that a job is still writing. */
import { ageText } from '../../../model/age.ts';
import { countOf, quoted } from '../phrases.ts';
import { processWord } from '../processes.ts';
import type { FindingWords } from './finding-words.ts';

export const unfinishedFilesWords: FindingWords<'unfinished-files'> = {
  title: ({ state }) => (state === 'dead' ? 'leftovers of unfinished jobs' : 'being written now'),
  evidence: ({ count, form, oldestAt, newestAt, gonePids, finished, writers }, nowSeconds) => [
    `${count === 1 ? '' : `${countOf(count, 'file')}${form.endsWith('/*') ? '' : ' alike'}, `}${quoted(form)}: ${agesText(nowSeconds - newestAt, nowSeconds - oldestAt)}`,
    ...(writers.length > 0 ? [`written by ${writers.slice(0, 3).map(processWord).join(', ')}`] : []),
    ...(gonePids.length > 0
      ? [
          `the ${gonePids.length === 1 ? 'process whose pid is in the name is' : 'processes whose pids are in the names are'} gone`,
        ]
      : []),
    ...(finished === undefined ? [] : [`finished ones lie beside them, e.g. ${quoted(finished)}`]),
    ...(writers.length === 0 ? ['no process holds any of them'] : []),
  ],
  advice: ({ state, remedies }) => {
    if (state === 'alive')
      return 'a job is still at it: wait, or end the job by its own means; then see what it leaves';
    const deletes = remedies.some(({ action }) => action.kind === 'delete-files');
    return `the job was ended before it had finished and will start anew: see that it does${deletes ? ', then delete what it left' : '; then have its program clean up'}`;
  },
};

function agesText(newest: number, oldest: number): string {
  const [from, to] = [ageText(Math.max(0, newest)), ageText(Math.max(0, oldest))];
  return from === to ? `last written ${from} ago` : `last written ${from} to ${to} ago`;
}

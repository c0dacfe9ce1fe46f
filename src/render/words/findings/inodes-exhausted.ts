/** Inodes run out: how many are left, and where the many files are. */
import { grouped } from '../../../model/grouped.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const inodesExhaustedWords: FindingWords<'inodes-exhausted'> = {
  title: () => 'inodes run out',
  evidence: ({ mountPoint, inodes, inodesUsed, availableBytes, crowded, isPart, sessionCleaner }) => {
    const left = inodes - inodesUsed;
    const places = crowded.map(({ path, files }) => `${quoted(path)} (${grouped(files)})`);
    return [
      `${Math.floor((100 * inodesUsed) / inodes)} % of the inodes of ${quoted(mountPoint)} are used (${countOf(inodesUsed, 'file')}): ${
        left === 0 ? 'none is left' : `${countOf(left, 'file')} more can be made`
      }, although ${sizeText(availableBytes)} are free`,
      ...(places.length === 0
        ? []
        : [
            `${isPart ? 'in the part that was looked at ' : ''}most lie in ${places.join(', ')}${sessionCleaner === undefined ? '' : `; ${cleaners[sessionCleaner]}`}`,
          ]),
    ];
  },
  advice: ({ crowded }) =>
    crowded.length === 0
      ? 'find where they are: explain the whole filesystem'
      : `have the program that makes them delete what nobody needs in ${quoted(crowded[0].path)}: every file gives an inode back, whatever its size`,
};

const cleaners = {
  timer:
    'these are PHP sessions: phpsessionclean.timer is on, so they are younger than session.gc_maxlifetime',
  'timer-off': 'these are PHP sessions, and what deletes old ones, phpsessionclean.timer, is not enabled',
  cron: 'these are PHP sessions: a cron job deletes old ones, so they are younger than session.gc_maxlifetime',
  'cron-not-running':
    'these are PHP sessions, and no cron runs that would start the job which deletes old ones',
  'php-itself':
    'these are PHP sessions, and no timer or cron job deletes old ones: session.gc_probability in php.ini has to be above 0',
} as const;

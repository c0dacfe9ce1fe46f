/** A tmpfs takes memory, not disk. */
import type { TmpfsIsMemoryFacts } from '../../../model/findings/tmpfs-is-memory.ts';
import { processName } from '../../../model/process.ts';
import { sizeText } from '../../../model/size.ts';
import { quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const tmpfsIsMemoryWords: FindingWords<'tmpfs-is-memory'> = {
  title: ({ type }) => `${type} takes memory`,
  evidence: ({ diskBytes, mountPoint, type, memory, largest }) => [
    `${sizeText(diskBytes)} of files on ${quoted(mountPoint)} lie in memory${type === 'tmpfs' ? ' (or swap)' : ''}, not on a disk${memoryText(memory)}`,
    ...largest.map(fileText),
  ],
  advice: () =>
    'deleting files there frees memory, no disk space; one that a process maps stays in memory until the process ends',
};

/** What all of them take, and what is left. */
function memoryText(memory: TmpfsIsMemoryFacts['memory']): string {
  if (memory === undefined) return '';
  const { sharedBytes, availableBytes, totalBytes } = memory;
  return `; of all tmpfs and shared memory Shmem counts ${sizeText(sharedBytes)} of ${sizeText(totalBytes)}, MemAvailable is ${sizeText(availableBytes)}`;
}

function fileText({ path, diskBytes, mappedBy }: TmpfsIsMemoryFacts['largest'][number]): string {
  const who = mappedBy.map((one) => `${processName(one)} (pid ${one.pid}, SHR ${sizeText(one.sharedBytes)})`);
  return `${sizeText(diskBytes)} in ${quoted(path)}${who.length === 0 ? '' : `, mapped by ${who.join(', ')}`}`;
}

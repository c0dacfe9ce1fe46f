/** A full thin pool under a filesystem that looks free. */
import { sizeText } from '../../../model/size.ts';
import { quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

const states = {
  ok: 'writes fail or hang once it is full',
  'out-of-space': 'writes wait for room and then fail',
  'read-only': 'it takes no writes any more',
  failed: 'it has failed',
} as const;

export const thinPoolFullWords: FindingWords<'thin-pool-full'> = {
  title: () => 'thin pool is full',
  evidence: ({ pool, usedShare, metadataUsedShare, totalBytes, state, mountPoint, availableBytes }) => [
    `${quoted(mountPoint)} shows ${sizeText(availableBytes)} free, but its volume lies in the thin pool ${quoted(pool)}, whose data is ${Math.floor(usedShare * 100)} % full (of ${sizeText(totalBytes)}) and metadata ${Math.floor(metadataUsedShare * 100)} %: ${states[state]}`,
  ],
  advice: () =>
    'give the pool more room (lvextend), or give it back what files no longer use (fstrim); deleting files helps only after fstrim',
};

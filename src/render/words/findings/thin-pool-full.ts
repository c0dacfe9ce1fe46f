/** A full thin pool under a filesystem that looks free. */
import { FULL_POOL_SHARE } from '../../../model/findings/thin-pool-full.ts';
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
  advice: ({ groupFreeBytes, metadataUsedShare, state }) => {
    if (state === 'failed') return 'ask who knows LVM: its metadata has to be repaired (lvconvert --repair)';
    const what = metadataUsedShare >= FULL_POOL_SHARE ? "the pool's metadata" : 'the pool';
    const more =
      groupFreeBytes === 0
        ? `give ${what} more room: its volume group has none left, so add a disk to that first (vgextend, then lvextend)`
        : `give ${what} more room (lvextend)`;
    return state === 'read-only'
      ? more
      : `${more}, or give it back what files no longer use (fstrim); deleting files helps only after fstrim`;
  },
};

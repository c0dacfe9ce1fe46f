/** Reserved for root: why "no space left on device" comes before the disk is full. */
import { sizeText } from '../../../model/size.ts';
import { quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const reservedBlocksWords: FindingWords<'reserved-blocks'> = {
  title: () => 'reserved for root',
  evidence: ({ reservedBytes, totalBytes, device, availableBytes }) => [
    `${sizeText(reservedBytes)} (${((100 * reservedBytes) / totalBytes).toFixed(1)} %) of ${quoted(device)} are free, but only root may write them`,
    availableBytes === 0
      ? 'everybody else gets "No space left on device" already'
      : `everybody else gets "No space left on device" after ${sizeText(availableBytes)} more`,
  ],
  advice: ({ gainedBytes }) =>
    gainedBytes > 0
      ? `keep 1 % for root, which gives about ${sizeText(gainedBytes)} to everybody at once; on the system's own disk free space as well, or root has no room either`
      : 'the reserve is small already: free space by the other findings',
};

/** Deleted, still attached: the image of a loop device. */
import { sizeText } from '../../../model/size.ts';
import { quoted } from '../phrases.ts';
import { processWord } from '../processes.ts';
import type { FindingWords } from './finding-words.ts';

export const deletedLoopImageWords: FindingWords<'deleted-loop-image'> = {
  title: () => 'deleted, still attached as a disk',
  evidence: ({ device, image, deviceBytes, mountPoint, users }) => [
    `${quoted(device)} still uses ${quoted(image)}, which was deleted: up to ${sizeText(deviceBytes)} come back when it is detached; no process has it open, so lsof does not show it`,
    mountPoint === undefined
      ? 'it is not mounted'
      : `it is mounted on ${quoted(mountPoint)}: what lies there is the only copy`,
    ...(users.length > 0 ? [`in use there by ${users.map(processWord).join(', ')}`] : []),
  ],
  advice: ({ mountPoint, isUsedElsewhere, users }) => {
    if (isUsedElsewhere)
      return 'something is stacked on it (swap, device mapper): take that down first, then detach it';
    if (users.length > 0)
      return 'copy what lies there to another disk before anything else: it goes with the device; then have those who use it end, unmount it and detach it';
    return mountPoint === undefined
      ? 'detach it once nobody needs what is on it'
      : 'save what you need of its content, see who uses the mount, then unmount it and detach it';
  },
};

/** btrfs: metadata full while data has room. */
import { sizeText } from '../../../model/size.ts';
import { quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const btrfsMetadataFullWords: FindingWords<'btrfs-metadata-full'> = {
  title: () => "btrfs's metadata is full",
  evidence: (facts) => [
    `all of ${quoted(facts.mountPoint)} but ${sizeText(facts.unallocatedBytes)} is dealt out: metadata uses ${sizeText(facts.metadataUsedBytes)} of its ${sizeText(facts.metadataTotalBytes)} and cannot get more, so writes fail with "No space left on device"`,
    `chunks for data have room: ${sizeText(facts.dataUsedBytes)} are used of their ${sizeText(facts.dataTotalBytes)}`,
  ],
  advice: () =>
    'deleting files by itself does not help: have btrfs give back data chunks that are nearly empty (-dusage=5, then 10, 20, 40 where that freed nothing), so that metadata gets new ones; where even that finds no room, delete a snapshot, or add a device for the time',
};

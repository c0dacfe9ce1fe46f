/** btrfs has dealt all its space out to chunks, and those for metadata are full: "no space left" with free space. */
import type { ByteString } from '../byte-string.ts';

export interface BtrfsMetadataFullFacts {
  readonly rule: 'btrfs-metadata-full';
  readonly mountPoint: ByteString;
  readonly metadataTotalBytes: number;
  readonly metadataUsedBytes: number;
  readonly dataTotalBytes: number;
  readonly dataUsedBytes: number;
  readonly unallocatedBytes: number;
}

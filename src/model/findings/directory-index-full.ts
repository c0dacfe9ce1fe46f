/** One directory of an ext4 filesystem takes no more names, though there is space: its index is full. */
import type { ByteString } from '../byte-string.ts';

export interface DirectoryIndexFullFacts {
  readonly rule: 'directory-index-full';
  readonly device: ByteString;
  readonly mountPoint: ByteString;
  readonly availableBytes: number;
  /** The directory that the kernel named by its inode; before Linux 4.13 the fullest one there. */
  readonly directory: ByteString;
  readonly entries: number;
  /** How often the kernel said so since it started. */
  readonly warnings: number;
}

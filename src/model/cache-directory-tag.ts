/** CACHEDIR.TAG: the file by which a program says that a directory is a cache (Cache Directory Tagging Specification). */
import type { ByteString } from './byte-string.ts';

export const cacheDirectoryTag = {
  name: 'CACHEDIR.TAG' as ByteString,
  /** The file's first bytes. Only a regular file that starts with them counts: not a symlink, not a longer name. */
  signature: 'Signature: 8a477f597d28d172789f06886806bc55' as ByteString,
} as const;

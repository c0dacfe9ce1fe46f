/** Whether a directory calls itself a cache. */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { cacheDirectoryTag } from '../../model/cache-directory-tag.ts';
import { startsWithBytes } from './file-start.ts';

/** By a true CACHEDIR.TAG in it (Cache Directory Tagging Specification, bford.info/cachedir). */
export function isTaggedCache(directory: ByteString): boolean {
  return startsWithBytes(joinPath(directory, cacheDirectoryTag.name), cacheDirectoryTag.signature);
}

/** The names in a directory, for those who look for one of them. */
import type { ByteString } from '../../model/byte-string.ts';
import { sampleDirectory } from './sampled-directory.ts';

/** Names without "." and ".."; none where the directory cannot be read, or would be waited for. */
export function directoryNames(directory: ByteString): ByteString[] {
  return sampleDirectory(directory, Infinity).names;
}

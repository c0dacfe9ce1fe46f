/** The one list of temporary directories; loads nothing, so that it may be asked before a scan begins. */
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** file-hierarchy(7); macOS keeps its own under /private. */
export const TEMP_DIRECTORIES: Readonly<Record<'linux' | 'darwin', readonly ByteString[]>> = {
  linux: ['/tmp', '/var/tmp'].map(fromText),
  darwin: ['/private/tmp', '/private/var/tmp'].map(fromText),
};

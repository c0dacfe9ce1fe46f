/** Where systemd's units are, in the order in which it prefers them (systemd.unit(5)). */
import { fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** Generated ones are left out: what they say is said in their source. */
export const UNIT_DIRECTORIES: readonly ByteString[] = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
].map(fromText);

/** A directory whose entries are units, or one under which places of the catalogue are listed. */
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';

export interface UnitRoot {
  readonly path: ByteString;
  readonly origin: 'named' | 'temp' | 'catalogue';
  readonly mount: Mount | undefined;
  /** Others may create entries in it and only owners may remove them: the sticky bit on what all can write to. */
  readonly isShared: boolean;
}

/** Which package manager to ask about a file that no person put where it is. */
import type { Action } from '../../model/action.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { namedFile } from '../../system/files/named-file.ts';
import { foreignRootOf } from '../../remedies/remedies.ts';
import { looking } from '../claims/looking.ts';

const databases = [
  ['/var/lib/dpkg', ['dpkg', '-S']],
  ['/var/lib/rpm', ['rpm', '-qf']],
  ['/usr/lib/sysimage/rpm', ['rpm', '-qf']],
  ['/var/lib/pacman', ['pacman', '-Qo']],
  ['/lib/apk/db', ['apk', 'info', '--who-owns']],
] as const;

/** The question which package owns a file; none where no database of one is known. */
export function packageQuery(path: ByteString): Action[] {
  const root = foreignRootOf(path) ?? '';
  const found = databases.find(([database]) => namedFile((root + database) as ByteString) !== undefined);
  return found === undefined ? [] : [looking(...found[1], path)];
}

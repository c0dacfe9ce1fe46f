/** Which package manager to ask about a file that no person put where it is. */
import { isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { namedFile } from '../../system/files/named-file.ts';
import { shellWord } from './wording.ts';

/** file-hierarchy(7): here only the distribution writes; /usr/local is the administrator's. */
const packaged = ['/usr', '/lib', '/lib32', '/lib64', '/bin', '/sbin', '/boot'];

const databases = [
  ['/var/lib/dpkg', 'dpkg -S'],
  ['/var/lib/rpm', 'rpm -qf'],
  ['/usr/lib/sysimage/rpm', 'rpm -qf'],
  ['/var/lib/pacman', 'pacman -Qo'],
  ['/lib/apk/db', 'apk info --who-owns'],
] as const;

/** Whether a path is where packages put their files. */
export function isPackaged(path: ByteString): boolean {
  return packaged.some((place) => isInside(path, place)) && !isInside(path, '/usr/local');
}

/** The command that says which package owns a file, or undefined where no database of one is known. */
export function packageQuery(path: ByteString): string | undefined {
  const found = databases.find(([database]) => namedFile(database as ByteString) !== undefined);
  return found && `${found[1]} ${shellWord(path)}`;
}

/** The door of the floor: the tmpfiles.d(5) lines that count on this machine, read once. */
import type { ByteString } from '../../model/byte-string.ts';
import { readConfigFiles } from '../../system/services/config-files.ts';
import { tmpfilesSpecifier, userSpecifier } from '../../system/services/tmpfiles-specifiers.ts';
import { parseTmpfiles } from './line.ts';
import type { Specifiers, TmpfilesLine } from './line.ts';

export { parseAgeField } from './line.ts';
export type { TmpfilesLine } from './line.ts';

/** Earlier directories win over later ones, file name by file name. */
const DIRECTORIES = [
  '/etc/tmpfiles.d',
  '/run/tmpfiles.d',
  '/usr/local/lib/tmpfiles.d',
  '/usr/lib/tmpfiles.d',
];

/** Systemd knows no limit; a file of rules is never so long. */
const MOST_BYTES = 64 * 2 ** 20;

/** Who asks: his own cleaner may run as well, `systemd-tmpfiles --user`. */
interface TmpfilesUser {
  readonly uid: number;
  readonly home: ByteString | undefined;
}

/** The system's lines, and those of the user who asks. */
export function readTmpfilesLines({ uid, home }: TmpfilesUser): TmpfilesLine[] {
  const system = linesIn(DIRECTORIES, tmpfilesSpecifier);
  return home === undefined ? system : [...system, ...linesOfUser(uid, home)];
}

function linesOfUser(uid: number, home: ByteString): TmpfilesLine[] {
  const own = { uid, home };
  const directories = [
    `${home}/.config/user-tmpfiles.d`,
    `/run/user/${uid}/user-tmpfiles.d`,
    `${home}/.local/share/user-tmpfiles.d`,
    '/usr/local/share/user-tmpfiles.d',
    '/usr/share/user-tmpfiles.d',
  ];
  return linesIn(directories, (letter) => userSpecifier(letter, own));
}

function linesIn(directories: readonly string[], specifiers: Specifiers): TmpfilesLine[] {
  return readConfigFiles(directories as ByteString[], '.conf', MOST_BYTES).flatMap(({ path, text }) =>
    parseTmpfiles(text, path, specifiers),
  );
}

/** The door of the floor: the tmpfiles.d(5) lines that count on this machine, read once. */
import { fromText } from '../../model/byte-string.ts';
import { readConfigFiles } from '../../system/services/config-files.ts';
import { tmpfilesSpecifier } from '../../system/services/tmpfiles-specifiers.ts';
import { parseTmpfiles } from './line.ts';
import type { TmpfilesLine } from './line.ts';

export { parseAgeField } from './line.ts';
export type { TmpfilesLine } from './line.ts';

/** Earlier directories win over later ones, file name by file name. */
const DIRECTORIES = [
  '/etc/tmpfiles.d',
  '/run/tmpfiles.d',
  '/usr/local/lib/tmpfiles.d',
  '/usr/lib/tmpfiles.d',
];

export function readTmpfilesLines(): TmpfilesLine[] {
  return readConfigFiles(DIRECTORIES.map(fromText), '.conf').flatMap(({ path, text }) =>
    parseTmpfiles(text, path, tmpfilesSpecifier),
  );
}

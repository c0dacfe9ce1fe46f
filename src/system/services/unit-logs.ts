/** Files that a service writes to by its unit's StandardOutput= and StandardError= (systemd.exec(5)). */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { directoryNames } from '../directories/directory-names.ts';
import { readSmallFile } from '../files/file-tail.ts';
import { UNIT_DIRECTORIES } from './unit-directories.ts';

/** Those of standard error first; none where its lines go to the journal. @param unit "web.service", "web@2.service". */
export function unitLogs(unit: string): ByteString[] {
  const [prefix, instance = ''] = unit.replace(/\.service$/u, '').split('@', 2);
  const template = unit.includes('@') ? [`${prefix}@.service`] : [];
  const texts = [unit, ...template].flatMap(unitTexts);
  const named = (path: string): string =>
    path
      .trim()
      .replaceAll('%n', unit)
      .replaceAll('%N', unit.replace(/\.service$/u, ''))
      .replaceAll('%p', prefix)
      .replaceAll('%i', instance);
  return ['Error', 'Output'].flatMap((stream) => {
    const setting = new RegExp(
      String.raw`^\s*Standard${stream}\s*=\s*(?:file|append|truncate):(/.+)$`,
      'gmu',
    );
    return texts.flatMap((text) =>
      Array.from(text.matchAll(setting), ([, path]) => named(path) as ByteString),
    );
  });
}

/** The unit's file and its drop-ins, wherever they are. */
function unitTexts(name: string): string[] {
  return UNIT_DIRECTORIES.flatMap((directory) => {
    const dropIns = joinPath(directory, fromText(`${name}.d`));
    return [
      joinPath(directory, fromText(name)),
      ...directoryNames(dropIns)
        .toSorted()
        .map((file) => joinPath(dropIns, file)),
    ];
  }).flatMap((path) => readSmallFile(path) ?? []);
}

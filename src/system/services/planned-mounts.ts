/** What is to be mounted where, as the administrator wrote it down: fstab(5) and systemd.mount(5) units. */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { directoryNames } from '../directories/directory-names.ts';
import { readSmallFile } from '../files/file-tail.ts';
import { unescapeOctal } from '../calls/octal-escapes.ts';
import { UNIT_DIRECTORIES } from './unit-directories.ts';

export interface PlannedMount {
  readonly mountPoint: ByteString;
  /** As written: "/dev/sdb1", "UUID=…", "nas:/export". */
  readonly source: ByteString;
  readonly type: ByteString;
  /** The file that says so. */
  readonly writtenIn: ByteString;
  /** `noauto` or an automount: it is not meant to be there all the time. */
  readonly isOnDemand: boolean;
}

const FSTAB = fromText('/etc/fstab');

/** Each mount point once, fstab's word first. */
export function plannedMounts(): PlannedMount[] {
  const planned = new Map<ByteString, PlannedMount>();
  for (const one of [...fstabMounts(readSmallFile(FSTAB) ?? ''), ...unitMounts()])
    if (!planned.has(one.mountPoint)) planned.set(one.mountPoint, one);
  return [...planned.values()];
}

/** @param table the content of fstab(5). */
export function fstabMounts(table: string): PlannedMount[] {
  return table.split('\n').flatMap((line) => {
    const [source = '', target = '', type = '', options = ''] = line.trim().split(/\s+/u);
    if (!target.startsWith('/') || type === '' || type === 'swap' || source.startsWith('#')) return [];
    return {
      mountPoint: withoutSlash(unescapeOctal(target)),
      source: unescapeOctal(source),
      type: type as ByteString,
      writtenIn: FSTAB,
      isOnDemand: /(?:^|,)(?:noauto|x-systemd\.automount)(?:,|$)/u.test(options),
    };
  });
}

function unitMounts(): PlannedMount[] {
  return UNIT_DIRECTORIES.flatMap((directory) =>
    directoryNames(directory)
      .filter((name) => name.endsWith('.mount'))
      .flatMap((name) => {
        const path = joinPath(directory, name);
        const text = readSmallFile(path) ?? '';
        const value = (key: string): ByteString | undefined =>
          new RegExp(`^${key}=(.*)$`, 'mu').exec(text)?.[1].trim() as ByteString | undefined;
        const [mountPoint, source] = [value('Where'), value('What')];
        if (mountPoint?.startsWith('/') !== true || source === undefined) return [];
        const automount = joinPath(directory, name.replace(/\.mount$/u, '.automount') as ByteString);
        return {
          mountPoint: withoutSlash(mountPoint),
          source,
          type: value('Type') ?? fromText('auto'),
          writtenIn: path,
          isOnDemand: readSmallFile(automount) !== undefined,
        };
      }),
  );
}

function withoutSlash(path: string): ByteString {
  return path.replace(/(?!^)\/+$/u, '') as ByteString;
}

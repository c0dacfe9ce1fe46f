/** The directories that overlays are made of: as the mount calls them, and which they are, whatever they are called. */
import { readdirSync, readlinkSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { fromBytes, isInside, joinPath, parentPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { deviceOf, inodeNumber } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import { idOfEntry, idOfPath } from '../calls/id-of-path.ts';
import { isUnanswered } from '../calls/unanswered-places.ts';
import type { Mount } from '../../model/mount.ts';
import { processIds } from '../processes/process-ids.ts';
import type { ForeignMounts } from './foreign-mounts.ts';
import { networkMountPoints } from './mounts.ts';

/** A layer found. */
export interface OverlayLayer {
  readonly id: FileId;
  /** Where the overlay is mounted. */
  readonly mountPoint: ByteString;
}

/** Names of an overlay's layers (Documentation/filesystems/overlayfs.rst): ":" parts them, "::" data layers, "\" escapes. */
export function layersOf({ filesystemOptions }: Mount): ByteString[] {
  return filesystemOptions.flatMap((option) => {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/su.exec(option) ?? [];
    if (name === 'lowerdir') return (value.match(/(?:\\.|[^:\\])+/gsu) ?? []).map(unescaped);
    return /^(?:upperdir|workdir|lowerdir\+|datadir\+)$/u.test(name) ? [unescaped(value)] : [];
  });
}

/** Where an overlay keeps what is written to it, as its mount calls it; undefined where nothing is, or for other mounts. */
export function upperDirectoryOf({ type, filesystemOptions }: Mount): ByteString | undefined {
  if (type !== 'overlay') return undefined;
  const option = filesystemOptions.find((one) => one.startsWith('upperdir='));
  return option === undefined ? undefined : unescaped(option.slice('upperdir='.length));
}

function unescaped(name: string): ByteString {
  return name.replaceAll(/\\(.)/gsu, '$1') as ByteString;
}

/**
 * Which directories are layers of overlays, of this and of other mount namespaces. What was named relative to the
 * directory of whoever mounted it is looked for everywhere that could have been: nothing says where that was.
 * @param places directories in or below which layers would matter.
 * @param reach how far below the places somebody may have stood: in a directory of theirs, or anywhere.
 */
export function findLayers(
  own: readonly Mount[],
  { namespaces }: ForeignMounts,
  places: readonly ByteString[],
  reach: Reach,
): OverlayLayer[] {
  const tables = [{ mounts: own, root: '' as ByteString }].concat(
    namespaces.map(({ pid, mounts }) => ({ mounts: [...mounts], root: `/proc/${pid}/root` as ByteString })),
  );
  let bases: ReadonlySet<ByteString> | undefined;
  return tables.flatMap(({ mounts, root }) =>
    mounts
      .filter(({ type }) => type === 'overlay')
      .flatMap((mount) => {
        const { mountPoint } = mount;
        // What may not answer there is not asked: it is another filesystem than what is judged here.
        const away = root === '' ? [] : [...networkMountPoints(mounts)];
        const found = layersOf(mount)
          .filter((layer) => !away.some((place) => isInside(layer, place)))
          .map((layer) => {
            if (layer.startsWith('/')) return idsOf([`${root}${layer}` as ByteString]);
            bases ??= possibleBases(places, reach);
            return idsOf([...bases, ...upwards(mountPoint)].map((base) => joinPath(base, layer)));
          });
        const lost = found.some((ids) => ids.length === 0);
        const shown = lost ? shownBy(`${root}${mountPoint}` as ByteString, places) : [];
        return [...found.flat(), ...shown].map((id) => ({ id, mountPoint }));
      }),
  );
}

function idsOf(paths: readonly ByteString[]): FileId[] {
  return paths.flatMap((path) => idOfPath(path) ?? []);
}

/**
 * What an overlay shows is, where its layers lie on one filesystem, under the inode numbers that it has in them
 * (Documentation/filesystems/overlayfs.rst, "Inode properties"): its root's is that of a layer, and those of what is in
 * it are of what lies in layers. So a layer is found whose name leads nowhere any more.
 * @param places on the filesystems that it may lie on.
 */
function shownBy(mountPoint: ByteString, places: readonly ByteString[]): FileId[] {
  const names = entriesIn(mountPoint).slice(0, MOST_SHOWN);
  const shown = [mountPoint, ...names.map((entry) => joinPath(mountPoint, entry.name as ByteString))].flatMap(
    (path) => {
      const id = idOfEntry(path);
      return id === undefined ? [] : [inodeNumber(id)];
    },
  );
  const devices = new Set(idsOf(places).map(deviceOf));
  return shown.flatMap((inode) => [...devices].map((device) => `${device}:${inode}` as FileId));
}

/** Names looked at: a layer has one of them, whichever they are. */
const MOST_SHOWN = 1000;

type Reach = 'directories-in-them' | 'anywhere-below';

/** Where somebody may have stood when he mounted: where processes stand now, and every directory above and below the places. */
function possibleBases(places: readonly ByteString[], reach: Reach): Set<ByteString> {
  const bases = new Set(places.flatMap(upwards));
  for (const place of places) addBelow(place, reach, bases);
  for (const pid of processIds()) {
    try {
      bases.add(fromBytes(readlinkSync(`/proc/${pid}/cwd`, { encoding: 'buffer' })));
    } catch {
      // Gone, or hidden.
    }
  }
  return bases;
}

function addBelow(place: ByteString, reach: Reach, bases: Set<ByteString>): void {
  const left = [place];
  for (let directory = left.pop(); directory !== undefined; directory = left.pop())
    for (const path of directoriesIn(directory)) {
      bases.add(path);
      if (reach === 'anywhere-below') left.push(path);
    }
}

function directoriesIn(directory: ByteString): ByteString[] {
  return entriesIn(directory)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => joinPath(directory, name as ByteString));
}

/** None where it cannot be read, or would be waited for. */
function entriesIn(directory: ByteString): Dirent[] {
  if (isUnanswered(directory)) return [];
  try {
    // One character per byte, as ByteStrings are.
    return readdirSync(toBuffer(directory), { encoding: 'latin1', withFileTypes: true });
  } catch {
    return [];
  }
}

/** The path and all directories above it. */
function upwards(path: ByteString): ByteString[] {
  const above = parentPath(path);
  return above === path || path === '' ? [path] : [path, ...upwards(above)];
}

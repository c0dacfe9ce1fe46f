/** Disk images of virtual machines: which is built on which, and which a machine runs from. */
import { posix } from 'node:path';
import { fromText, joinPath, parentPath } from '../../../model/byte-string.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { StorePart } from '../../../model/findings/store.ts';
import { directoryFiles } from '../../../system/directories/directory-files.ts';
import type { DirectoryFile } from '../../../system/directories/directory-files.ts';
import { namedFile } from '../../../system/files/named-file.ts';
import { readFileStart } from '../../../system/files/file-start.ts';
import { readProcess } from '../../../system/processes/process-identity.ts';
import { filesPart } from '../parts.ts';
import type { Read, Reader } from '../reader.ts';

export const diskImages: Reader = (read) => {
  const { store, tree } = read;
  const directories = [store.directory, ...tree.children(store.directory)].slice(0, MOST_DIRECTORIES);
  const images = directories
    .flatMap((directory) => directoryFiles(tree.path(directory)))
    .map((file) => ({ file, backing: backingOf(file.path) }))
    .filter(({ file, backing }) => backing !== undefined || file.diskBytes >= LEAST_BYTES);
  const elsewhere = imagesElsewhere(read);
  return {
    parts: images.map(({ file }): StorePart =>
      filesPart('image', nameIn(file, store.path), [file], {
        neededBy:
          images.find(({ backing }) => backing === file.path)?.file.name ??
          builtOn(file.path, elsewhere) ??
          holderOf(file, read),
      }),
    ),
  };
};

interface Image {
  readonly path: ByteString;
  readonly backing: ByteString | undefined;
}

/** Machines' images may lie in another directory than the template they are built on. */
function imagesElsewhere({ facts }: Read): Image[] {
  return facts.scan.largestFiles
    .slice(0, MOST_LOOKED_INTO)
    .map(({ path }) => ({ path, backing: backingOf(path) }))
    .filter(({ backing }) => backing !== undefined);
}

function builtOn(path: ByteString, images: readonly Image[]): ByteString | undefined {
  return images.find(({ backing }) => backing === path)?.path;
}

const MOST_LOOKED_INTO = 100;
const MOST_DIRECTORIES = 100;
const LEAST_BYTES = 2 ** 20;

function nameIn({ path, name }: DirectoryFile, store: ByteString): ByteString {
  return parentPath(path) === store ? name : (path.slice(store.length + 1) as ByteString);
}

/** Header of qcow2 (QEMU, docs/interop/qcow2.txt): magic, version, then where the backing file's name stands, and its length. */
const MAGIC = 'QFI\u00fb';
const MOST_NAME_BYTES = 1023;

/** The image that this one is built on, as a path here; undefined where it is none, or stands alone. */
function backingOf(path: ByteString): ByteString | undefined {
  const header = readFileStart(path, HEADER_BYTES);
  if (header?.startsWith(MAGIC) !== true || header.length < HEADER_BYTES) return undefined;
  const offset = number(header, 8, 8);
  const length = number(header, 16, 4);
  if (offset === 0 || length === 0 || length > MOST_NAME_BYTES) return undefined;
  const name = readFileStart(path, length, offset);
  if (name === undefined || name.length < length) return undefined;
  return name.startsWith('/') ? name : normalPath(joinPath(parentPath(path), name));
}

/** As QEMU reads it: relative to the image that names it. */
const normalPath = (path: ByteString): ByteString => posix.normalize(path) as ByteString;

const HEADER_BYTES = 20;

function number(bytes: string, at: number, length: number): number {
  let value = 0;
  for (let index = at; index < at + length; index++) value = value * 256 + bytes.charCodeAt(index);
  return value;
}

function holderOf({ path }: DirectoryFile, { facts }: Read): ByteString | undefined {
  const id = namedFile(path)?.id;
  const pid = (id && facts.openFiles.files.get(id))?.holds[0]?.pid;
  const process = pid === undefined ? undefined : readProcess(pid);
  return process && fromText(`${process.command} (pid ${process.pid})`);
}

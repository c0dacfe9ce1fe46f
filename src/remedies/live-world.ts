/** The machine as the gate sees it. */
import { accessSync, constants, realpathSync } from 'node:fs';
import type { Matcher } from '../catalogue/catalogue.ts';
import { fromBytes, fromText, isInside, joinPath, parentPath, toBuffer } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import type { Mount } from '../model/mount.ts';
import type { OpenFiles } from '../model/process.ts';
import { directoryNames } from '../system/directories/directory-names.ts';
import { errorCode } from '../system/calls/errno.ts';
import { lstatIfAny } from '../system/calls/lstat.ts';
import { linksIn } from '../system/directories/links-in.ts';
import { descriptorName, descriptorStart } from '../system/processes/descriptors-of.ts';
import { processesNaming } from '../system/processes/processes-naming.ts';
import { readProcess } from '../system/processes/process-identity.ts';
import { namedIn, readStartConfiguration } from '../system/services/named-in-configuration.ts';
import { foreignRootOf } from './foreign-root.ts';
import { Holds } from './holds.ts';
import { isLastCopy, LAST_COPY_BYTES } from './last-copy.ts';
import { isPackedLogText, isWorkLog } from './log-text.ts';
import { configuredStores } from './configured-stores.ts';
import { MarkedStores } from './marked-stores.ts';
import { setAsideAt } from './set-aside.ts';
import { StoreOf } from './store-of.ts';
import type { Standing, World } from './world.ts';
import { isUnanswered } from '../system/calls/unanswered-places.ts';

export interface WorldParts {
  readonly isRoot: boolean;
  /** Asked for once something is to be deleted: looking at all processes takes its time. */
  readonly openFiles: () => OpenFiles;
  /** Visible ones. */
  readonly mounts: readonly Mount[];
  /** The catalogue's places of this household. */
  readonly matcher: Matcher;
  /** Directories in which programs are looked for (PATH). */
  readonly programs: readonly ByteString[];
  /** What runs of diskwhy have set aside, all of it in what was scanned; undefined: looked for where something is to go. */
  readonly quarantines?: () => readonly ByteString[];
}

/** Directories in which programs are looked for: those of PATH, and where owners' commands are for those whose PATH leaves them out. */
export function programDirectories(searchPath: ByteString | undefined): ByteString[] {
  return [...(searchPath ?? '').split(':'), ...SYSTEM_PROGRAMS] as ByteString[];
}

const SYSTEM_PROGRAMS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

export function createWorld({
  isRoot,
  openFiles,
  mounts,
  matcher,
  programs,
  quarantines,
}: WorldParts): World {
  let configured: ReturnType<typeof configuredStores> | undefined;
  const told = () => (configured ??= configuredStores(openFiles()));
  const stores = new StoreOf(
    (path, kind) => matcher.claim(path, kind, namesIn),
    new MarkedStores(mounts),
    (path) => told().get(path)?.entry,
  );
  let holds: Holds | undefined;
  let configuration: ReturnType<typeof readStartConfiguration> | undefined;
  return {
    isRoot,
    standingAt,
    holdOn: (path) => (holds ??= new Holds(openFiles())).on(path),
    linkTo,
    startedFrom: processesNaming,
    namedIn: (path) => namedIn(path, (configuration ??= readStartConfiguration())),
    mountIn: (path) => mounts.find(({ mountPoint }) => isInside(mountPoint, path))?.mountPoint,
    storeOf: (path) => stores.of(path, standingAt(path)?.kind === 'directory'),
    setAsideAt: (path) => setAsideAt(path, quarantines?.()),
    isPackaged,
    foreignRootOf,
    isReadOnly: (path) => isReadOnly(path) || isReadOnly(parentPath(path)),
    isLogText: isWorkLog,
    isPackedLogText,
    isLastCopy: (pid, descriptor) => {
      const path = formerPathOf(pid, descriptor);
      const start = descriptorStart(pid, descriptor, LAST_COPY_BYTES);
      const command = readProcess(pid)?.command;
      return isLastCopy(path, start, command === undefined ? [] : [command]);
    },
    formerPathOf,
    holdsLogText,
    placesOf: (program) =>
      placesOf(
        program,
        [...told()].flatMap(([path, { entry }]) => (entry.store === program ? [path] : [])),
      ),
    hasTool: (name) => programs.some((directory) => isProgram(joinPath(directory, fromText(name)))),
  };
}

/** What a file without a name was called, as its holder knows it; undefined where nobody does. */
function formerPathOf(pid: number, descriptor: number): ByteString | undefined {
  const name = descriptorName(pid, descriptor)?.replace(/ \(deleted\)$/u, '') as ByteString | undefined;
  return name?.startsWith('/') === true ? name : undefined;
}

/** Whether what a descriptor shows, with a name or without, is lines of a log. */
export function holdsLogText(pid: number, descriptor: number): boolean {
  const shown = fromText(`/proc/${pid}/fd/${descriptor}`);
  return isWorkLog(shown, formerPathOf(pid, descriptor) ?? shown);
}

/** As files that are reached through a link are told by the tree: by where they are. */
function placesOf(program: string, told: readonly ByteString[]): ByteString[] {
  const places = told.length > 0 || program !== 'docker' ? told : dockerByDefault();
  return places.flatMap((place) => [place, ...realPath(place)]);
}

/** Known by what Docker makes there when it starts: an empty directory may be a package's. */
function dockerByDefault(): ByteString[] {
  const root = fromText('/var/lib/docker');
  return directoryNames(root).includes(fromText('image')) ? [root] : [];
}

/** None where it leads nowhere. */
function realPath(path: ByteString): ByteString[] {
  try {
    return [fromBytes(realpathSync(toBuffer(path), 'buffer'))];
  } catch {
    return [];
  }
}

const namesIn = (path: string): Iterable<string> => directoryNames(path as ByteString);

function standingAt(path: ByteString): Standing | undefined {
  const stat = lstatIfAny(path);
  if (stat === undefined) return undefined;
  return {
    kind: stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other',
    links: stat.nlink,
  };
}

/** Releases lie one below the other, and what says which of them is live lies beside them or one above. */
function linkTo(path: ByteString): ByteString | undefined {
  const parent = parentPath(path);
  return [parent, parentPath(parent)]
    .flatMap((directory) => linksIn(directory))
    .find(({ target }) => isInside(target, path))?.path;
}

function isProgram(path: ByteString): boolean {
  if (isUnanswered(path)) return false;
  try {
    accessSync(toBuffer(path), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** EROFS comes before permissions are asked (access(2)), so that root is told too. */
function isReadOnly(path: ByteString): boolean {
  if (isUnanswered(path)) return true;
  try {
    accessSync(toBuffer(path), constants.W_OK);
    return false;
  } catch (error) {
    return errorCode(error) === 'EROFS';
  }
}

/** file-hierarchy(7): here only the distribution writes; /usr/local is the administrator's. */
const PACKAGED = ['/usr', '/lib', '/lib32', '/lib64', '/bin', '/sbin', '/boot'];

/** Whether a path is where packages put their files. */
export function isPackaged(path: ByteString): boolean {
  const inner = withinItsRoot(path);
  return PACKAGED.some((place) => isInside(inner, place)) && !isInside(inner, '/usr/local');
}

/** The path as the system says that it belongs to: this one, or another whose disk is mounted here. */
export function withinItsRoot(path: ByteString): ByteString {
  const root = foreignRootOf(path);
  if (root === undefined) return path;
  return path === root ? ('/' as ByteString) : (path.slice(root.length) as ByteString);
}

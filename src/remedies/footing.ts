/**
 * What a step stands on. Between the plan and the answer another file may come to lie under a path: a log is rotated, a
 * core file or a release replaced, a directory on the way swapped for a link. So what a plan shows is remembered by
 * identity, compared when the step is taken, and reached through open directories instead of its path.
 */
import { closeSync, fstatSync, openSync } from 'node:fs';
import type { Action } from '../model/action.ts';
import { baseName, fromText, joinPath, parentPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { IDENTITY_WORD } from '../model/entry-digest.ts';
import { UsageError } from '../model/errors.ts';
import { fileIdOfStats } from '../model/file-id.ts';
import { nowSeconds } from '../system/calls/clock.ts';
import { chooseDirectoryCalls } from '../system/directories/choose-directory-calls.ts';
import type { DirectoryCalls } from '../system/directories/directory-calls.ts';
import { walkPath } from '../system/directories/path-walk.ts';
import { readLoopDevices } from '../system/disks/loop-devices.ts';
import { changedSince } from '../system/files/changed-since.ts';

/** What an action was about when it was shown. */
export interface Footing {
  /** Seconds since 1970. */
  readonly at: number;
  /** Undefined for what could not be looked at, or lies behind a link that is not to be trusted. */
  readonly identities: ReadonlyMap<ByteString, string | undefined>;
}

/** Looks at what the action names. */
export function footingOf(action: Action): Footing {
  return {
    at: nowSeconds(),
    identities: new Map(namedBy(action).map((path) => [path, seenAt(path, action)])),
  };
}

/** Whether all of it is what it was, and nothing has come into what cannot be made again. */
export function stillStands(action: Action, { at, identities }: Footing): boolean {
  for (const [path, identity] of identities) {
    if (identity === undefined || seenAt(path, action) !== identity) return false;
    if (action.kind === 'delete-directories' && !mayChange(action) && changedSince(path, at)) return false;
  }
  return true;
}

/** One part of an action, its paths leading to what is open. */
interface Part {
  readonly action: Action;
  readonly close: () => void;
}

/** Files are held open while they are emptied, and a process may have few. */
const MOST_OPEN = 100;

/**
 * The action in parts, each with paths that lead to exactly what was shown, until it is closed; ends early where
 * something is not that any more. What names no file is one part, as it is.
 */
export function* pinnedParts(action: Action, { identities }: Footing): Generator<Part, boolean> {
  if (action.kind === 'empty-descriptor') return yield* pinnedDescriptors(action);
  if (!('meaning' in action)) {
    yield { action, close: () => undefined };
    return true;
  }
  const calls = chooseDirectoryCalls('auto');
  if (!calls) return false;
  for (const paths of Map.groupBy(action.paths, parentPath).values())
    for (let from = 0; from < paths.length; from += MOST_OPEN) {
      const pinned = pin(calls, paths.slice(from, from + MOST_OPEN), action, identities);
      if (!pinned) return false;
      yield pinned;
    }
  return true;
}

type FileAction = Extract<Action, { readonly meaning: unknown }>;

/** Paths of one directory. */
function pin(
  calls: DirectoryCalls,
  paths: readonly ByteString[],
  action: FileAction,
  identities: Footing['identities'],
): Part | undefined {
  const open: number[] = [];
  const close = (): void => {
    for (const descriptor of open.splice(0)) calls.close(descriptor);
  };
  try {
    open.push(...walkPath(calls, parentPath(paths[0]), ownUid()).map(({ descriptor }) => descriptor));
    const directory = open.at(-1)!;
    const pinned = paths.map((path) => {
      if (!calls.lookAt(directory, baseName(path)) || identityOf(calls, action) !== identities.get(path))
        throw new UsageError('is another', path);
      // A name is taken out of its directory; a file is emptied itself, whatever its name leads to by then.
      if (action.kind !== 'empty-file') return joinPath(openPath(directory), baseName(path));
      const file = calls.openEntry(directory, baseName(path));
      open.push(file);
      if (!calls.lookAtDescriptor(file) || identityOf(calls, action) !== identities.get(path))
        throw new UsageError('is another', path);
      return openPath(file);
    });
    return { action: { ...action, paths: pinned }, close };
  } catch (error) {
    close();
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

function* pinnedDescriptors(
  action: Extract<Action, { readonly kind: 'empty-descriptor' }>,
): Generator<Part, boolean> {
  for (const descriptor of action.descriptors) {
    const own = openUnread(descriptor.pid, descriptor.descriptor);
    if (own === undefined) return false;
    if (fileIdOfStats(fstatSync(own, { bigint: true })) !== descriptor.id) {
      closeSync(own);
      return false;
    }
    const pinned = { ...descriptor, pid: process.pid, descriptor: own };
    yield { action: { ...action, descriptors: [pinned] }, close: () => closeSync(own) };
  }
  return true;
}

/** O_PATH, which node:fs does not name. */
const O_PATH = 0o1000_0000;

function openUnread(pid: number, descriptor: number): number | undefined {
  try {
    return openSync(`/proc/${pid}/fd/${descriptor}`, O_PATH);
  } catch {
    return undefined;
  }
}

/** For a program that this process starts. */
function openPath(descriptor: number): ByteString {
  return fromText(`/proc/${process.pid}/fd/${descriptor}`);
}

function namedBy(action: Action): readonly ByteString[] {
  if ('meaning' in action) return action.paths;
  return action.kind === 'detach-loop' ? [action.device] : [];
}

function seenAt(path: ByteString, action: Action): string | undefined {
  if (action.kind === 'detach-loop') {
    const loop = readLoopDevices().find(({ device }) => device === path);
    return loop && `${loop.backingFile} ${loop.isDeleted} ${loop.bytes}`;
  }
  const calls = chooseDirectoryCalls('auto');
  if (!calls) return undefined;
  try {
    const way = walkPath(calls, parentPath(path), ownUid());
    const isSeen = calls.lookAt(way.at(-1)!.descriptor, baseName(path));
    for (const { descriptor } of way) calls.close(descriptor);
    return isSeen ? identityOf(calls, action) : undefined;
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** Of what was looked at last. */
function identityOf({ look }: DirectoryCalls, action: Action): string {
  const words = look.words.slice(IDENTITY_WORD.device);
  // A log that is emptied may grow, and a cache change: device, inode, mode and owner stay.
  return (mayChange(action) ? words.slice(0, IDENTITY_WORD.links - IDENTITY_WORD.device) : words).join(' ');
}

function mayChange({ kind, loses }: Action): boolean {
  return kind === 'empty-file' || (kind === 'delete-directories' && loses === 'regenerable');
}

function ownUid(): number {
  return process.geteuid?.() ?? -1;
}

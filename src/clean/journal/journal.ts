/** The journal of a run: what is about to happen to a unit is on disk before it happens, what came of it afterwards. */
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { fromText, joinPath, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import { isDirectoryPath } from '../../system/directories/root-directory.ts';
import { syncDirectory } from '../../system/directories/sync-directory.ts';
import { inDirectoryOf, makeDirectories } from '../../system/directories/trusted-directory.ts';
import { journalLine, parseJournal } from './journal-lines.ts';
import type { JournalRecord } from './journal-lines.ts';

/** Where it is written: a directory of the owner alone, made where it is missing, or one new file. */
export type JournalPlace = { readonly directory: ByteString } | { readonly file: ByteString };

/** Where a run's journal goes that was named by hand: a directory gets a file named after the run. */
export function placeForRun(place: JournalPlace, run: string): JournalPlace {
  if ('directory' in place || !isDirectoryPath(place.file)) return place;
  return { file: joinPath(place.file, journalName(run)) };
}

function journalName(run: string): ByteString {
  return fromText(`${run}.jsonl`);
}

export interface Journal extends Disposable {
  readonly path: ByteString;
  /** Returns once the lines are on disk; the errno's name where it could not be written. */
  readonly writeDurably: (...records: JournalRecord[]) => string | undefined;
  /** On disk by the next durable line, or the end. */
  readonly write: (record: JournalRecord) => string | undefined;
}

const OWNER_ONLY = 0o600;
const OTHERS = 0o077;
const GROWING = constants.O_RDWR | constants.O_APPEND | constants.O_NOFOLLOW;
const NEWLINE = 10;
const READING = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const NEW_FILE =
  constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW | constants.O_APPEND;

/** Opens a new journal for `run` and writes its first line; throws UsageError where that cannot be done. */
export function openJournal(place: JournalPlace, run: string, first: JournalRecord, ownUid: number): Journal {
  const path = 'file' in place ? place.file : joinPath(place.directory, journalName(run));
  const known = 'file' in place ? knownJournal(path, ownUid) : undefined;
  try {
    if ('directory' in place) makeDirectories(place.directory, ownUid);
    return inDirectoryOf(path, ownUid, ({ directory, file }) => {
      if ('directory' in place) refuseOthers(directory, place.directory, ownUid);
      const descriptor = known ?? openSync(toBuffer(file), NEW_FILE, OWNER_ONLY);
      const journal = journalOn(descriptor, path);
      const code = journal.writeDurably(first) ?? codeOf(() => syncDirectory(directory));
      if (code === undefined) return journal;
      journal[Symbol.dispose]();
      if (known === undefined) codeOf(() => unlinkSync(toBuffer(file)));
      throw unwritable(path, code);
    });
  } catch (error) {
    throw error instanceof ReachableError ? error : unwritable(path, error);
  }
}

/**
 * A journal of this user that is there already and goes on, open; undefined where the path is free or holds something
 * else. An empty file is that of a run that was killed before its first line.
 */
function knownJournal(path: ByteString, ownUid: number): number | undefined {
  try {
    const text = readText(path, ownUid);
    return text === '' || parseJournal(text)[0]?.type === 'run' ? openGrowing(path, ownUid) : undefined;
  } catch {
    return undefined;
  }
}

/** Opens a journal to add lines to it; throws as node:fs does, or UsageError. */
export function reopenJournal(path: ByteString, ownUid: number): Journal {
  return journalOn(openGrowing(path, ownUid), path);
}

/** What comes next begins a line, also where the last one was cut off. */
function openGrowing(path: ByteString, ownUid: number): number {
  const descriptor = inDirectoryOf(path, ownUid, ({ file }) => openSync(toBuffer(file), GROWING));
  const { size } = fstatSync(descriptor);
  const last = Buffer.alloc(1);
  if (size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== NEWLINE)
    codeOf(() => writeSync(descriptor, '\n'));
  return descriptor;
}

/** Reads a journal that belongs to this user and that nobody else may write; throws UsageError for others. */
export function readJournal(path: ByteString, ownUid: number): JournalRecord[] {
  return parseJournal(readText(path, ownUid));
}

function readText(path: ByteString, ownUid: number): string {
  let descriptor: number;
  try {
    descriptor = inDirectoryOf(path, ownUid, ({ file }) => openSync(toBuffer(file), READING));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `no journal can be read there: ${errnoMessage(errorCode(error) ?? String(error))}`,
      path,
    );
  }
  try {
    const { uid, mode, size } = fstatSync(descriptor);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw new UsageError('is not a journal', path);
    if (uid !== ownUid || (mode & 0o022) !== 0)
      throw new UsageError('belongs to somebody else or can be written by others: not trusted', path);
    const bytes = Buffer.alloc(size);
    let read = 0;
    while (read < size) {
      const more = readSync(descriptor, bytes, read, size - read, read);
      if (more === 0) break;
      read += more;
    }
    return bytes.toString('utf8', 0, read);
  } finally {
    closeSync(descriptor);
  }
}

function journalOn(descriptor: number, path: ByteString): Journal {
  // A line that was cut off must not take the next one with it.
  let isCut = false;
  const write = (...records: JournalRecord[]): string | undefined =>
    codeOf(() => {
      const bytes = Buffer.from(`${isCut ? '\n' : ''}${records.map(journalLine).join('')}`);
      isCut = true;
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
      isCut = false;
    });
  return {
    path,
    write,
    writeDurably: (...records) => write(...records) ?? codeOf(() => fsyncSync(descriptor)),
    [Symbol.dispose]: () => {
      codeOf(() => fsyncSync(descriptor));
      closeSync(descriptor);
    },
  };
}

/** It says itself what to do. */
class ReachableError extends UsageError {}

/** Throws UsageError where others could reach into the journals' directory. @param open leads to it. */
function refuseOthers(open: ByteString, named: ByteString, ownUid: number): void {
  const { uid, mode } = statSync(toBuffer(open));
  if (uid !== ownUid || (mode & OTHERS) !== 0)
    throw new ReachableError(
      'the journal must lie in a directory that is yours alone: chmod 700, or --journal PATH',
      named,
    );
}

function codeOf(call: () => void): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    return code;
  }
}

function unwritable(path: ByteString, error: unknown): UsageError {
  const code = typeof error === 'string' ? error : errorCode(error);
  if (code === undefined && !(error instanceof UsageError)) throw error;
  const why = code === undefined ? (error as UsageError).message : errnoMessage(code);
  return new UsageError(
    `the journal cannot be written (${why}); --journal PATH puts it elsewhere, --no-journal deletes without one`,
    path,
  );
}

/** Reads the text of a plan, and only one that nobody else could have written: root does what it says. */
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { errnoMessage, errorCode } from '../../system/calls/errno.ts';
import { FILE_TYPE } from '../../system/calls/statx.ts';
import { walkPath } from '../../system/directories/path-walk.ts';
import type { PathStep } from '../../system/directories/path-walk.ts';
import { safeCalls } from '../guard/guard-context.ts';
import type { Deleter } from '../guard/guard-context.ts';

/** A plan that lists as many entries as it may takes some 40 MB. */
const MOST_BYTES = 256 * 2 ** 20;
const CHUNK_BYTES = 2 ** 20;
const GROUP_WRITES = 0o020;
const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

/**
 * The text at `path`; "-" and paths of descriptors are what the caller has opened. Throws UsageError where it cannot
 * be read, is too long, or where somebody else can write it or put another file in its place.
 */
export function readPlanText(path: ByteString, who: Pick<Deleter, 'ownUid' | 'source'>): string {
  const given = path === '-' ? 0 : descriptorOf(path);
  try {
    if (given !== undefined) return readWhole(given, path);
    const descriptor = openTrusted(path, who);
    try {
      return readWhole(descriptor, path);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(errnoMessage(code), path);
  }
}

function descriptorOf(path: ByteString): number | undefined {
  if (path === '/dev/stdin') return 0;
  const [, number] = /^\/(?:dev|proc\/self)\/fd\/(\d{1,9})$/u.exec(path) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** Opens what was walked to and looked at: its path is not resolved again. */
function openTrusted(path: ByteString, { ownUid, source }: Pick<Deleter, 'ownUid' | 'source'>): number {
  const calls = safeCalls(source);
  const way = walkPath(calls, path, ownUid);
  try {
    const file = way.at(-1)!;
    if ((file.mode & FILE_TYPE.mask) !== FILE_TYPE.regular)
      throw new UsageError('is no regular file; - reads a plan from standard input', path);
    if (isOpenToOthers(file, ownUid)) throw untrusted('it', path);
    const directory = way.at(-2);
    if (directory && isOpenToOthers(directory, ownUid) && (directory.mode & STICKY) === 0)
      throw untrusted('its directory', path);
    return openSync(toBuffer(`/proc/self/fd/${file.descriptor}` as ByteString), constants.O_RDONLY);
  } finally {
    for (const { descriptor } of way) calls.close(descriptor);
  }
}

/** A group of one's own is usual; root trusts none. */
function isOpenToOthers({ uid, mode }: PathStep, ownUid: number): boolean {
  const writers = ownUid === 0 ? GROUP_WRITES | OTHERS_WRITE : OTHERS_WRITE;
  return (uid !== ownUid && uid !== 0) || (mode & writers) !== 0;
}

function untrusted(what: 'it' | 'its directory', path: ByteString): UsageError {
  return new UsageError(
    `${what} belongs to somebody else or can be written by others, who could say what is deleted; copy it to a directory of yours and chmod 600`,
    path,
  );
}

function readWhole(descriptor: number, path: ByteString): string {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    const read = readSync(descriptor, chunk, 0, CHUNK_BYTES, null);
    if (read === 0) return Buffer.concat(chunks, length).toString('utf8');
    chunks.push(chunk.subarray(0, read));
    length += read;
    if (length > MOST_BYTES) throw new UsageError('is longer than any plan (256 MiB)', path);
  }
}

/** Levels of brackets in a plan, with some to spare. */
const MOST_NESTED = 32;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Throws SyntaxError for a document that is nested deeper than any plan. */
export function refuseDeepNesting(text: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > MOST_NESTED) throw new SyntaxError('it is nested deeper than any plan');
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
}

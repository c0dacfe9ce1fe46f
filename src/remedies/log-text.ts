/** Whether a file is a log of text lines: what it is called proves nothing, what it holds and what lies beside it does. */
import { baseName, parentPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { readTail, wholeLines } from '../system/files/file-tail.ts';
import { readUnpackedStart } from '../system/files/unpacked-start.ts';
import { isProgramLog, saysHowItGoes } from './log-lines.ts';

/**
 * Names that programs give to what only looks like a log: Kafka's segments, Cassandra's commit log, ActiveMQ's journal,
 * write-ahead logs of RocksDB and LevelDB, redo logs of Oracle and InnoDB, Berkeley DB, ZooKeeper, Aria.
 */
const NO_LOG =
  /^(?:\d{20}\.log|CommitLog-\d+-\d+\.log|db-\d+\.log|\d{6}\.log|redo\d+\.log|log\.\d{10}|log\.[0-9a-f]+|aria_log\..*|ib_logfile\d+|.*\.(?:wal|redo|journal~?))$/u;

/** Records of business, a line each, with times like any log's: somebody's data, unless a program says in them how it goes. */
const RECORDS =
  /(?:^|[-_.])(?:trades?|fills|transactions?|ledgers?|postings?|payments?|invoices?|orders?|bookings?)(?:[-_.]|$)/iu;

/** Packed when it was rotated, by its name; a store's files are packed too (write-ahead logs that are archived). */
export const PACKED_LOG = /\.(?:gz|xz|bz2|zst|lz4|Z)$/u;

const LOOKED_AT = 16_384;
/** Text is text to the last byte but for a stray one; a NUL is none, except in the hole of a log truncated under its writer. */
const MOST_ODD = 0.02;

/** Whether its name is one that programs give to stores. */
function isStoreLogName(path: ByteString): boolean {
  return NO_LOG.test(baseName(path)) || baseName(parentPath(path)) === 'version-2';
}

/**
 * Whether the end of a regular file is lines of text by which a program says how it goes; false for one that is empty or
 * cannot be read.
 */
export function isLogText(path: ByteString): boolean {
  return !isStoreLogName(path) && isLogLines(readTail(path, LOOKED_AT), path);
}

/**
 * Whether it is a log for certain: in a directory of logs, or by lines in which a program says how its work goes. Lines
 * with nothing but a time and figures may be what somebody measured, called a log or not.
 * @param named what it is or was called, where `path` is another way to it.
 */
export function isWorkLog(path: ByteString, named = path): boolean {
  if (isStoreLogName(named)) return false;
  const end = readTail(path, LOOKED_AT);
  return isLogLines(end, named) && (IN_LOGS.test(named) || saysHowItGoes(wholeLines(end)));
}

const IN_LOGS = /\/(?:logs?|var\/log)\//iu;

/** The same of the beginning of what is in a packed file; undefined where nobody here can unpack it. */
export function isPackedLogText(path: ByteString): boolean | undefined {
  const start = readUnpackedStart(path, LOOKED_AT);
  return start === undefined ? undefined : !isStoreLogName(unpackedName(path)) && isLogLines(start, path);
}

const unpackedName = (path: ByteString): ByteString => path.replace(PACKED_LOG, '') as ByteString;

function isLogLines(end: ByteString, path: ByteString): boolean {
  if (end.length === 0) return false;
  let odd = 0;
  let lines = 0;
  for (let at = 0; at < end.length; at++) {
    const byte = end.charCodeAt(at);
    if (byte === NEWLINE) lines++;
    else if (byte < SPACE && byte !== TAB && byte !== RETURN && byte !== ESCAPE) odd++;
  }
  if (lines === 0 || odd > end.length * MOST_ODD) return false;
  const whole = wholeLines(end);
  return isProgramLog(whole) && (!RECORDS.test(baseName(path)) || saysHowItGoes(whole));
}

const NEWLINE = 10;
const TAB = 9;
const RETURN = 13;
const ESCAPE = 27;
const SPACE = 32;

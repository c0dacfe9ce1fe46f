/** Names that the beginning of a file tells: of what lies first in an archive, a database's tables, who crashed, what was dumped. */
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { FileFormat } from '../../model/findings/file-content.ts';
import { readCoreFile } from '../../system/files/core-file.ts';

const MOST_NAMES = 3;
const MOST_LENGTH = 120;

/** @param start the first bytes: 4 KiB at least, or all there is. None where the format names nothing there. */
export function contentNames(format: FileFormat, path: ByteString, start: ByteString): ByteString[] {
  return (namesOf[format]?.(start, path) ?? [])
    .filter((name) => name !== '' && name.length <= MOST_LENGTH)
    .slice(0, MOST_NAMES);
}

type NamesOf = (start: ByteString, path: ByteString) => readonly ByteString[];

const namesOf: Readonly<Partial<Record<FileFormat, NamesOf>>> = {
  'tar-archive': tarMember,
  'zip-archive': zipMember,
  'sqlite-database': sqliteTables,
  'postgresql-dump': (start) => (start.startsWith('PGDMP') ? postgresDatabase(start) : []),
  'mysql-dump': mysqlDatabase,
  'mariadb-dump': mysqlDatabase,
  'memory-dump-of-a-crashed-program': (_, path) => {
    const program = readCoreFile(path)?.program;
    return program === undefined ? [] : [program];
  },
};

/** POSIX.1-1988 ustar: prefix and name, each ended by NUL; a pax header's own entry says nothing. */
function tarMember(start: ByteString): ByteString[] {
  const ended = (from: number, length: number): string => start.slice(from, from + length).split('\0', 1)[0];
  const prefix = start.startsWith('ustar\0', 257) ? ended(345, 155) : '';
  const name = ended(0, 100);
  if (start[156] === 'x' || start[156] === 'g') return [];
  return [(prefix === '' ? name : `${prefix}/${name}`) as ByteString];
}

/** PKWARE's APPNOTE, 4.3.7: the length of the name at 26, the name at 30. */
function zipMember(start: ByteString): ByteString[] {
  const length = start.charCodeAt(26) + start.charCodeAt(27) * 256;
  return [start.slice(30, 30 + length) as ByteString];
}

/** The schema, whose statements stand in the first page where they are few (sqlite.org/fileformat, 2.6). */
function sqliteTables(start: ByteString): ByteString[] {
  const size = start.charCodeAt(16) * 256 + start.charCodeAt(17);
  const page = start.slice(0, size === 1 ? 65_536 : size);
  const statements = page.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?["'`[]?(\w+)/giu);
  // Cells lie from the end of the page backwards, the first made last.
  return [...statements].map(([, name]) => name as ByteString).toReversed();
}

/** Each number of the head is a sign and four bytes (WriteHead in PostgreSQL's pg_backup_archiver.c). */
const PG_NUMBER = 5;
/** Magic, version, the two sizes, and the format. */
const PG_HEAD = 11;
/** The time at which it was made, from seconds to summer time. */
const PG_TIME = 7 * PG_NUMBER;

function postgresDatabase(start: ByteString): ByteString[] {
  const [major, minor] = [start.charCodeAt(5), start.charCodeAt(6)];
  const compression = major > 1 || minor >= 15 ? 1 : PG_NUMBER;
  const at = PG_HEAD + compression + PG_TIME;
  const head = toBuffer(start.slice(at, at + PG_NUMBER) as ByteString);
  if (head.length < PG_NUMBER) return [];
  const name = start.slice(at + PG_NUMBER, at + PG_NUMBER + head.readUInt32LE(1)) as ByteString;
  return /^\P{Cc}{1,63}$/u.test(name) ? [name] : [];
}

/** "-- Host: localhost    Database: shop" near the top; none where all databases are in it. */
function mysqlDatabase(start: ByteString): ByteString[] {
  const name = /^-- Host: .*?\bDatabase: *(\S+)/mu.exec(start.slice(0, 2000))?.[1];
  return name === undefined ? [] : [name as ByteString];
}

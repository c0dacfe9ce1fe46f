/** Whether a file without a name may be the last copy of something: then it is saved before anything else. */
import { baseName } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';

/** Programs that work on what nobody else has. */
const KEEPERS =
  /^(?:qemu.*|kvm|mysqld|mariadbd|postgres|mongod|ora_.*|oracle|redis-server|VBoxHeadless|vmware-vmx|cloud-hypervisor|firecracker)$/u;
/** Disk images, tablespaces and databases by their endings; PostgreSQL's segments by their place. */
const PRECIOUS =
  /\.(?:qcow2?|raw|img|vmdk|vdi|vhdx?|ibd|dbf|mdb|wt|db|db3|sqlite3?|rdb|aof|frm|MYD)$|\/base\/\d+\/\d+(?:\.\d+)?$|\/ibdata\d+$/u;
/** What these programs delete on purpose and go on using: temporary tables, sorts; `#INODE`, never named at all (O_TMPFILE). */
const SCRATCH =
  /^(?:ib[A-Za-z0-9]{6}|#\d+|#sql.*|MY[A-Za-z0-9]{6}|ML[A-Za-z0-9]{6}|pgsql_tmp.*|vl\.[A-Za-z0-9]+)$/u;

/** SQLite's temporary databases begin like any other (SQLITE_TEMP_FILE_PREFIX); nobody else ever opens one. */
const SQLITE_SCRATCH = /^etilqs_\w+$/u;

/** First bytes: qcow2, SQLite, VMDK, VDI, XFS and ext images. */
const MAGICS: readonly (readonly [offset: number, bytes: string])[] = [
  [0, 'QFI\u00FB'],
  [0, 'SQLite format 3\0'],
  [0, 'KDMV'],
  [0, 'vhdxfile'],
  [0x40, '\u007F\u0010\u00DA\u00BE'],
  [0, 'XFSB'],
  [0x438, '\u0053\u00EF'],
];

/** Bytes from the start that `isLastCopy` looks at. */
export const LAST_COPY_BYTES = 0x43a;

/**
 * @param path what it was called; undefined where nobody knows.
 * @param start its first bytes, as far as they could be read.
 * @param commands of the processes that hold it (/proc/PID/comm).
 */
export function isLastCopy(
  path: ByteString | undefined,
  start: ByteString | undefined,
  commands: readonly ByteString[],
): boolean {
  if (path !== undefined && SQLITE_SCRATCH.test(baseName(path))) return false;
  if (start !== undefined && MAGICS.some(([offset, bytes]) => start.startsWith(bytes, offset))) return true;
  if (path !== undefined && isScratch(path)) return false;
  if (path !== undefined && PRECIOUS.test(path)) return true;
  return commands.some((command) => KEEPERS.test(command));
}

/** Whether the name is one that databases give to scratch files they delete at once and go on using. */
export function isScratch(path: ByteString): boolean {
  return SCRATCH.test(baseName(path)) || SQLITE_SCRATCH.test(baseName(path));
}

/** The files a process has mapped into its memory (proc_pid_maps(5)): programs, libraries, and data that no descriptor shows. */
import { readFileSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

export interface MappedFile {
  /** "device inode" as maps writes them: names the file, but not always as stat(2) does. */
  readonly key: string;
  /** Addresses as in /proc/PID/map_files, which pads them less than maps does. */
  readonly range: string;
  readonly inode: number;
  /** As the kernel shows it, " (deleted)" included. */
  readonly path: ByteString;
}

/** Each mapped file once; none where the process is gone or may not be seen. */
export function readMappings(pid: number): MappedFile[] {
  let table: ByteString;
  try {
    table = fromBytes(readFileSync(`/proc/${pid}/maps`));
  } catch {
    return [];
  }
  const files: MappedFile[] = [];
  let previous = '';
  const seen = new Set<string>();
  for (let start = 0; start < table.length;) {
    const lineEnd = table.indexOf('\n', start);
    const end = lineEnd < 0 ? table.length : lineEnd;
    // address perms offset dev inode path; a file's segments follow each other.
    const range = table.indexOf(' ', start);
    const device = table.indexOf(' ', range + PERMISSIONS) + 1;
    const space = table.indexOf(' ', table.indexOf(' ', device) + 1);
    const key = table.slice(device, space);
    if (key !== previous && !key.endsWith(' 0')) {
      if (!seen.has(key)) {
        seen.add(key);
        files.push({
          key,
          range: table.slice(start, range).replaceAll(/\b0+(?=[0-9a-f])/gu, ''),
          inode: Number(key.slice(key.indexOf(' ') + 1)),
          path: unescapeNewline(table.slice(space, end).trimStart()),
        });
      }
    }
    previous = key;
    start = end + 1;
  }
  return files;
}

/** Permissions are four letters; the offset behind them has eight digits or more. */
const PERMISSIONS = ' r-xp '.length;

/** The kernel writes only a newline in a path as \\012. */
function unescapeNewline(path: string): ByteString {
  return path.replaceAll('\\012', '\n') as ByteString;
}

/** The words of the command line as bytes: Node decodes arguments as UTF-8 and so loses names that are not. */
import { readFileSync } from 'node:fs';
import { fromBytes, fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** Without the program's own. Text as Node decoded it where there is no /proc (proc_pid_cmdline(5)). */
export function readWords(): ByteString[] {
  const decoded = process.argv.slice(2);
  // What decodes without loss is its own bytes.
  if (!decoded.some((word) => word.includes('\uFFFD'))) return decoded.map(fromText);
  try {
    const all = fromBytes(readFileSync('/proc/self/cmdline')).split('\0').slice(0, -1) as ByteString[];
    return all.slice(all.length - decoded.length);
  } catch {
    return decoded.map(fromText);
  }
}

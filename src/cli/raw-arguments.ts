/** The bytes of the command line: Node decodes arguments as UTF-8 and so loses names that are not. */
import { readFileSync } from 'node:fs';
import { fromBytes, toText } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';

/** Arguments as Node decoded them → as they were (proc_pid_cmdline(5)). Empty where there is no /proc. */
export function readRawArguments(): Map<string, ByteString> {
  try {
    const raw = fromBytes(readFileSync('/proc/self/cmdline')).split('\0') as ByteString[];
    return new Map(raw.map((argument) => [toText(argument), argument]));
  } catch {
    return new Map();
  }
}

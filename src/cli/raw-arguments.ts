/** The bytes of the command line: Node decodes arguments as UTF-8 and so loses names that are not. */
import { readFileSync } from 'node:fs';
import { fromBytes, fromText, toText } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';

/**
 * Gives arguments their bytes back (proc_pid_cmdline(5)): asked for in the order of the command line, because two
 * that differ may look the same once Node has decoded them. Text as it is where there is no /proc.
 */
export function argumentReader(): (text: string) => ByteString {
  let waiting: Map<string, ByteString[]> | undefined;
  return (text) => {
    // What decodes without loss is its own bytes.
    if (!text.includes('\uFFFD')) return fromText(text);
    waiting ??= Map.groupBy(readRawArguments(), toText);
    return waiting.get(text)?.shift() ?? fromText(text);
  };
}

function readRawArguments(): ByteString[] {
  try {
    return fromBytes(readFileSync('/proc/self/cmdline')).split('\0') as ByteString[];
  } catch {
    return [];
  }
}

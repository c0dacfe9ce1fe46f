/** What the kernel said since it started, as far as its buffer reaches (/dev/kmsg, Documentation/ABI/testing/dev-kmsg). */
import { closeSync, constants, openSync, readSync } from 'node:fs';

const MOST_RECORDS = 20_000;

/** Messages, the oldest first; none where this user may not read them. */
export function readKernelLog(): string[] {
  let descriptor: number;
  try {
    descriptor = openSync('/dev/kmsg', constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return [];
  }
  const messages: string[] = [];
  const buffer = Buffer.allocUnsafe(8192);
  try {
    while (messages.length < MOST_RECORDS) {
      try {
        const length = readSync(descriptor, buffer, 0, buffer.length, null);
        if (length === 0) break;
        // "priority,sequence,microseconds,flags;message\n continuation"
        const record = buffer.toString('utf8', 0, length);
        messages.push(record.slice(record.indexOf(';') + 1).split('\n', 1)[0]);
      } catch (error) {
        // EPIPE: records were overwritten while they were read, the next one is there. EAGAIN: that was all.
        if ((error as NodeJS.ErrnoException).code !== 'EPIPE') break;
      }
    }
  } finally {
    closeSync(descriptor);
  }
  return messages;
}

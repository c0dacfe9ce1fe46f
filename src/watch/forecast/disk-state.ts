/** Whether a filesystem is full, nearly so, or has room: in bytes that an ordinary user may write, and in inodes. */
import type { Usage } from '../../model/filesystem.ts';
import type { DiskState } from '../../model/watch-event.ts';

/** Full: what is left is less than a writer's next buffer, or a thousandth of a small disk. */
const FULL_BYTES = 4 * 2 ** 20;
const FULL_SHARE = 0.001;
const FULL_INODES = 16;
/** Nearly full: a large disk has time left with less than a fiftieth free, so no more than this. */
const NEARLY_BYTES = 2 ** 30;
const NEARLY_SHARE = 0.02;
const NEARLY_INODES = 10_000;
/** So much more must be free than what made it full: nobody wants to hear it each second. */
const RELIEF = 1.5;

/** @param before the level so far. */
export function diskStateOf(usage: Usage, before: DiskState['level'] = 'ok'): DiskState {
  const { totalBytes, availableBytes, reservedBytes, inodes, inodesUsed } = usage;
  const freeInodes = inodes === 0 ? null : inodes - inodesUsed;
  const bytes = levelOf(
    availableBytes,
    Math.min(FULL_BYTES, totalBytes * FULL_SHARE),
    Math.min(NEARLY_BYTES, totalBytes * NEARLY_SHARE),
    before,
  );
  const files =
    freeInodes === null
      ? 'ok'
      : levelOf(
          freeInodes,
          Math.min(FULL_INODES, inodes * FULL_SHARE),
          Math.min(NEARLY_INODES, inodes * NEARLY_SHARE),
          before,
        );
  const isOfInodes = order[files] > order[bytes];
  return {
    level: isOfInodes ? files : bytes,
    of: isOfInodes ? 'inodes' : 'bytes',
    reservedBytes,
    freeInodes,
  };
}

const order = { ok: 0, 'nearly-full': 1, full: 2 } as const;

function levelOf(free: number, full: number, nearly: number, before: DiskState['level']): DiskState['level'] {
  const relief = (level: DiskState['level']): number => (order[before] >= order[level] ? RELIEF : 1);
  if (free <= full * relief('full')) return 'full';
  return free <= nearly * relief('nearly-full') ? 'nearly-full' : 'ok';
}

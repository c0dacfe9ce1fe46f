/** When a scan gets more threads: only where its own threads wait for the disk. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ThreadGrowth } from '../../src/scan/crew/thread-growth.ts';

/** Of each second that two threads have, how much they ran, queued for a processor, and how much was read. */
interface Second {
  readonly ran: number;
  readonly queued: number;
  readonly blocks: number;
  readonly entries: number;
}

/** Threads added to two after each second. */
function additions(...seconds: readonly Second[]): number[] {
  let [nowMs, milliseconds, queuedMilliseconds, diskBlocks, entries] = [1000, 0, 0, 0, 0];
  const growth = new ThreadGrowth(
    { warm: 2, most: 16, isRemote: false },
    { nowMs: () => nowMs, use: () => ({ milliseconds, queuedMilliseconds, diskBlocks }) },
  );
  growth.threadsToAdd(2, () => entries);
  return seconds.map((second) => {
    nowMs += 1000;
    milliseconds += second.ran;
    queuedMilliseconds += second.queued;
    diskBlocks += second.blocks;
    entries += second.entries;
    return growth.threadsToAdd(2, () => entries);
  });
}

void describe('threads of a scan', () => {
  void it('are doubled where they wait for the disk', () => {
    assert.deepEqual(additions({ ran: 300, queued: 0, blocks: 5000, entries: 1000 }), [2]);
  });

  void it('stay as many where the tree is in memory, or they are busy', () => {
    assert.deepEqual(additions({ ran: 300, queued: 0, blocks: 0, entries: 1000 }), [0]);
    assert.deepEqual(additions({ ran: 1900, queued: 0, blocks: 5000, entries: 1000 }), [0]);
  });

  void it('stay as many where other programs have the processors, though a little is read', () => {
    assert.deepEqual(additions({ ran: 300, queued: 1700, blocks: 40, entries: 1000 }), [0]);
  });
});

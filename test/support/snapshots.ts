/** Snapshots as a test takes and reads them. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { fromText } from '../../src/model/byte-string.ts';
import { readSnapshot, writeSnapshot } from '../../src/snapshot/snapshot.ts';
import type { Snapshot, SnapshotRequest } from '../../src/snapshot/snapshot.ts';

export async function takeSnapshot(
  path: string,
  file: string,
  settings: Partial<Omit<SnapshotRequest, 'path'>> = {},
): Promise<Snapshot> {
  const descriptor = openSync(file, 'w');
  try {
    return await writeSnapshot(
      {
        path: fromText(path),
        source: 'auto',
        threads: undefined,
        exclude: [],
        crossMounts: false,
        nowSeconds: Date.now() / 1000,
        version: '0',
        compression: undefined,
        ...settings,
      },
      (bytes) => {
        for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
      },
    );
  } finally {
    closeSync(descriptor);
  }
}

export function readFile(file: string): ReturnType<typeof readSnapshot> {
  return readSnapshot(
    { path: fromText(file) },
    { nowSeconds: Date.now() / 1000, largestCount: 20, rankByApparent: false },
  );
}

/** A filesystem read in bulk, held against the walk. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { SourceName } from '../../src/model/scan-result.ts';
import { comparable } from './comparable.ts';
import { scanPaths } from './scan-paths.ts';
import type { ScanSettings } from './scan-paths.ts';

/** Everything on the disk, whatever was written just now. */
export function atOnce(source: SourceName): ScanSettings {
  return { source, restSeconds: 0, largestCount: 1000 };
}

/** Fails where one thread or two find something else than the walk. @returns how many directories were read in bulk. */
export async function checkAlike(
  source: SourceName,
  path: string,
  settings: ScanSettings = {},
): Promise<number> {
  execFileSync('sync', ['-f', path]);
  const nowSeconds = Date.now() / 1000;
  const walked = await scanPaths([path], { ...atOnce(source), nowSeconds, ...settings, source: 'walk' });
  let directories = 0;
  for (const threads of [1, 2]) {
    const read = await scanPaths([path], { ...atOnce(source), nowSeconds, ...settings, threads });
    assert.deepEqual(comparable(read), comparable(walked));
    assert.deepEqual(read.notices, []);
    directories = read.bulkDirectories;
  }
  return directories;
}

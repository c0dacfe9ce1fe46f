/** Directories watched through inotify: what may have changed, and nothing left when the watch ends. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { setImmediate as immediate } from 'node:timers/promises';
import { fromText } from '../../src/model/byte-string.ts';
import { readInotifyLimits } from '../../src/system/processes/inotify-limits.ts';
import { watchDirectories } from '../../src/system/changes/watcher.ts';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { notifyMarks } from '../support/watch-run.ts';

test('changes in a watched directory are told, those below it are not', { skip: needsLinux }, async () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/below`);
  writeFileSync(`${folder.path}/log`, '');
  writeFileSync(`${folder.path}/below/log`, '');
  const seen = new Set<string>();
  const waiting = new Map<string, () => void>();
  const change = async (name: string, make: () => void): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.set(name, resolve);
    // Again and again: the watch begins some time after it was asked for.
    const timer = setInterval(make, 50);
    await promise;
    clearInterval(timer);
  };
  {
    await using watcher = watchDirectories({
      onChange: (directory, name) => {
        seen.add(`${directory}/${name}`);
        waiting.get(name ?? '')?.();
      },
      onFailure: assert.fail,
    });
    assert.equal(watcher.add(fromText(folder.path)), true);
    await change('log', () => appendFileSync(`${folder.path}/log`, 'line\n'));
    appendFileSync(`${folder.path}/below/log`, 'line\n');
    renameSync(`${folder.path}/log`, `${folder.path}/log.1`);
    await change('log.1', () => appendFileSync(`${folder.path}/log.1`, 'line\n'));
    assert.ok(!seen.has(`${folder.path}/below/log`));
    assert.equal(notifyMarks('self').length, 1);
    assert.ok(readInotifyLimits().usedWatches >= 1);
  }
  // libuv closes on its next turn.
  await immediate();
  assert.deepEqual(notifyMarks('self'), []);
});

/** fanotify on whole filesystems: who wrote which file, by its identity, through renaming and deletion. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, statSync, unlinkSync } from 'node:fs';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { fileIdOfStats } from '../../src/model/file-id.ts';
import { openFanotify } from '../../src/system/changes/fanotify.ts';
import type { Touch } from '../../src/system/changes/fanotify.ts';
import { mountTmpfs } from '../support/mounted.ts';
import { needsMount } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A shell that keeps the log open and writes a line for each line it reads. */
function writer(path: string): ChildProcess {
  return spawn('sh', ['-c', 'exec 3>>"$0"; while read -r line; do echo "$line" >&3; done', path], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
}

test(
  'writes are told with process and file, whatever becomes of the name',
  { skip: needsMount },
  async () => {
    using folder = tempFolder();
    using disk = mountTmpfs(folder.path);
    let touched = Promise.withResolvers<readonly Touch[]>();
    await using fanotify = openFanotify({
      onTouches: (touches) => touched.resolve(touches),
      onOverflow: assert.fail,
    });
    assert.ok(fanotify);
    assert.equal(fanotify.mark(fromText(disk.path)), undefined);
    const log = `${disk.path}/log`;
    const child = writer(log);
    const write = async (): Promise<Touch> => {
      touched = Promise.withResolvers();
      child.stdin!.write('line\n');
      return (await touched.promise)[0];
    };
    const first = await write();
    const id = fileIdOfStats(statSync(log, { bigint: true }));
    assert.deepEqual(first, { pid: child.pid, id, path: log });
    renameSync(log, `${log}.1`);
    assert.equal((await write()).id, id);
    assert.equal(fanotify.locate(id), `${log}.1`);
    unlinkSync(`${log}.1`);
    assert.equal((await write()).id, id);
    assert.equal(fanotify.locate(id), undefined);
    child.stdin!.end();
    await once(child, 'close');
  },
);

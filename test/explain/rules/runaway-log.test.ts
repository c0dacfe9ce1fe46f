/** Large logs: what the lines say, who holds them, and how they are emptied. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CONTAINER_ID,
  machineLogTree,
  noRunawayLogTree,
  runawayLogTree,
  sharedLogTree,
  stoppedLogTree,
} from '../../../fixtures/rules/runaway-log.ts';
import { nowSeconds } from '../../../src/system/calls/clock.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { startHolder } from '../../support/holder.ts';
import { mountTmpfs } from '../../support/mounted.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import { needsMount } from '../../support/requirements.ts';
import { ruleDisk } from '../../support/rule-disk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { buildTree } from '../../support/tree.ts';

const MIB = 2 ** 20;

test('a restart loop, real traffic and an abandoned log are told apart', { skip: needsMount }, async () => {
  using folder = tempFolder();
  using _disk = mountTmpfs(folder.path, 'size=64m,mode=755');
  await buildTree(`${folder.path}/var`, runawayLogTree(nowSeconds()));
  const log = `${folder.path}/var/log`;
  using writer = await startHolder('exec 5>>"$1" 6<"$2"', [`${log}/worker.log`, `${log}/access.log`]);
  const [loop, busy, old, ...more] = await findingsOf('runaway-log', folder.path);
  assert.deepEqual(more, []);
  assert.deepEqual(
    [loop, busy, old].map(({ title, claimedBytes, paths }) => [title, claimedBytes, ...paths]),
    [
      ['restart loop fills a log', 4 * MIB, `${log}/worker.log`],
      ['log of real traffic', 3 * MIB, `${log}/access.log`],
      ['old log', 2 * MIB, `${log}/abandoned.log`],
    ],
  );
  assert.match(loop.evidence.join('\n'), new RegExp(`held open by sh -c .* \\(pid ${writer.pid}\\b`, 'u'));
  assert.match(loop.evidence.join('\n'), /the step that fails/u);
  assert.equal(loop.remedy.command, `truncate -s 0 ${log}/worker.log`);
  // Who only reads it does not fill it.
  assert.doesNotMatch(busy.evidence.join('\n'), /held open/u);
  assert.equal(old.remedy.command, `rm -- ${log}/abandoned.log`);
});

test('a log that nobody writes any more is told with when that stopped', { skip: needsMount }, async () => {
  using disk = await ruleDisk(stoppedLogTree(nowSeconds()));
  const [log, ...more] = await findingsOf('runaway-log', disk.path);
  assert.deepEqual(more, []);
  assert.equal(log.title, 'restart loop filled a log');
  assert.match(
    log.evidence.join('; '),
    /it grew [\d.]+ [KM]iB a day, until that stopped 5\.\d days ago|it grew .* a day, until that stopped 5 days ago/u,
  );
  assert.doesNotMatch([...log.evidence, log.remedy.text].join('; '), /grows|^stop /u);
});

test(
  'generations, small logs and files that are no text are no runaway logs',
  { skip: needsMount },
  async () => {
    using folder = tempFolder();
    using _disk = mountTmpfs(folder.path, 'size=64m,mode=755');
    await buildTree(`${folder.path}/var`, noRunawayLogTree);
    assert.deepEqual(await findingsOf('runaway-log', folder.path), []);
  },
);

test('a container is called by its name, and logrotate by its rule', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(machineLogTree);
  const [syslog, container, rotated, ...more] = await machine.findings('runaway-log');
  assert.deepEqual(more, []);
  assert.match(syslog.remedy.text, /^stop sensord \(its lines name it\) and fix what fails/u);
  assert.equal(container.title, 'restart loop fills a log');
  assert.match(container.remedy.text, /^stop container shop-worker and fix what fails/u);
  assert.equal(
    container.remedy.command,
    `truncate -s 0 /var/lib/docker/containers/${CONTAINER_ID}/${CONTAINER_ID}-json.log`,
  );
  assert.equal(rotated.remedy.command, 'logrotate -f /etc/logrotate.d/nginx');
  assert.match(rotated.remedy.text, /weekly, 52 kept/u);
  // Renamed, it takes as much as before.
  assert.equal(rotated.freeableBytes, 0);
  // What is explained there is not explained again.
  assert.deepEqual(await machine.findings('container-storage'), []);
});

test(
  'where a loop is the lesser part of a log, the lines of others are not thrown away for it',
  { skip: needsOtherRoot },
  async () => {
    using machine = await otherRoot(sharedLogTree);
    const found = await machine.findings('runaway-log');
    const at = (path: string) => found.find(({ paths }) => paths[0] === path)!;
    for (const { title } of found) assert.equal(title, 'restart loop in a shared log');
    const syslog = at('/var/log/syslog');
    assert.equal(syslog.remedy.command, 'logrotate -f /etc/logrotate.d/rsyslog');
    assert.match(
      syslog.remedy.text,
      /^stop sensord .* most of its lines are others': rotate it rather than empty it$/u,
    );
    const messages = at('/var/log/messages');
    assert.match(
      messages.remedy.text,
      /^stop sensord .* most of its lines are others': keep what you need of them; then empty it/u,
    );
  },
);

/** The report, `log` and `watch` name the same failing step of one file, and what it comes from. */
import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import type { FailingStep } from '../../src/model/log-fact.ts';
import { runDiskwhy } from '../support/diskwhy.ts';
import { mountTmpfs } from '../support/mounted.ts';
import { needsMount } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { createJudge } from '../../src/watch/verdict/judge.ts';
import { createFileLook } from '../../src/system/files/file-look.ts';

const start = Date.now() / 1000 - 20_000;

function stamp(n: number): string {
  return new Date((start + 2 * n) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

const logs: Readonly<Record<string, (n: number) => string>> = {
  'celery.log': (n) =>
    `[${stamp(n)},123: ERROR/MainProcess] consumer: Cannot connect to amqp://guest:**@127.0.0.1:9//: [Errno 111] Connection refused.\n` +
    `[${stamp(n)},124: ERROR/MainProcess] Trying again in ${2 + 2 * (n % 16)}.00 seconds... (${n % 16}/100)\n`,
  'supervisord.log': (n) =>
    `${stamp(n)},100 INFO spawned: 'web' with pid ${3000 + n}\n` +
    `${stamp(n)},500 WARN exited: web (exit status 1; not expected)\n` +
    `${stamp(n)},900 CRIT Supervisor is running as root.  Privileges were not dropped.\n`,
  'mail.log': (n) =>
    [1, 2, 3, 4]
      .map(
        (k) =>
          `${stamp(n)} mx1 maild[${4000 + n}]: ${(n * 7919 * k) % 9973}A: delivered to box${(n * k) % 991}\n`,
      )
      .join('') + `${stamp(n)} mx1 relayd[77]: connect to 127.0.0.1:9: Connection refused, retrying\n`,
};

type StepJson = Omit<FailingStep, 'own'> & { readonly own: { readonly path: string } | null };

async function stepOfLog(file: string): Promise<StepJson> {
  const { stdout } = await runDiskwhy(['log', '--json', file]);
  return (JSON.parse(stdout) as { files: { step: StepJson }[] }).files[0].step;
}

async function stepOfReport(file: string): Promise<StepJson> {
  const { stdout } = await runDiskwhy(['--json', path.dirname(file)]);
  const { findings } = JSON.parse(stdout) as {
    findings: { rule: string; paths: string[]; facts: { log?: { step: StepJson } } }[];
  };
  const log = findings.find(({ facts, paths }) => facts.log !== undefined && paths[0] === file)?.facts.log;
  assert.ok(log, JSON.stringify(findings, undefined, 1));
  return log.step;
}

async function stepOfWatch(file: string): Promise<FailingStep> {
  const judge = createJudge(0);
  const looked = createFileLook().entry(fromText(file))!;
  const growing = {
    growth: 1,
    what: 'file' as const,
    path: fromText(file),
    openPath: fromText(file),
    id: looked.id,
    isUnlinked: false,
    bytesPerSecond: 1,
  };
  await judge.read([growing as unknown as Parameters<typeof judge.read>[0][number]], start);
  const { step } = judge.judgementOf(1);
  assert.ok(step);
  return step;
}

for (const [name, round] of Object.entries(logs))
  test(`one answer for ${name}`, { skip: needsMount }, async () => {
    using folder = tempFolder();
    // Small, so that the log is worth a word of the report.
    using _disk = mountTmpfs(folder.path, 'size=16m,mode=755');
    const file = path.join(folder.path, name);
    writeFileSync(file, '');
    for (let n = 0; n < 10_000; n++) appendFileSync(file, round(n));
    const own = path.join(folder.path, 'web-stderr---supervisor-x1y2.log');
    writeFileSync(own, 'loading\ncannot open /no/such/settings.toml: No such file or directory\n');
    const [log, report, watch] = [await stepOfLog(file), await stepOfReport(file), await stepOfWatch(file)];
    assert.equal(report.message, log.message);
    assert.equal(watch.message, log.message);
    assert.deepEqual(report.cause, log.cause);
    assert.equal(watch.cause?.kind, log.cause?.kind);
    if (name === 'celery.log') {
      assert.match(log.message, /Cannot connect/u);
      assert.deepEqual(log.cause, { kind: 'refused', address: '127.0.0.1:9', isListening: false });
    } else if (name === 'mail.log') {
      assert.match(log.message, /relayd.*Connection refused/u);
      assert.deepEqual([log.program, report.program, watch.program], ['relayd', 'relayd', 'relayd']);
    } else {
      assert.match(log.message, /exited: web \(exit status/u);
      assert.equal(log.program, 'web');
      assert.equal(log.own?.path, own);
      assert.equal(log.cause?.kind, 'missing');
      assert.equal(watch.own?.path, own);
    }
  });

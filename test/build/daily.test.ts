/** The timer and the cron line that keep daily snapshots: what they start is a command that this program takes. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readRequest } from '../../src/cli/command-line/read-request.ts';
import { fromText } from '../../src/model/byte-string.ts';
import { needsTool } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const daily = path.resolve(import.meta.dirname, '../../build/packages/daily');
const read = (name: string): string => readFileSync(path.join(daily, name), 'utf8');

/** What a line starts, as the program reads it. */
function requested(line: string): ReturnType<typeof readRequest> {
  return readRequest(line.split(' ').map(fromText));
}

test('the service and the cron line keep a snapshot', () => {
  const unit = /^ExecStart=\/usr\/bin\/diskwhy (.*)$/mu.exec(read('diskwhy-snapshot@.service'))![1];
  const cron = /\/usr\/bin\/diskwhy (snapshot.*)$/mu.exec(read('diskwhy-snapshot.cron'))![1];
  for (const line of [unit.replace('%f', '/srv'), cron]) {
    const { command, options } = requested(line);
    assert.equal(command, 'snapshot');
    assert.ok('keeps' in options && options.keeps !== undefined && options.quiet);
  }
  assert.match(read('diskwhy-snapshot.cron'), /^\d+ \d+ \* \* \* root /mu);
});

test('systemd takes the units', { skip: needsTool('systemd-analyze', 'systemd-escape') }, () => {
  using folder = tempFolder();
  // It looks for the program too.
  mkdirSync(`${folder.path}/bin`);
  writeFileSync(`${folder.path}/bin/diskwhy`, '#!/bin/sh\n', { mode: 0o755 });
  const instance = execFileSync('systemd-escape', ['-p', '/srv/a b'], { encoding: 'utf8' }).trim();
  for (const kind of ['service', 'timer'])
    copyFileSync(`${daily}/diskwhy-snapshot@.${kind}`, `${folder.path}/diskwhy-snapshot@.${kind}`);
  const service = `${folder.path}/diskwhy-snapshot@.service`;
  writeFileSync(service, readFileSync(service, 'utf8').replaceAll('/usr/bin/', `${folder.path}/bin/`));
  const { stderr } = spawnSync(
    'systemd-analyze',
    [
      'verify',
      '--man=no',
      `${folder.path}/diskwhy-snapshot@${instance}.timer`,
      `${folder.path}/diskwhy-snapshot@${instance}.service`,
    ],
    { encoding: 'utf8', env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder.path}:` } },
  );
  assert.doesNotMatch(stderr, /diskwhy-snapshot/u);
});

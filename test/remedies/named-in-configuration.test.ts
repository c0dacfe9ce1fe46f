/** What configuration starts or serves is in use though nothing runs now, and audit trails are evidence. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogueMatcher } from '../../src/catalogue/catalogue.ts';
import type { Deed } from '../../src/model/action.ts';
import { fromText } from '../../src/model/byte-string.ts';
import { createWorld, settle } from '../../src/remedies/remedies.ts';
import {
  namedIn,
  namedItselfIn,
  readPlaceConfiguration,
  readStartConfiguration,
} from '../../src/system/services/named-in-configuration.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('units, cron and web servers name what they start, and comments nothing', () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/units`);
  writeFileSync(
    `${folder.path}/units/shop.service`,
    '[Service]\nExecStart=/usr/bin/node /opt/shop/dist/server.js\n# was /opt/older/run\n',
  );
  writeFileSync(`${folder.path}/crontab`, "17 3 * * * root cd '/srv/my job' && .venv/bin/python job.py\n");
  const configuration = readStartConfiguration(
    [fromText(`${folder.path}/units`), fromText(`${folder.path}/none`)],
    [fromText(`${folder.path}/crontab`)],
  );
  const by = (path: string): string | undefined =>
    namedIn(fromText(path), configuration)?.slice(folder.path.length);
  assert.equal(by('/opt/shop'), '/units/shop.service');
  assert.equal(by('/opt/shop/dist'), '/units/shop.service');
  assert.equal(by('/srv/my job'), '/crontab');
  for (const other of ['/opt/sho', '/opt/shop/node_modules', '/opt/older'])
    assert.equal(by(other), undefined, other);
});

test('a program is told where to keep its files, in /etc or one level below', () => {
  using folder = tempFolder();
  mkdirSync(`${folder.path}/motion`);
  writeFileSync(`${folder.path}/motion/motion.conf`, '# target_dir /var/old\ntarget_dir /srv/cams/\n');
  writeFileSync(`${folder.path}/dlna.yml`, 'media: "/srv/films"\ncache: /data/dlna/art\n');
  writeFileSync(`${folder.path}/motion/README`, '/srv/readme\n');
  mkdirSync(`${folder.path}/libvirt/qemu`, { recursive: true });
  writeFileSync(`${folder.path}/libvirt/qemu/web.xml`, "<source file='/vm/web.img'/>\n");
  const configuration = readPlaceConfiguration(fromText(folder.path));
  const by = (path: string): string | undefined =>
    namedItselfIn(fromText(path), configuration)?.slice(folder.path.length);
  assert.equal(by('/srv/cams'), '/motion/motion.conf');
  assert.equal(by('/srv/films'), '/dlna.yml');
  assert.equal(by('/vm/web.img'), '/libvirt/qemu/web.xml');
  // Something else in it is named.
  for (const other of ['/data', '/data/dlna', '/srv/film', '/var/old', '/srv/readme'])
    assert.equal(by(other), undefined, other);
});

test('neither is deleted or emptied', () => {
  using folder = tempFolder();
  const project = `${folder.path}/shop`;
  mkdirSync(`${project}/node_modules`, { recursive: true });
  const line = '{"time":"2026-11-26T10:00:00Z","type":"request","level":"info"}\n'.repeat(50);
  for (const name of ['vault_audit.log', 'audit.log', 'vault_audit.log.1', 'auditorium.log'])
    writeFileSync(`${folder.path}/${name}`, line);
  const world = createWorld({
    isRoot: true,
    openFiles: () => ({ files: [], unreadableProcesses: 0 }) as never,
    mounts: [],
    matcher: catalogueMatcher({ platform: 'linux', homes: [], environment: {} }),
    programs: [],
  });
  const refused = (deed: Deed, unit?: string): string | undefined =>
    settle(
      [{ ...deed, frees: { bytes: 1, certainty: 'exact' }, loses: 'content', risk: 'review' }],
      { paths: [], risk: 'review' },
      {
        ...world,
        holdOn: () => ({ pids: [], kernel: undefined, isRunFrom: false }),
        namedIn: (path) => (path === project && unit !== undefined ? fromText(unit) : undefined),
      },
    ).refusals[0]?.reason;
  const modules: Deed = {
    kind: 'delete-directories',
    paths: [fromText(`${project}/node_modules`)],
    meaning: 'build-output',
  };
  assert.equal(refused(modules), undefined);
  assert.equal(refused(modules, '/etc/systemd/system/shop.service'), 'named-in-configuration');
  const emptied = (name: string): string | undefined =>
    refused({ kind: 'empty-file', paths: [fromText(`${folder.path}/${name}`)], meaning: 'log' });
  assert.deepEqual(['vault_audit.log', 'audit.log', 'auditorium.log'].map(emptied), [
    'audit-trail',
    'audit-trail',
    undefined,
  ]);
  assert.equal(
    refused({
      kind: 'delete-files',
      paths: [fromText(`${folder.path}/vault_audit.log.1`)],
      meaning: 'rotated-log',
    }),
    'audit-trail',
  );
});

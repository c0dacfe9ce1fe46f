/** Caches are told apart by kind and owner, and each comes with what clears it. */
import assert from 'node:assert/strict';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { appCaches, noAppCaches, otherUsersCaches } from '../../../fixtures/rules/app-cache.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import { needsMount } from '../../support/requirements.ts';
import { MIB, ruleDisk } from '../../support/rule-disk.ts';

test('one finding per kind, with the command of its owner', { skip: needsMount }, async () => {
  using disk = await ruleDisk(appCaches);
  const home = disk.path;
  const tagged = `${home}/projects/thumbs`;
  writeFileSync(`${tagged}/CACHEDIR.TAG`, 'Signature: 8a477f597d28d172789f06886806bc55');
  const findings = await findingsOf('app-cache', home, { home, runningPrograms: () => new Map() });
  assert.deepEqual(
    findings.map(({ title, paths, claimedBytes, freeableBytes, remedy, risk }) => [
      title,
      paths.map((path) => path.slice(home.length)).join(' '),
      Math.round(claimedBytes / MIB),
      Math.round(freeableBytes / MIB),
      remedy.command,
      risk,
    ]),
    [
      ['npm cacache', '/.npm/_cacache', 4, 4, 'npm cache clean --force', 'safe'],
      ['pip cache', '/.cache/pip', 3, 3, 'pip cache purge', 'safe'],
      // Its wheel has another name in an environment.
      ['uv cache', '/.cache/uv', 2, 0, 'uv cache prune', 'review'],
      ['tagged cache', '/projects/thumbs', 1, 1, `rm -rf -- ${tagged}`, 'safe'],
    ],
  );
  // Moved aside with its tag, it is somebody's and no cache any more, and a cache with something set aside in it stays.
  const aside = `${tagged}/.diskwhy-quarantine-20261128T000000Z-1`;
  for (const holds of ['CACHEDIR.TAG', 'deep/down/thesis']) {
    mkdirSync(dirname(`${aside}/${holds}`), { recursive: true });
    renameSync(`${tagged}/CACHEDIR.TAG`, `${aside}/${holds}`);
    const now = await findingsOf('app-cache', home, { home });
    const one = now.find(({ paths }) => paths[0].startsWith(tagged));
    assert.deepEqual(one?.remedies ?? [], []);
    if (holds === 'CACHEDIR.TAG') renameSync(`${aside}/${holds}`, `${tagged}/CACHEDIR.TAG`);
  }
  assert.match(findings[1].evidence.join('\n'), /^pip cache in .*\.cache\/pip, last changed \d+ \w+ ago/u);
});

test(
  'a cache whose program runs is for a person to judge, and so is what clears it',
  { skip: needsMount },
  async () => {
    using disk = await ruleDisk(appCaches);
    const home = disk.path;
    const runningPrograms = (): Map<string, number[]> => new Map([['npm', [4711]]]);
    const findings = await findingsOf('app-cache', home, { home, runningPrograms });
    const risks = findings.map(({ title, risk, remedies }) => [title, risk, remedies[0]?.action.risk]);
    assert.deepEqual(risks.slice(0, 2), [
      ['npm cacache', 'review', 'review'],
      ['pip cache', 'safe', 'safe'],
    ]);
    assert.deepEqual(findings[0].running, [{ program: 'npm', pid: 4711 }]);
  },
);

test('what lies beside caches, small caches and mere names are none', { skip: needsMount }, async () => {
  using disk = await ruleDisk(noAppCaches);
  assert.deepEqual(await findingsOf('app-cache', disk.path, { home: disk.path }), []);
});

test('root clears the cache of a user as that user', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(otherUsersCaches);
  writeFileSync(`${machine.path}/etc/passwd`, 'alice:x:1000:1000::/home/alice:/bin/sh\n');
  const findings = await machine.findings('app-cache');
  assert.deepEqual(
    findings.map(({ title, remedy }) => [title, remedy.command]),
    [
      ['pip cache', "su - alice -c 'pip cache purge'"],
      ['go module cache', "su - alice -c 'go clean -modcache'"],
    ],
  );
  assert.match(findings[0].evidence[0], /^pip cache of alice in \/home\/alice\/\.cache\/pip, last changed/u);
});

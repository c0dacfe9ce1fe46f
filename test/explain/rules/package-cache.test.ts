/** One finding per package manager, with its own command. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noPackageCaches, packageCaches } from '../../../fixtures/rules/package-cache.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import { MIB } from '../../support/rule-disk.ts';

test('archives and lists, each with what empties it', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(packageCaches);
  const findings = await machine.findings('package-cache');
  assert.deepEqual(
    findings.map(({ title, claimedBytes, freeableBytes, remedy, risk }) => ({
      title,
      claimed: Math.round(claimedBytes / MIB),
      freeable: Math.round(freeableBytes / MIB),
      command: remedy.command,
      risk,
    })),
    [
      {
        title: 'apt package archives',
        claimed: 8,
        freeable: 8,
        command: 'apt-get clean',
        risk: 'safe',
      },
      { title: 'pacman package cache', claimed: 4, freeable: 4, command: 'paccache -r', risk: 'review' },
      { title: 'apt package lists', claimed: 2, freeable: 2, command: null, risk: 'safe' },
    ],
  );
  assert.deepEqual(findings[0].paths, ['/var/cache/apt/archives', '/var/cache/apt/pkgcache.bin']);
  assert.match(
    findings[0].evidence[0],
    /downloaded Debian packages: 5\.0 MiB in \/var\/cache\/apt\/archives/u,
  );
});

test('neither small ones nor what only sounds like them', { skip: needsOtherRoot }, async () => {
  using machine = await otherRoot(noPackageCaches);
  assert.deepEqual(await machine.findings('package-cache'), []);
});

/**
 * Commands of programs are run for real, and what statfs shows afterwards is what was promised, within 5 %. What
 * diskwhy deletes and empties itself is held to it by random worlds (test/remedies/no-harm.test.ts).
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isKept, promiseInSandbox } from '../support/promise.ts';
import { needsTool, unless } from '../support/requirements.ts';
import { needsSandbox } from '../support/sandbox.ts';

interface Promised {
  readonly rule: string;
  readonly place: string;
  /** Lines of sh that make it. */
  readonly setUp: string;
  readonly command: RegExp;
  readonly tool?: string;
}

const filled = (path: string, mebibytes: number): string =>
  `mkdir -p $(dirname ${path}); head -c ${mebibytes}M /dev/urandom >${path}`;

/** A log of 200,000 lines; `%g` in the line is its number. */
const lines = (path: string, line: string): string =>
  `mkdir -p $(dirname ${path}); seq -f '${line}' 200000 >${path}`;

const promises: Readonly<Record<string, Promised>> = {
  'apt-get clean': {
    rule: 'package-cache',
    place: '/var/cache',
    setUp: `mkdir -p /var/cache/apt/archives/partial
      for name in a b c; do ${filled('/var/cache/apt/archives/${name}_1_amd64.deb', 4)}; done`,
    command: /^apt-get clean$/u,
    tool: 'apt-get',
  },
  'npm cache clean': {
    rule: 'app-cache',
    place: '/root',
    setUp: `for part in 01 02 03; do ${filled('/root/.npm/_cacache/content-v2/sha512/$part/x', 4)}; done
      ${filled('/root/.npm/_cacache/index-v5/1', 1)}; export HOME=/root`,
    command: /npm cache clean --force$/u,
    tool: 'npm',
  },
  'composer clear-cache': {
    rule: 'app-cache',
    place: '/root',
    setUp: `${filled('/root/.cache/composer/files/a/b/x.zip', 8)}; ${filled('/root/.cache/composer/repo/all/p.json', 1)}
      export HOME=/root`,
    command: /composer clear-cache$/u,
    tool: 'composer',
  },
  'ccache -C': {
    rule: 'app-cache',
    place: '/root',
    setUp: `export HOME=/root; mkdir -p /root/.cache/ccache
      { echo 'const char text[] ='; head -c 6M /dev/urandom | base64 | sed 's/.*/"&"/'; echo ';'; } >/root/a.c
      ccache cc -c /root/a.c -o /root/a.o`,
    command: /ccache -C$/u,
    tool: 'ccache',
  },
  'go clean': {
    rule: 'app-cache',
    place: '/root',
    setUp: `for part in 01 02 03; do ${filled('/root/.cache/go-build/$part/${part}b-d', 4)}; done; export HOME=/root`,
    command: /go clean -cache$/u,
    tool: 'go',
  },
  'git prune': {
    rule: 'store',
    place: '/srv',
    setUp: `export HOME=/root; git init -q /srv/project; ${filled('/srv/project/.git/objects/pack/tmp_pack_a1b2c3', 12)}
      touch -d '3 days ago' /srv/project/.git/objects/pack/tmp_pack_a1b2c3`,
    command: /git -C \/srv\/project\/\.git prune$/u,
    tool: 'git',
  },
  'the trash': {
    rule: 'trash',
    place: '/root',
    setUp: `${filled('/root/.local/share/Trash/files/film', 8)}; mkdir -p /root/.local/share/Trash/info
      echo '[Trash Info]' >/root/.local/share/Trash/info/film.trashinfo`,
    command: /^rm -rf -- /u,
  },
  'core dumps': {
    rule: 'core-dumps',
    place: '/srv',
    setUp: `mkdir /srv/app; sleep 60 & gcore -o /srv/app/core $! >/dev/null 2>&1; kill $!
      head -c 8M /dev/urandom >>/srv/app/core.$!`,
    command: /^rm /u,
    tool: 'gcore',
  },
  'a log that ran away': {
    rule: 'runaway-log',
    place: '/var/log',
    setUp: lines(
      '/var/log/app.log',
      '2026-01-01 10:00:00 ERROR cannot connect to db:5432: Connection refused (try %g)',
    ),
    command: /^truncate -s 0 /u,
  },
  'old logs that were rotated': {
    rule: 'rotated-logs-kept',
    place: '/var/log',
    setUp: `${lines('/run/line', '2026-01-01 10:00:00 INFO request %g')}
      for part in 1 2 3 4; do cp /run/line /var/log/app.log.$part; touch -d "$((part * 20)) days ago" /var/log/app.log.$part; done`,
    command: /^find \/var\/log /u,
  },
  'a deleted log that is held open': {
    rule: 'deleted-open',
    place: '/srv',
    setUp: `${lines('/srv/app.log', '2026-01-01 10:00:00 INFO request %g')}
      exec 9>>/srv/app.log; sleep 60 >/dev/null & exec 9>&-; rm /srv/app.log`,
    command: /^truncate -s 0 \/proc\/\d+\/fd\/9$/u,
  },
  'snapshots of Redis that were never finished': {
    rule: 'database-logs',
    place: '/var/lib',
    setUp: `${filled('/var/lib/redis/dump.rdb', 1)}; ${filled('/var/lib/redis/temp-999999.rdb', 12)}
      touch -d '3 days ago' /var/lib/redis/temp-999999.rdb`,
    command: /^rm /u,
  },
};

suite('promises', { skip: unless(needsSandbox, needsTool('jq')), concurrency: 2 }, () => {
  for (const [name, { rule, place, setUp, command, tool }] of Object.entries(promises))
    test(name, { skip: tool === undefined ? false : needsTool(tool) }, () => {
      const { finding, given } = promiseInSandbox(setUp, rule, place);
      assert.match(finding.remedy.command ?? '', command);
      assert.ok(finding.freeableBytes > 0);
      assert.ok(isKept(finding.freeableBytes, given), `promised ${finding.freeableBytes}, gave ${given}`);
    });
});

/** Loggers are looked through to who speaks: rsyslogd, journald, supervisord, container runtimes; and paths that speak for themselves. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { suite, test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { behindText } from '../support/behind-text.ts';
import { likelyWriter } from '../../src/watch/writers/path-rules.ts';
import { Looking } from '../support/looking.ts';
import { needsLinux, needsMount, needsTool, unless } from '../support/requirements.ts';
import { needsSessions } from '../support/sessions.ts';

const JOURNALD = '/lib/systemd/systemd-journald';
const needsJournald = unless(
  needsMount,
  needsTool('journalctl', 'logger', 'nsenter'),
  existsSync(JOURNALD) ? false : `needs ${JOURNALD}`,
);

suite('behind loggers', { concurrency: 4, skip: needsSessions, timeout: 90_000 }, () => {
  test('rsyslogd: the ident that says most', { skip: needsTool('rsyslogd', 'logger') }, async () => {
    await using here = new Looking();
    writeFileSync(
      `${here.path}/conf`,
      `module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="${here.path}/socket")
*.* action(type="omfile" file="${here.path}/syslog")\n`,
    );
    here.start('rsyslogd', '-n', '-f', `${here.path}/conf`, '-i', `${here.path}/pid`);
    while (!existsSync(`${here.path}/socket`)) await pause(10);
    here.bash(
      'while :; do echo "bind: Address already in use"; read -t 0.01 <> <(:); done | logger -u socket -t worker',
    );
    here.bash('while :; do echo "all is well"; read -t 0.1 <> <(:); done | logger -u socket -t other');
    const one = await here.growing('syslog');
    const [writer] = await here.until(one, ([first]) => behindText(first).startsWith('worker'));
    assert.equal(writer.command, 'rsyslogd');
    assert.match(behindText(writer), /^worker \d+ %$/u);
  });

  test('journald: the command that says most', { skip: needsJournald }, async () => {
    await using here = new Looking();
    const settings = '[Journal]\\nReadKMsg=no\\nRateLimitBurst=0\\n';
    const setUp = `mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/journald.conf.d && printf '${settings}' > /run/systemd/journald.conf.d/test.conf`;
    const daemon = here.start('unshare', '-m', 'sh', '-c', `${setUp} && exec ${JOURNALD}`);
    const inside = ['-t', String(daemon.pid), '-m'];
    const root = `/proc/${daemon.pid}/root/run`;
    while (!existsSync(`${root}/systemd/journal/stdout`)) await pause(10);
    here.bash(
      `while :; do echo "bind: Address already in use"; read -t 0.01 <> <(:); done | nsenter ${inside.join(' ')} logger -t worker -u /run/systemd/journal/dev-log`,
    );
    let journal: string | undefined;
    while (journal === undefined) {
      if (existsSync(`${root}/log/journal`)) [journal] = readdirSync(`${root}/log/journal`);
      await pause(10);
    }
    const one = await here.growing(`${root}/log/journal/${journal}/system.journal`);
    const [writer] = await here.until(one, ([first]) => /^(?:logger|worker)/u.test(behindText(first)));
    assert.equal(writer.command, 'systemd-journal');
    assert.match(behindText(writer), /^(?:logger|worker) \d+ %$/u);
  });

  suite('supervisord', { skip: needsTool('supervisord') }, () => {
    const supervise = (here: Looking, programs: string): void => {
      writeFileSync(
        `${here.path}/supervisord.conf`,
        `[supervisord]\nnodaemon=true\nlogfile=${here.path}/main.log\npidfile=${here.path}/pid\nchildlogdir=${here.path}\n${programs}`,
      );
      here.start('supervisord', '-c', 'supervisord.conf');
    };
    const program = (name: string, more: string): string =>
      `[program:${name}]\ncommand=/bin/sh -c 'while :; do echo ${name}; sleep 0.02; done'\n${more}\n`;

    test('the program whose log it is, by the settings', async () => {
      await using here = new Looking();
      supervise(
        here,
        program('web', 'stdout_logfile=%(here)s/%(program_name)s.log') +
          program('worker', `stdout_logfile=${here.path}/w.log`),
      );
      const [writer] = await here.until(await here.growing('w.log'), ([first]) =>
        /worker.*\d/u.test(behindText(first)),
      );
      assert.equal(writer.command, 'supervisord');
      assert.match(behindText(writer), /^program worker: sh -c .* \(\d+\)$/u);
      const [other] = await here.until(
        await here.growing('web.log'),
        ([first]) => first?.behind !== undefined,
      );
      assert.match(behindText(other), /^program web/u);
    });

    test('by the name supervisord gave the log', async () => {
      await using here = new Looking();
      supervise(here, program('web', '') + program('worker', ''));
      let name: string | undefined;
      while (name === undefined) {
        name = readdirSync(here.path).find((one) => one.startsWith('worker-stdout---supervisor-'));
        await pause(10);
      }
      const [writer] = await here.until(await here.growing(name), ([first]) => first?.behind !== undefined);
      assert.match(behindText(writer), /^program worker/u);
    });
  });

  test('runit: the keeper of a pipe is not its writer', { skip: needsTool('runsv', 'svlogd') }, async () => {
    await using here = new Looking();
    const put = (name: string, script: string): void => {
      mkdirSync(path.dirname(`${here.path}/${name}`), { recursive: true });
      writeFileSync(`${here.path}/${name}`, script, { mode: 0o755 });
    };
    put('app/run', '#!/bin/bash\nwhile :; do echo line; read -t 0.02 <> <(:); done\n');
    put('app/log/run', `#!/bin/sh\nexec svlogd ${here.path}/logs\n`);
    mkdirSync(`${here.path}/logs`);
    here.start('runsv', 'app');
    const [writer] = await here.until(await here.growing('logs/current'), ([first]) =>
      behindText(first).startsWith('bash'),
    );
    assert.equal(writer.command, 'svlogd');
    assert.match(behindText(writer), /^bash \.\/run \(\d+\)$/u);
  });
});

suite('paths that speak for themselves', () => {
  const id = 'c0ffee'.repeat(10).padEnd(64, '0');

  test('Docker: the container by name, its restarts and its process', { skip: needsLinux }, async () => {
    await using here = new Looking();
    const directory = `${here.path}/containers/${id}`;
    mkdirSync(directory, { recursive: true });
    const log = fromText(`${directory}/${id}-json.log`);
    const before = likelyWriter(log)!;
    assert.deepEqual([before.pid, behindText(before), before.container], [0, 'container c0ffeec0ffee', id]);
    writeFileSync(
      `${directory}/config.v2.json`,
      JSON.stringify({ Name: '/web', RestartCount: 41, State: { Pid: process.pid } }),
    );
    const writer = likelyWriter(log)!;
    assert.deepEqual(
      [writer.pid, behindText(writer), writer.container, writer.confidence],
      [process.pid, 'container web, restarted 41×', id, 'likely'],
    );
    assert.ok(writer.residentBytes > 0);
    writeFileSync(`${directory}/config.v2.json`, '{');
    assert.equal(behindText(likelyWriter(log)), 'container c0ffeec0ffee');
  });

  test('Kubernetes, pm2, supervisor, journald; nothing for others', () => {
    const behind = (file: string): unknown[] => {
      const writer = likelyWriter(fromText(file));
      return [writer?.command, behindText(writer)];
    };
    assert.deepEqual(behind('/var/log/pods/shop_cart-7d9f_0a1b/app/3.log'), [
      'shop/cart-7d9f/app',
      'container shop/cart-7d9f/app, restarted 3×',
    ]);
    assert.deepEqual(behind('/home/u/.pm2/logs/my-app-error-0.log'), ['pm2', 'app my-app']);
    assert.deepEqual(behind('/tmp/worker-stdout---supervisor-abc.log'), ['supervisord', 'program worker']);
    assert.deepEqual(behind('/var/log/supervisor/worker_stderr.log'), ['supervisord', 'program worker']);
    assert.deepEqual(behind('/var/log/journal/0a1b/system.journal'), ['systemd-journald', '']);
    assert.deepEqual(behind('/var/log/nginx/access.log'), [undefined, '']);
  });

  test('nobody has it open: the path is asked', { skip: needsLinux }, async () => {
    await using here = new Looking();
    mkdirSync(`${here.path}/.pm2/logs`, { recursive: true });
    writeFileSync(`${here.path}/.pm2/logs/shop-out.log`, 'x');
    const [writer] = await here.until(
      await here.growing('.pm2/logs/shop-out.log'),
      (writers) => writers.length > 0,
    );
    assert.deepEqual([writer.command, behindText(writer), writer.confidence], ['pm2', 'app shop', 'likely']);
  });
});

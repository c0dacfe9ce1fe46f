/** Rules of other programs that end the growth: read from settings as Debian, systemd, Docker and the kubelet write them. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import { capText } from '../../src/render/words/growth-caps.ts';
import { Caps } from '../../src/watch/forecast/caps/caps.ts';
import { Settings } from '../../src/watch/forecast/caps/settings.ts';
import { tempFolder } from '../support/temp-folder.ts';
import type { TempFolder } from '../support/temp-folder.ts';

const GIB = 2 ** 30;
const ID = 'c0ffee'.repeat(10).padEnd(64, '0');
/** Noon of a day, local time as cron means it. */
const NOON = new Date(2026, 10, 22, 12).getTime() / 1000;

let root: TempFolder;

function put(file: string, text: string): void {
  mkdirSync(path.dirname(`${root.path}${file}`), { recursive: true });
  writeFileSync(`${root.path}${file}`, text);
}

function capsOf(file: string, filesystemBytes = 20 * GIB, nowSeconds = NOON): readonly string[] {
  const caps = new Caps(new Settings(fromText(root.path)));
  return caps.of(fromText(file), filesystemBytes, nowSeconds).map(capText);
}

suite('caps', () => {
  beforeEach(() => {
    root = tempFolder();
  });
  afterEach(() => root[Symbol.dispose]());

  test('nothing is set, nothing is said', () => {
    assert.deepEqual(capsOf('/var/log/app.log'), []);
  });

  suite('journald', () => {
    const journal = '/var/log/journal/0123/system.journal';

    test('its defaults are parts of the filesystem, 4 GiB at most', () => {
      assert.deepEqual(capsOf(journal), [
        'journald keeps at most 2.0 GiB (SystemMaxUse, by default)',
        'journald leaves 3.0 GiB free (SystemKeepFree, by default)',
      ]);
      assert.match(capsOf(journal, 1000 * GIB)[0], /at most 4\.0 GiB/u);
    });

    test('drop-ins override the file, the last of a name counts, an empty value is none', () => {
      put('/etc/systemd/journald.conf', '[Journal]\n#SystemMaxUse=1G\nSystemMaxUse=9G\nSystemKeepFree=1G\n');
      put('/usr/lib/systemd/journald.conf.d/50-size.conf', '[Journal]\nSystemMaxUse=8G\n');
      put('/etc/systemd/journald.conf.d/50-size.conf', '[Journal]\n  SystemMaxUse = 500M\n');
      put('/etc/systemd/journald.conf.d/60-free.conf', '[Journal]\nSystemKeepFree=\n');
      put('/etc/systemd/journald.conf.d/90-off.conf.bak', '[Journal]\nSystemMaxUse=1M\n');
      assert.deepEqual(capsOf(journal), [
        'journald keeps at most 500.0 MiB (SystemMaxUse)',
        'journald leaves 3.0 GiB free (SystemKeepFree, by default)',
      ]);
    });

    test('below /run it is the other pair', () => {
      put('/etc/systemd/journald.conf', 'SystemMaxUse=1G\nRuntimeMaxUse=64M\n');
      assert.match(capsOf('/run/log/journal/0123/system.journal')[0], /at most 64\.0 MiB \(RuntimeMaxUse\)/u);
    });
  });

  suite('containers', () => {
    const directory = `/var/lib/docker/containers/${ID}`;
    const log = `${directory}/${ID}-json.log`;
    const hostConfig = (type: string, options: object): void =>
      put(`${directory}/hostconfig.json`, JSON.stringify({ LogConfig: { Type: type, Config: options } }));

    test('the container’s own options', () => {
      put('/etc/docker/daemon.json', '{"log-opts":{"max-size":"1g"}}');
      hostConfig('json-file', { 'max-size': '10m', 'max-file': '3' });
      assert.deepEqual(capsOf(log), [
        'Docker keeps 3 files of 10.0 MiB for this container (max-size, max-file)',
      ]);
    });

    test('without max-size there is no limit, whatever the daemon says today', () => {
      put('/etc/docker/daemon.json', '{"log-opts":{"max-size":"1g"}}');
      hostConfig('json-file', {});
      assert.deepEqual(capsOf(log), []);
    });

    test('the daemon’s where the container’s cannot be read', () => {
      put('/etc/docker/daemon.json', '{"log-driver":"json-file","log-opts":{"max-size":"1g"}}');
      assert.deepEqual(capsOf(log), [
        'Docker keeps one file of 1.0 GiB for this container (max-size, max-file)',
      ]);
    });

    test('settings that are no JSON say nothing', () => {
      put('/etc/docker/daemon.json', '{');
      assert.deepEqual(capsOf(log), []);
    });

    test('the kubelet', () => {
      const pod = '/var/log/pods/shop_cart-7d9f_0a1b/app/3.log';
      assert.match(capsOf(pod)[0], /keeps 5 files of 10\.0 MiB/u);
      put(
        '/var/lib/kubelet/config.yaml',
        'kind: KubeletConfiguration\ncontainerLogMaxSize: 50Mi\ncontainerLogMaxFiles: 2\n',
      );
      assert.match(capsOf(pod)[0], /keeps 2 files of 50\.0 MiB/u);
    });
  });

  suite('logrotate', () => {
    beforeEach(() => {
      put('/etc/logrotate.conf', 'weekly\nrotate 4\n# comment { \ninclude /etc/logrotate.d\n');
      put('/etc/cron.daily/logrotate', '#!/bin/sh');
      put('/etc/crontab', '17 *\t* * *\troot\tcron.hourly\n25 6\t* * *\troot\trun-parts /etc/cron.daily\n');
    });

    test('the rule of the path, with what it inherits, and the next run that finds it due', () => {
      put(
        '/etc/logrotate.d/app',
        '/var/log/app/*.log "/srv/my app.log"\n{\n  daily\n  postrotate\n    kill -1 { }\n  endscript\n}\n',
      );
      put(
        '/var/lib/logrotate/status',
        'logrotate state -- version 2\n"/var/log/app/a.log" 2026-11-22-6:25:1\n',
      );
      const [sentence] = capsOf('/var/log/app/a.log');
      assert.equal(sentence, 'logrotate rotates it daily, next in 18 h (cron.daily), and keeps 4 copies');
      assert.match(capsOf('/srv/my app.log')[0], /rotates it daily/u);
      assert.deepEqual(capsOf('/var/log/app/deep/a.log'), []);
    });

    test('a size counts at the next run, whenever it was rotated last', () => {
      put('/etc/logrotate.d/app', '/var/log/app.log {\n size 100M\n rotate 1\n}\n');
      assert.equal(
        capsOf('/var/log/app.log')[0],
        'logrotate rotates it once it is larger than 100.0 MiB, next in 18 h (cron.daily), and keeps 1 copy',
      );
      put('/etc/logrotate.d/app', '/var/log/app.log { monthly\n maxsize 1G\n}\n');
      assert.match(
        capsOf('/var/log/app.log')[0],
        /monthly or once it is larger than 1\.0 GiB, next in 18 h/u,
      );
    });

    test('by itself logrotate goes by size, and keeps nothing', () => {
      put('/etc/logrotate.conf', 'include /etc/logrotate.d\n');
      put('/etc/logrotate.d/app', '/var/log/app.log {\n}\n');
      put('/etc/logrotate.d/old.dpkg-old', '/var/log/old.log {\n}\n');
      put('/etc/logrotate.d/self', 'include /etc/logrotate.d/self\n');
      assert.match(capsOf('/var/log/app.log')[0], /larger than 1\.0 MiB, .* keeps 0 copies$/u);
      assert.deepEqual(capsOf('/var/log/old.log'), []);
    });

    test('weekly is days away', () => {
      put('/etc/logrotate.d/app', '/var/log/app.log {\n}\n');
      put('/var/lib/logrotate/status', '"/var/log/app.log" 2026-11-20-6:25:1\n');
      assert.match(capsOf('/var/log/app.log')[0], /weekly, next in 5 d/u);
    });

    test('systemd’s timer where systemd runs', () => {
      put('/etc/logrotate.d/app', '/var/log/app.log {\n daily\n}\n');
      put('/var/lib/logrotate/status', '"/var/log/app.log" 2026-11-22-0:0:1\n');
      put('/lib/systemd/system/logrotate.timer', '[Timer]\nOnCalendar=daily\n');
      mkdirSync(`${root.path}/run/systemd/system`, { recursive: true });
      assert.match(capsOf('/var/log/app.log')[0], /next in 12 h \(logrotate.timer\)/u);
    });

    test('nobody runs it', () => {
      rmSync(`${root.path}/etc/cron.daily`, { recursive: true });
      put('/etc/logrotate.d/app', '/var/log/app.log {\n}\n');
      assert.match(capsOf('/var/log/app.log')[0], /nothing here starts logrotate/u);
    });

    test(
      'the settings of Debian’s packages',
      { skip: existsSync('/etc/logrotate.conf') ? false : 'needs logrotate' },
      () => {
        cpSync('/etc/logrotate.conf', `${root.path}/etc/logrotate.conf`);
        cpSync('/etc/logrotate.d', `${root.path}/etc/logrotate.d`, { recursive: true });
        assert.match(
          capsOf('/var/log/dpkg.log')[0],
          /^logrotate rotates it monthly, next in \d+ d \(cron\.daily\), and keeps 12 copies$/u,
        );
      },
    );
  });
});

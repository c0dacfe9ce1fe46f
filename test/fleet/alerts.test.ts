/** Alert rules and the dashboard: right on paper, made of metrics that are, and firing while a loop fills a disk. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { metricTable } from '../../src/render/words/metrics.ts';
import { startDiskwhy, finished } from '../support/diskwhy.ts';
import { loopDisk } from '../support/mounted.ts';
import { alerts, query, startPrometheus, until } from '../support/prometheus.ts';
import type { Running } from '../support/prometheus.ts';
import { needsLoopDisk, needsTool, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
const folder = `${checkout}/docs/prometheus`;
const dashboard = readFileSync(`${folder}/dashboard.json`, 'utf8');

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
  }[];
}

test(
  'promtool finds the rules right, and they do what their tests say',
  { skip: needsTool('promtool') },
  () => {
    for (const words of [
      ['check', 'rules', `${folder}/alerts.yml`],
      ['test', 'rules', `${folder}/alerts.test.yml`],
    ]) {
      const { status, stdout, stderr } = spawnSync('promtool', words, { encoding: 'utf8' });
      assert.equal(status, 0, stdout + stderr);
    }
  },
);

/** Each panel has something to show, and each label that a legend names is there. */
async function panelsShow(prometheus: Running): Promise<void> {
  const { panels } = JSON.parse(dashboard) as Dashboard;
  for (const { title, targets } of panels)
    for (const { expr, legendFormat } of targets) {
      const asked = expr.replaceAll('$instance', '.*');
      const series = await until(async () => {
        const found = await query(prometheus, asked);
        return found.length > 0 ? found : undefined;
      });
      for (const [, label] of legendFormat.matchAll(/\{\{\s*(\w+)\s*\}\}/gu))
        assert.ok(
          series.some(({ labels }) => label in labels),
          `${title}: ${label}`,
        );
    }
  // What the variable of the dashboard offers.
  const [built] = await query(prometheus, 'diskwhy_build_info');
  assert.match(built.labels['instance'], /:\d+$/u);
}

test("the dashboard is one by Grafana's own types", () => {
  using place = tempFolder();
  symlinkSync(`${checkout}/node_modules`, `${place.path}/node_modules`);
  writeFileSync(
    `${place.path}/dashboard.ts`,
    `import type { Dashboard, Panel } from '@grafana/schema';
type Strict = Omit<Dashboard, 'panels'> & { panels: Panel[] };
export const dashboard = ${dashboard.trim()} satisfies Strict;\n`,
  );
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--types', '', '--module', 'nodenext'];
  const { status, stdout } = spawnSync(
    process.execPath,
    [`${checkout}/node_modules/typescript/bin/tsc`, ...flags, 'dashboard.ts'],
    { cwd: place.path, encoding: 'utf8' },
  );
  assert.equal(status, 0, stdout);
});

test('rules and dashboard ask for metrics that there are', () => {
  const text = ['alerts.yml', 'dashboard.json']
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('');
  const named = new Set(text.match(/\bdiskwhy_\w+/gu));
  assert.ok(named.size > 5);
  for (const name of named) assert.ok(name in metricTable, name);
  assert.ok((JSON.parse(dashboard) as Dashboard).panels.length > 5);
});

test(
  'alerts fire while a loop fills a disk',
  { skip: unless(needsLoopDisk('ext4'), needsTool('prometheus')), timeout: 120_000 },
  async () => {
    using place = tempFolder();
    using disk = loopDisk('ext4', { megabytes: 256 });
    // Nobody waits five minutes here.
    const rules = readFileSync(`${folder}/alerts.yml`, 'utf8').replaceAll(/^ +for: .*\n/gmu, '');
    writeFileSync(`${place.path}/alerts.yml`, rules);
    using service = startDiskwhy(['metrics', disk.path, '--listen', ':0', '--every', '1s']);
    const ended = finished(service);
    const [url] = await new Promise<RegExpExecArray>((resolve) => {
      service.stderr.on('data', (data: Buffer) => {
        const match = /127\.0\.0\.1:\d+/u.exec(String(data));
        if (match) resolve(match);
      });
    });
    try {
      await using prometheus = await startPrometheus(place.path, url, [`${place.path}/alerts.yml`]);
      let round = 1000;
      const writer = setInterval(() => {
        const lines = Array.from({ length: 4000 }, () => {
          const at = `${new Date().toISOString()} app[${round++}]:`;
          return `${at} bind() to 0.0.0.0:80 failed (98: Address already in use)\n${at} exit 1, restarting\n`;
        });
        appendFileSync(`${disk.path}/app.log`, lines.join(''));
      }, 200);
      const firing = (name: string) =>
        until(async () =>
          (await alerts(prometheus)).find((alert) => alert.name === name && alert.state === 'firing'),
        );
      try {
        const [full, loop] = await Promise.all([firing('DiskwhyFullSoon'), firing('DiskwhyLoopFillsLog')]);
        assert.equal(full.labels['mountpoint'], disk.path);
        assert.match(loop.labels['class'], /^(?:restart|retry)-loop$/u);
        await panelsShow(prometheus);
      } finally {
        clearInterval(writer);
      }
    } finally {
      service.kill('SIGTERM');
      assert.equal((await ended).code, 0);
    }
  },
);

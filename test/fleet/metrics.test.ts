/** `diskwhy metrics`: what promtool, a real Prometheus and a real node_exporter say of it, and what it does on a full disk. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { suite, test } from 'node:test';
import { finished, runDiskwhy, startDiskwhy } from '../support/diskwhy.ts';
import { loopDisk } from '../support/mounted.ts';
import { query, startNodeExporter, startPrometheus, until } from '../support/prometheus.ts';
import { needsLoopDisk, needsTool } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

const SHORT = ['--for', '1s'];

/** A tree in which something is found: a cache with a tag, worth a line on a disk of any size. */
function buildTree(folder: string): string {
  const tree = `${folder}/tree`;
  mkdirSync(`${tree}/thumbs`, { recursive: true });
  writeFileSync(`${tree}/thumbs/CACHEDIR.TAG`, 'Signature: 8a477f597d28d172789f06886806bc55');
  spawnSync('fallocate', ['-l', '120000000', `${tree}/thumbs/pictures`]);
  writeFileSync(`${tree}/quote"back\\slash\nline`, '');
  return tree;
}

/** Until there is no room. */
function fillBy(file: string, bytes: number): void {
  try {
    for (;;) appendFileSync(file, Buffer.alloc(bytes, 1));
  } catch (error) {
    assert.match(String(error), /ENOSPC/u);
  }
}

/** "diskwhy_x{…}" → value */
function read(text: string): Map<string, number> {
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

function valueOf(metrics: Map<string, number>, name: string, ...labels: string[]): number | undefined {
  for (const [key, value] of metrics)
    if (key.split('{')[0] === name && labels.every((one) => key.includes(one))) return value;
  return undefined;
}

async function listening(paths: readonly string[], ...options: string[]) {
  const child = startDiskwhy(['metrics', ...paths, '--listen', ':0', ...options]);
  const ended = finished(child);
  const line = await new Promise<string>((resolve) => {
    child.stderr.on('data', (data: Buffer) => resolve(String(data)));
  });
  const url = /http:\/\/127\.0\.0\.1:\d+/u.exec(line)![0];
  return {
    url,
    child,
    ended,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

test('printed: promtool finds nothing to say, the figures are those of the report', async () => {
  using folder = tempFolder();
  const tree = buildTree(folder.path);
  const { code, stdout, stderr } = await runDiskwhy(['metrics', tree, ...SHORT, '--path-labels', '3']);
  assert.deepEqual([code === 0 || code === 3, stderr], [true, '']);
  assert.ok(stdout.endsWith('# EOF\n'));
  const metrics = read(stdout);
  assert.ok(valueOf(metrics, 'diskwhy_path_bytes', tree)! > 120_000_000);
  assert.equal(valueOf(metrics, 'diskwhy_path_entries', tree), 5);
  assert.ok(valueOf(metrics, 'diskwhy_finding_bytes', 'rule="app-cache"')! >= 120_000_000);
  assert.ok(valueOf(metrics, 'diskwhy_finding_path_bytes', `path="${tree}/thumbs"`)! >= 120_000_000);
  if (needsTool('promtool')) return;
  const lint = spawnSync('promtool', ['check', 'metrics'], { input: stdout, encoding: 'utf8' });
  assert.deepEqual([lint.status, lint.stdout + lint.stderr], [0, '']);
});

test('without --path-labels no path from the disk is in a label', async () => {
  using folder = tempFolder();
  const tree = buildTree(folder.path);
  const { stdout } = await runDiskwhy(['metrics', tree, ...SHORT]);
  assert.ok(!stdout.includes('thumbs'));
  assert.ok(!stdout.includes('finding_path_bytes'));
});

test('of a tree that was written down: its sizes, when that was, and no zero for what needs the machine', async () => {
  const { code, stdout, stderr } = await runDiskwhy([
    'metrics',
    '--from',
    new URL('../../fixtures/snapshot/gdu-5.36.1.json', import.meta.url).pathname,
  ]);
  assert.equal(code, 0);
  assert.match(stderr, /^diskwhy: left out, because only the machine itself can tell: [^\n]*\n$/u);
  const metrics = read(stdout);
  metrics.delete([...metrics.keys()].find((key) => key.startsWith('diskwhy_build_info'))!);
  assert.deepEqual(Object.fromEntries(metrics), {
    'diskwhy_path_bytes{path="/tmp/tree"}': 102_400,
    'diskwhy_path_entries{path="/tmp/tree"}': 14,
    diskwhy_scan_timestamp_seconds: 1_795_847_441,
    diskwhy_scan_complete: 1,
    diskwhy_problems: 0,
  });
});

test('what makes no sense together is refused', async () => {
  for (const [words, why] of [
    [['--textfile', '/tmp/x.prom', '--listen', ':0'], /not both/u],
    [['--textfile', '/tmp/x.txt'], /\.prom/u],
    [['--from', '/tmp/x.json'], /in place of a path/u],
    [['--every', '1m'], /add --listen/u],
    [['--listen', 'example.org:80'], /not an address/u],
    [['--listen', ':99999'], /not an address/u],
    [['--listen', '192.0.2.7:0'], /not of this machine|EADDRNOTAVAIL|cannot assign/u],
  ] as const) {
    const { code, stderr } = await runDiskwhy(['metrics', '/etc', ...words]);
    assert.equal(code, 2);
    assert.match(stderr, why);
    assert.equal(stderr.split('\n').length, 2);
  }
});

test('--textfile: mode 0644 whatever the umask, whole or not at all', async () => {
  using folder = tempFolder();
  const tree = buildTree(folder.path);
  const file = `${folder.path}/diskwhy.prom`;
  writeFileSync(file, 'old\n');
  using child = startDiskwhy(['metrics', tree, ...SHORT, '--textfile', file], {
    under: ['sh', '-c', 'umask 077; exec "$0" "$@"'],
  });
  const { stdout, stderr } = await finished(child);
  assert.deepEqual([stdout, stderr], ['', '']);
  assert.equal(statSync(file).mode & 0o777, 0o644);
  assert.ok(readFileSync(file, 'utf8').includes('diskwhy_path_bytes'));
  assert.deepEqual(readdirSync(folder.path).toSorted(), ['diskwhy.prom', 'tree']);
});

test(
  '--textfile on a full disk says so and keeps what was there',
  { skip: needsLoopDisk('ext4') },
  async () => {
    using folder = tempFolder();
    const tree = buildTree(folder.path);
    using disk = loopDisk('ext4', { megabytes: 8 });
    writeFileSync(`${disk.path}/diskwhy.prom`, 'old\n');
    for (const bytes of [65_536, 1024]) fillBy(`${disk.path}/ballast`, bytes);
    const result = await runDiskwhy(['metrics', tree, ...SHORT, '--textfile', `${disk.path}/diskwhy.prom`]);
    assert.equal(result.code, 2);
    assert.match(result.stderr, /diskwhy\.prom: cannot be written: no space left on device\n$/u);
    assert.equal(readFileSync(`${disk.path}/diskwhy.prom`, 'utf8'), 'old\n');
    assert.deepEqual(readdirSync(disk.path).toSorted(), ['ballast', 'diskwhy.prom', 'lost+found']);
  },
);

test('a real node_exporter reads the textfile', { skip: needsTool('prometheus-node-exporter') }, async () => {
  using folder = tempFolder();
  const tree = buildTree(folder.path);
  mkdirSync(`${folder.path}/textfiles`);
  await runDiskwhy(['metrics', tree, ...SHORT, '--textfile', `${folder.path}/textfiles/diskwhy.prom`]);
  await using exporter = await startNodeExporter(`${folder.path}/textfiles`);
  const text = await (await fetch(`${exporter.url}/metrics`)).text();
  const metrics = read(text);
  assert.equal(valueOf(metrics, 'node_textfile_scrape_error'), 0);
  assert.ok(valueOf(metrics, 'diskwhy_path_bytes', tree)! > 120_000_000);
});

suite('--listen', { concurrency: true }, () => {
  test('a real Prometheus scrapes it', { skip: needsTool('prometheus'), timeout: 60_000 }, async () => {
    using folder = tempFolder();
    const tree = buildTree(folder.path);
    await using service = await listening([tree], '--every', '1s');
    await using prometheus = await startPrometheus(folder.path, service.url.slice('http://'.length));
    const scans = await until(async () => {
      const found = await query(prometheus, 'diskwhy_scans_total');
      return (found[0]?.value ?? 0) > 1 ? found : undefined;
    });
    assert.equal(scans[0].labels['job'], 'diskwhy');
    const [up] = await query(prometheus, 'up');
    assert.equal(up.value, 1);
    const [bytes] = await query(prometheus, 'diskwhy_finding_bytes{rule="app-cache"}');
    assert.ok(bytes.value >= 120_000_000);
    service.child.kill('SIGTERM');
    const { code } = await service.ended;
    assert.equal(code, 0);
  });

  test('both dialects are clean, and there is no other path', async () => {
    using folder = tempFolder();
    const tree = buildTree(folder.path);
    await using service = await listening([tree]);
    const ask = (place: string, init?: RequestInit) => fetch(service.url + place, init);
    await until(async () =>
      (await (await ask('/metrics')).text()).includes('diskwhy_scans_total 1') ? true : undefined,
    );
    const plain = await ask('/metrics');
    assert.match(plain.headers.get('content-type')!, /^text\/plain; version=0\.0\.4/u);
    const open = await ask('/metrics', { headers: { accept: 'application/openmetrics-text;version=1.0.0' } });
    assert.match(open.headers.get('content-type')!, /^application\/openmetrics-text/u);
    assert.ok((await open.text()).endsWith('# EOF\n'));
    if (!needsTool('promtool')) {
      const lint = spawnSync('promtool', ['check', 'metrics'], {
        input: await plain.text(),
        encoding: 'utf8',
      });
      assert.deepEqual([lint.status, lint.stdout + lint.stderr], [0, '']);
    }
    assert.deepEqual([(await ask('/healthz')).status, await (await ask('/healthz')).text()], [200, 'ok\n']);
    assert.equal((await ask('/')).status, 404);
    assert.equal((await ask('/metrics/../../etc/passwd')).status, 404);
    assert.equal((await ask('/metrics', { method: 'POST' })).status, 405);
  });

  test('many clients that say nothing keep nobody out for long', { timeout: 60_000 }, async () => {
    using folder = tempFolder();
    await using service = await listening([buildTree(folder.path)]);
    const { port } = new URL(service.url);
    const silent = Array.from({ length: 40 }, () => connect(Number(port), '127.0.0.1'));
    for (const one of silent) one.on('error', () => undefined);
    // All of them are ended by the server.
    await Promise.all(silent.map((one) => once(one, 'close')));
    assert.equal((await fetch(`${service.url}/healthz`)).status, 200);
  });

  test('a taken address is one line', async () => {
    using folder = tempFolder();
    const tree = buildTree(folder.path);
    await using service = await listening([tree]);
    const { port } = new URL(service.url);
    const { code, stderr } = await runDiskwhy(['metrics', tree, '--listen', `127.0.0.1:${port}`]);
    assert.deepEqual([code, stderr.split('\n').length], [2, 2]);
    assert.match(stderr, /--listen/u);
  });
});

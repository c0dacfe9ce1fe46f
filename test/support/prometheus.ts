/** Debian's Prometheus and node_exporter, started for a test on free ports of this machine and ended with it. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface Running extends AsyncDisposable {
  readonly url: string;
}

export interface AlertState {
  readonly name: string;
  readonly state: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** @param job what it scrapes, each half second; `rules` the files of its alerts. */
export async function startPrometheus(
  folder: string,
  target: string,
  rules: readonly string[] = [],
): Promise<Running> {
  mkdirSync(`${folder}/prometheus`);
  const config = {
    global: { scrape_interval: '500ms', evaluation_interval: '500ms', scrape_timeout: '500ms' },
    rule_files: rules,
    scrape_configs: [{ job_name: 'diskwhy', static_configs: [{ targets: [target] }] }],
  };
  // YAML is JSON as well.
  writeFileSync(`${folder}/prometheus.yml`, JSON.stringify(config));
  const port = await freePort();
  const child = spawn(
    'prometheus',
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/prometheus`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  return await running(child, `http://127.0.0.1:${port}`, '/-/ready');
}

export async function startNodeExporter(textfiles: string): Promise<Running> {
  const port = await freePort();
  const child = spawn(
    'prometheus-node-exporter',
    [
      '--collector.disable-defaults',
      '--collector.textfile',
      `--collector.textfile.directory=${textfiles}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  return await running(child, `http://127.0.0.1:${port}`, '/metrics');
}

/** The values of an instant query, by the value of one label. */
export async function query(
  { url }: Running,
  promql: string,
): Promise<readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]> {
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(promql)}`);
  const { data } = (await answer.json()) as {
    data: { result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

export async function alerts({ url }: Running): Promise<readonly AlertState[]> {
  const answer = await fetch(`${url}/api/v1/alerts`);
  const { data } = (await answer.json()) as {
    data: { alerts: { labels: Record<string, string>; state: string }[] };
  };
  return data.alerts.map(({ labels, state }) => ({ name: labels['alertname'], state, labels }));
}

/** Asks again until there is an answer; the test's own timeout ends it. */
export async function until<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await wait(100);
  }
}

async function running(child: ChildProcess, url: string, ready: string): Promise<Running> {
  const ended = once(child, 'close');
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    return await fetch(url + ready).then(
      ({ ok }) => (ok ? true : undefined),
      () => undefined,
    );
  });
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

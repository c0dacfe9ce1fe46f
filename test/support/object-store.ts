/** A real object store for tests: moto's server, which speaks S3, in a process of its own, and DuckDB's extension for it. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';

/** `pip install 'moto[server]'` */
export const needsObjectStore: string | false =
  spawnSync('python3', ['-c', 'import moto.server'], { stdio: 'ignore' }).status === 0
    ? false
    : "needs moto: pip install 'moto[server]'";

/** The file of httpfs: `pip install --no-deps --target FOLDER duckdb-extension-httpfs==VERSION`, VERSION that of DuckDB. */
export const httpfs = process.env['DISKWHY_TEST_HTTPFS'] ?? '';
export const needsHttpfs: string | false =
  httpfs === '' ? "needs DuckDB's extension: DISKWHY_TEST_HTTPFS=FILE" : false;

export interface ObjectStore extends AsyncDisposable {
  readonly url: string;
  readonly put: (key: string, bytes: Buffer) => Promise<void>;
  /** Everything in a folder, below a key of the bucket. */
  readonly putFolder: (folder: string, key: string) => Promise<void>;
  /** What says to a program where it is, and who asks. */
  readonly env: Readonly<Record<string, string>>;
}

/** With one bucket, called `fleet-bucket`. */
export async function startObjectStore(): Promise<ObjectStore> {
  const child = spawn('python3', [`${import.meta.dirname}/object-store-server.py`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  const [port] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer | number | null];
  const url = `http://127.0.0.1:${String(port).trim().split('\n').at(-1)}`;
  const put = async (key: string, body?: Buffer): Promise<void> => {
    const { ok, status } = await fetch(`${url}/fleet-bucket/${key}`, { method: 'PUT', body: body ?? null });
    if (!ok) throw new Error(`${key}: ${status}`);
  };
  await put('');
  return {
    url,
    put,
    putFolder: async (folder, key) => {
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      for (const name of names.filter((one) => one.endsWith('.parquet')))
        await put(`${key}/${name}`, readFileSync(`${folder}/${name}`));
    },
    env: { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'reader', AWS_SECRET_ACCESS_KEY: 'not-to-be-told' },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** ClickHouse's engine in a process of its own, for tests: chDB from PyPI, in the folder that DISKWHY_CHDB names. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { tempFolder } from './temp-folder.ts';

/** `pip install --no-deps --target $DISKWHY_CHDB chdb-core`: 181 MB to load, 560 MB on disk. */
const environment = {
  PATH: process.env['PATH'] ?? '',
  PYTHONPATH: process.env['DISKWHY_CHDB'] ?? '',
  PYTHONDONTWRITEBYTECODE: '1',
};

export const needsChdb: string | false =
  spawnSync('python3', ['-c', 'import importlib.util as u; exit(u.find_spec("chdb") is None)'], {
    env: environment,
    stdio: 'ignore',
  }).status === 0
    ? false
    : 'needs chDB: pip install --no-deps --target FOLDER chdb-core, and DISKWHY_CHDB=FOLDER';

export interface Chdb extends AsyncDisposable {
  readonly url: string;
}

export async function startChdb(): Promise<Chdb> {
  const folder = tempFolder();
  const child = spawn('python3', [`${import.meta.dirname}/chdb-server.py`, folder.path], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const [port] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer | number | null];
  return {
    url: `http://127.0.0.1:${String(port).trim()}`,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
      folder[Symbol.dispose]();
    },
  };
}

/** Plays systemd for one service: hears what it is told, keeps a descriptor, and hands it to the next process. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** What a service manager was told, in order. */
export async function serviceManager(socket: string) {
  const child = spawn('python3', [`${import.meta.dirname}/service-manager.py`, socket], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  let kept = '';
  return {
    /** The next state that is none of these. */
    next: async (...besides: readonly string[]): Promise<string> => {
      for (;;) {
        const { value } = (await lines.next()) as { value: string };
        const state = JSON.parse(value) as string;
        if (state.startsWith('FDSTORE=1')) kept = state.split('\n')[2];
        else if (!besides.includes(state)) return state;
      }
    },
    /** What it keeps, as it is now. */
    kept: () => readFileSync(kept, 'utf8'),
    /** What starts the next process of a service, which is handed what was kept. */
    handing: () => [
      'sh',
      '-c',
      'exec 3<>"$0"; export LISTEN_FDS=1 LISTEN_FDNAMES=diskwhy-watch LISTEN_PID=$$; exec "$@"',
      kept,
    ],
    [Symbol.dispose]: () => {
      child.kill('SIGKILL');
    },
  };
}

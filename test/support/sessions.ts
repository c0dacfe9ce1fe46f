/** Processes a test starts in sessions of their own: all end with the test, however it ends. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { needsLinux, needsTool, unless } from './requirements.ts';

export const needsSessions: string | false = unless(needsLinux, needsTool('pkill'));

/**
 * Reads session ids until nobody can write any more, then ends all that is in them. Daemons put their children into
 * groups of their own, so a group is not enough; and only another process can clean up behind a test that was killed.
 */
const KEEPER = `
sessions=
while read -r session; do sessions="$sessions $session"; done
for session in $sessions; do
  rounds=0
  while [ $rounds -lt 200 ] && pkill -KILL -s "$session"; do rounds=$((rounds + 1)); sleep 0.01; done
done`;

export class Sessions implements AsyncDisposable {
  #keeper: ChildProcess | undefined;

  start(command: string, words: readonly string[], cwd: string): ChildProcess {
    this.#keeper ??= spawn('sh', ['-c', KEEPER], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    const child = spawn(command, words, { detached: true, stdio: 'ignore', cwd });
    this.#keeper.stdin!.write(`${child.pid}\n`);
    return child;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#keeper) return;
    const ended = once(this.#keeper, 'exit');
    this.#keeper.stdin!.end();
    await ended;
  }
}

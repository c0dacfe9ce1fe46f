/**
 * Asks file servers and FUSE processes whether they still answer, in processes that can be left behind: a call that
 * waits for one of them cannot be taken back, not even by a signal. What does not answer in time is kept off.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { isInside, toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Mount } from '../../model/mount.ts';
import { setUnanswered, stepsOf } from '../calls/unanswered-places.ts';
import { mountPointsToAsk } from './mounts.ts';

/**
 * Tells the number of each path whose statfs(2) came back, whatever it said. Words reach it as octal escapes, because
 * Node passes text only and a path is bytes; an "x" keeps newlines at its end.
 */
const SCRIPT = `i=0
for path; do
  { path=$(printf '%bx' "$path"); stat -f -- "\${path%x}" >/dev/null 2>&1; echo "$i"; } &
  i=$((i + 1))
done
wait`;

/** Asks all mounts that may not answer, at once; they are waited for without a limit until one is set. */
export function askMounts(mounts: readonly Mount[]): MountAnswers {
  return new MountAnswers([...mountPointsToAsk(mounts)]);
}

/** Who has answered. To be disposed, also where nobody was asked. */
export class MountAnswers implements Disposable {
  readonly #answers: ReadonlyMap<ByteString, PromiseWithResolvers<boolean>>;
  /** Those that are still waited for, and those that did not answer. */
  readonly #missing: Set<ByteString>;
  readonly #child: ChildProcess | undefined;
  readonly #begunMs = performance.now();
  #timer: NodeJS.Timeout | undefined;

  /** For askMounts. */
  constructor(places: readonly ByteString[]) {
    this.#answers = new Map(places.map((place) => [place, Promise.withResolvers<boolean>()]));
    this.#missing = new Set(places);
    if (places.length === 0) return;
    setUnanswered(places);
    this.#child = this.#ask(places);
  }

  /** Waits no longer for each than that, counted from when it was asked; 0 is for ever. */
  limit(timeoutMs: number): void {
    if (timeoutMs === 0 || this.#missing.size === 0) return;
    const waitedMs = performance.now() - this.#begunMs;
    this.#timer ??= setTimeout(() => this.#giveUp(), Math.max(0, timeoutMs - waitedMs));
  }

  /** Waits for answers until so long after they were asked for: whoever is late is passed over by the way. */
  async settle(mostMs: number): Promise<void> {
    const leftMs = mostMs - (performance.now() - this.#begunMs);
    if (this.#missing.size === 0 || leftMs <= 0) return;
    const enough = new AbortController();
    const all = Promise.all(Array.from(this.#answers.values(), async ({ promise }) => await promise));
    const late = pause(leftMs, undefined, { signal: enough.signal }).catch(() => undefined);
    await Promise.race([all, late]);
    enough.abort();
  }

  /** The first mount on the way to a path, links followed, that does not answer in time. Touches nothing behind one. */
  async silentOnWay(path: ByteString): Promise<ByteString | undefined> {
    if (this.#missing.size === 0) return undefined;
    for (const step of stepsOf(path)) {
      const answer = await this.#answers.get(step)?.promise;
      if (answer === false) return step;
    }
    return undefined;
  }

  /** The mounts in any of these directories that do not answer in time. @param directories without links. */
  async silentBelow(directories: readonly ByteString[]): Promise<ByteString[]> {
    const silent: ByteString[] = [];
    for (const [place, { promise }] of this.#answers)
      if (directories.some((directory) => isInside(place, directory)) && !(await promise)) silent.push(place);
    return silent;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#leave();
  }

  #ask(places: readonly ByteString[]): ChildProcess {
    const child = spawn('sh', ['-c', SCRIPT, 'sh', ...places.map(escaped)], {
      // Where this process stands may be what does not answer.
      cwd: '/',
      stdio: ['ignore', 'pipe', 'ignore'],
      // A group of its own, to be ended as a whole.
      detached: true,
    });
    let text = '';
    child.stdout.setEncoding('latin1').on('data', (chunk: string) => {
      const lines = (text + chunk).split('\n');
      text = lines.pop()!;
      for (const line of lines) this.#tell(places[Number(line)], true);
    });
    // Without a shell nobody can be asked: then they are trusted.
    for (const event of ['error', 'close'])
      child.once(event, () => places.forEach((place) => this.#tell(place, true)));
    return child;
  }

  #tell(place: ByteString, answers: boolean): void {
    if (answers && this.#missing.delete(place)) setUnanswered([...this.#missing]);
    this.#answers.get(place)!.resolve(answers);
    if (this.#missing.size === 0) clearTimeout(this.#timer);
  }

  #giveUp(): void {
    for (const place of this.#missing) this.#tell(place, false);
    this.#leave();
  }

  /** What waits in the kernel ends when that lets it go. */
  #leave(): void {
    const { pid, stdout } = this.#child ?? {};
    if (pid === undefined || this.#missing.size === 0) return;
    this.#child!.removeAllListeners();
    this.#child!.unref();
    stdout!.destroy();
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}

function escaped(path: ByteString): string {
  return Array.from(toBuffer(path), (byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('');
}

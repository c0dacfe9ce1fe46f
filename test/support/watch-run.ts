/** Runs a watch in a process of its own and hands out its events as they come. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { GrowthEvent, SummaryEvent, WatchEvent } from '../../src/model/watch-event.ts';

const child = path.resolve(import.meta.dirname, 'watch-child.ts');

export interface WatchSettings {
  readonly intervalSeconds?: number;
  readonly alarmBytesPerSecond?: number;
  readonly alarmGrownBytes?: number;
  readonly exclude?: readonly string[];
  readonly updateSeconds?: number;
}

export interface RunSettings extends WatchSettings {
  readonly uid?: number;
  readonly gid?: number;
  /** A command line that runs the watch. */
  readonly under?: readonly string[];
}

export class WatchRun implements AsyncDisposable {
  readonly events: WatchEvent[] = [];
  /** Facts about the process, told at its end. */
  leftBehind: readonly string[] = [];
  worstStallMs = 0;
  readonly #process: ChildProcess;
  readonly #waiting = new Set<() => void>();
  #isOver = false;
  #errors = '';

  constructor(paths: readonly string[], { uid, gid, under = [], ...settings }: RunSettings = {}) {
    const [command, ...args] = [...under, process.execPath, child, JSON.stringify({ paths, settings })];
    this.#process = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      cwd: '/',
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
    });
    this.#process.stderr!.on('data', (data: Buffer) => (this.#errors += data.toString()));
    createInterface({ input: this.#process.stdout! }).on('line', (line) => {
      const message = JSON.parse(line) as
        | WatchEvent
        | { readonly type: 'end'; leftBehind: string[]; stallMs: number };
      if (message.type === 'end') {
        this.leftBehind = message.leftBehind;
        this.worstStallMs = message.stallMs;
      } else this.events.push(message);
      this.#wake();
    });
    this.#process.on('close', () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /** The first event (also of those that came before) that fits; throws where the watch ends without one. */
  async until<T extends WatchEvent>(fits: (event: WatchEvent) => event is T): Promise<T>;
  async until(fits: (event: WatchEvent) => boolean): Promise<WatchEvent>;
  async until(fits: (event: WatchEvent) => boolean): Promise<WatchEvent> {
    for (;;) {
      const found = this.events.find(fits);
      if (found) return found;
      if (this.#isOver) throw new Error(`the watch ended: ${this.#errors} ${JSON.stringify(this.events)}`);
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.add(resolve);
      await promise;
    }
  }

  async ready(): Promise<Extract<WatchEvent, { type: 'ready' }>> {
    return this.until((event) => event.type === 'ready');
  }

  /** The first event of a kind about a path. */
  async growth(type: GrowthEvent['type'], about: string): Promise<GrowthEvent> {
    return this.until((event): event is GrowthEvent => event.type === type && event.path === about);
  }

  /** Ends it and returns its summary. */
  async stop(): Promise<SummaryEvent> {
    if (!this.#isOver) this.#process.stdin!.end();
    const summary = await this.until((event) => event.type === 'summary');
    if (!this.#isOver) await once(this.#process, 'close');
    return summary;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOver) return;
    this.#process.kill('SIGKILL');
    await once(this.#process, 'close');
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

/** inotify watches and fanotify groups of a process; libuv keeps its inotify descriptor, without a watch, to the end. */
export function notifyMarks(pid: number | 'self'): string[] {
  return readdirSync(`/proc/${pid}/fdinfo`).flatMap((name) => {
    try {
      return readFileSync(`/proc/${pid}/fdinfo/${name}`, 'latin1')
        .split('\n')
        .filter((line) => /^(?:inotify wd|fanotify)/u.test(line));
    } catch {
      return [];
    }
  });
}

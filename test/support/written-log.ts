/** Processes that write logs, and say afterwards how much they wrote. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

class Writing implements Disposable {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(program: string, args: readonly string[]) {
    this.#process = spawn(process.execPath, [path.resolve(import.meta.dirname, program), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#lines = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /** Resolves when it has begun to write. */
  async writing(): Promise<void> {
    await this.#lines.next();
  }

  /** Has it open its file anew, and waits until it has. */
  async reopen(): Promise<void> {
    this.#process.kill('SIGHUP');
    await this.#lines.next();
  }

  /** Ends it: the bytes it wrote. */
  async end(): Promise<number> {
    this.#process.stdin!.end();
    const { value } = (await this.#lines.next()) as { value: string };
    await once(this.#process, 'close');
    return Number(value.split(' ')[1]);
  }

  [Symbol.dispose](): void {
    this.#process.kill('SIGKILL');
  }
}

/** See log-writer.ts. */
export class WrittenLog extends Writing {
  constructor(file: string, bytesPerSecond: number, ...modes: readonly string[]) {
    super('log-writer.ts', [file, String(bytesPerSecond), ...modes]);
  }
}

/** See busy-logs.ts. */
export class BusyLogs extends Writing {
  constructor(folder: string, files: number, linesPerSecond: number) {
    super('busy-logs.ts', [folder, String(files), String(linesPerSecond)]);
  }
}

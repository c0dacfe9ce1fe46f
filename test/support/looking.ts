/** A folder in which processes write, and a finder that looks for them as the growth engine does. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fromText } from '../../src/model/byte-string.ts';
import { fileIdOfStats } from '../../src/model/file-id.ts';
import type { Writer } from '../../src/model/watch-event.ts';
import type { Growing, WriterFinder } from '../../src/watch/ground/collaborators.ts';
import { createWriterFinder } from '../../src/watch/writers/writer-finder.ts';
import { Sessions } from './sessions.ts';
import { tempFolder } from './temp-folder.ts';
import type { TempFolder } from './temp-folder.ts';

export class Looking implements AsyncDisposable {
  readonly #folder: TempFolder = tempFolder();
  readonly finder: WriterFinder = createWriterFinder();
  readonly #sessions = new Sessions();

  get path(): string {
    return this.#folder.path;
  }

  /** Runs in the folder, in a session of its own, so that what it starts ends with it. */
  start(command: string, ...words: readonly string[]): ChildProcess {
    return this.#sessions.start(command, words, this.path);
  }

  bash(script: string): ChildProcess {
    return this.start('bash', '-c', script);
  }

  /** What grows at a name in the folder, or at a path; waits until it is there. */
  async growing(name: string): Promise<Growing> {
    const path = name.startsWith('/') ? name : `${this.path}/${name}`;
    for (;;) {
      const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
      if (stats) {
        return {
          growth: Number(stats.ino),
          what: stats.isDirectory() ? 'directory' : 'file',
          id: fileIdOfStats(stats),
          path: fromText(path),
          openPath: fromText(path),
          isUnlinked: false,
          apparentBytes: Number(stats.size),
          bytesPerSecond: 1,
        };
      }
      await pause(5);
    }
  }

  /** Looks until the writers are as expected. */
  async until(one: Growing, expected: (writers: readonly Writer[]) => boolean): Promise<readonly Writer[]> {
    const deadline = performance.now() + 25_000;
    for (;;) {
      this.finder.look([one], Date.now() / 1000);
      await pause(50);
      const { writers } = this.finder.writersOf(one);
      if (expected(writers)) return writers;
      assert.ok(performance.now() < deadline, `found ${JSON.stringify(writers)}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.finder[Symbol.dispose]();
    await this.#sessions[Symbol.asyncDispose]();
    this.#folder[Symbol.dispose]();
  }
}

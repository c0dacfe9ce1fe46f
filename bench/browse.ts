/**
 * How soon the browser answers: from its start to the first frame, and from a key to its frame in one directory of many
 * entries. `node bench/browse.ts [ENTRIES] [RUNS]` after `npm run build`, on a quiet machine; limits are 150 and 30 ms.
 */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const FIRST_FRAME_MS = 150;
const KEY_MS = 30;
const QUIET_MS = 500;
/** Each changes the screen that the one before it left. */
const KEYS = ['j', 'G', 'g', 'a', 's', 'n', 'C', 's'];

const entries = Number(process.argv[2] ?? 100_000);
const runs = Number(process.argv[3] ?? 5);
const program = path.resolve(import.meta.dirname, '../bin/diskwhy.js');
const folder = mkdtempSync(path.join(tmpdir(), 'diskwhy-bench-browse-'));

/** A program on a terminal. */
class Terminal {
  readonly child: ChildProcessWithoutNullStreams;
  readonly closed: Promise<unknown>;
  said = '';
  #wake: () => void = () => undefined;

  constructor(command: string) {
    const script = ['--quiet', '--flush', '--return', '--command', `stty cols 80 rows 24; exec ${command}`];
    this.child = spawn('script', [...script, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm-256color', SHELL: '/bin/sh' },
    });
    this.closed = once(this.child, 'close');
    this.child.stdout.setEncoding('latin1').on('data', (piece: string) => {
      this.said += piece;
      this.#wake();
    });
  }

  /** Milliseconds from now until what is said since then is as wanted. */
  async until(isWanted: (said: string) => boolean): Promise<number> {
    const startedAt = performance.now();
    while (!isWanted(this.said))
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    return performance.now() - startedAt;
  }

  /** Milliseconds from a key to the end of its frame. */
  async key(key: string): Promise<number> {
    // What is told of the entry under the cursor comes a little later, and is another frame.
    await pause(QUIET_MS);
    this.said = '';
    this.child.stdin.write(key);
    // A frame is one write.
    return await this.until((said) => said !== '');
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function report(what: string, values: readonly number[], limit: number | undefined): void {
  const [middle, most] = [median(values), Math.max(...values)].map((ms) => `${ms.toFixed(1)} ms`);
  const verdict = limit === undefined ? '' : median(values) <= limit ? `  ≤ ${limit}` : `  MISSES ${limit}`;
  process.stdout.write(
    `${what.padEnd(34)} median ${middle.padStart(9)}  most ${most.padStart(9)}${verdict}\n`,
  );
}

/** Milliseconds of processor time of a process and its threads so far (proc(5), in ticks of 10 ms). */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The program itself: script runs a shell, which has become it. */
function programOf(script: number): number {
  return Number(readFileSync(`/proc/${script}/task/${script}/children`, 'latin1').trim().split(' ')[0]);
}

try {
  for (let at = 0; at < entries; at++) closeSync(openSync(`${folder}/entry-${at * 7919}.log`, 'w'));
  for (let at = 0; at < 1000; at++) writeFileSync(`${folder}/entry-${at * 7919}.log`, 'x'.repeat(at * 10));
  const bare: number[] = [];
  const first: number[] = [];
  const processor: number[] = [];
  const keys = new Map<string, number[]>();
  for (let run = 0; run < runs; run++) {
    const node = new Terminal(`'${process.execPath}' -e 'console.log("up")'`);
    bare.push(await node.until((said) => said.includes('up')));
    await node.closed;
    const browser = new Terminal(`'${process.execPath}' '${program}' browse '${folder}'`);
    first.push(await browser.until((said) => said.includes('q quit')));
    processor.push(processorMs(programOf(browser.child.pid!)));
    await browser.until(
      (said) => /1 of \d+,?\d* /u.test(said) && !/scanning|finding out why/u.test(said.slice(-400)),
    );
    for (const key of KEYS) {
      const times = keys.get(key) ?? [];
      keys.set(key, [...times, await browser.key(key)]);
    }
    browser.child.stdin.write('q');
    await browser.closed;
  }
  report('bare Node, to its first line', bare, undefined);
  report('browse, to its first frame', first, FIRST_FRAME_MS);
  report('browse, processor time until then', processor, undefined);
  for (const [key, times] of keys) report(`key ${key} among ${entries}`, times, KEY_MS);
} finally {
  rmSync(folder, { recursive: true });
}

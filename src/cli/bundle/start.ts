/**
 * Where the bundle starts: loaded by Node itself, without a code cache, so it imports next to nothing. Answers
 * `--version` alone and gets everything else from the packs that lie beside it.
 */
import { openSync, readSync } from 'node:fs';
import type * as Program from '../program.ts';
import { isVersionAsked, printVersion } from '../invocation/version.ts';
import { Loader } from './loader.ts';
import { openPack } from './pack.ts';

/** The bundle is CommonJS. */
declare const require: (id: string) => unknown;

/** Runs the process's command line and sets its exit code. */
export async function main(): Promise<void> {
  if (isVersionAsked()) {
    process.exitCode = printVersion();
    return;
  }
  const { runProgram } = loadFrom('program', './program.js') as typeof Program;
  await runProgram();
}

/** What a thread runs, by the name of its file. */
export function startThread(name: string): void {
  loadFrom('threads', name);
}

function loadFrom(pack: string, chunk: string): unknown {
  // Open as long as the program runs: chunks are read when they are needed.
  const descriptor = openSync(`${import.meta.dirname}/${pack}.pack`, 'r');
  const read = (offset: number, length: number): Buffer => {
    const bytes = Buffer.allocUnsafeSlow(length);
    if (readSync(descriptor, bytes, 0, length, offset) !== length)
      throw new Error(`${pack}.pack is cut short`);
    return bytes;
  };
  return new Loader(openPack(read), import.meta.dirname, require).load(chunk);
}

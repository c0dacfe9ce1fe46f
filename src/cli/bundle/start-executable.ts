/**
 * Where the single executable starts: Node with everything it takes inside, so that nothing is read from a disk. Each of
 * its threads runs this file too.
 */
import { getAsset, getRawAsset } from 'node:sea';
import { Worker, isMainThread } from 'node:worker_threads';
import type { WorkerOptions } from 'node:worker_threads';
import type * as Program from '../program.ts';
import { isVersionAsked, printVersion } from '../invocation/version.ts';
import { Loader, WRAPPER } from './loader.ts';
import { openPack } from './pack.ts';

/** The bundle is CommonJS. */
declare const require: (id: string) => unknown;
/** What a thread is to run, said in front of this file by `AssetWorker`. */
declare const DISKWHY_THREAD: string;

/** Chunks are told that they lie here, where no file is; only the name of a thread's file is read back from it. */
const DIRECTORY = '/snapshot';

/** Runs its file from the executable's assets: there is none beside it. */
class AssetWorker extends Worker {
  constructor(file: URL, options?: WorkerOptions) {
    const name = `./${file.pathname.split('/').pop()}`;
    const text = `const DISKWHY_THREAD=${JSON.stringify(name)};${WRAPPER[0]}${getAsset('start.js', 'latin1')}${WRAPPER[1]}({},require)`;
    super(text, { ...options, eval: true });
  }
}

/** Chunks of the main thread start threads. */
function requireFor(id: string): unknown {
  const module = require(id);
  return id === 'node:worker_threads' ? { ...(module as object), Worker: AssetWorker } : module;
}

function loadFrom(pack: string, chunk: string): unknown {
  const bytes = Buffer.from(getRawAsset(pack));
  const read = (offset: number, length: number): Buffer => bytes.subarray(offset, offset + length);
  return new Loader(openPack(read), DIRECTORY, requireFor).load(chunk);
}

if (!isMainThread) {
  loadFrom('threads.pack', DISKWHY_THREAD);
} else if (isVersionAsked()) {
  process.exitCode = printVersion();
} else {
  void (loadFrom('program.pack', './program.js') as typeof Program).runProgram();
}

/**
 * Runs command lines one after the other in this process and writes the code caches of all chunks that were loaded,
 * the main thread's to OUT/program and those of each other thread to OUT/thread-N. Arguments: DIST OUT TREE.
 * Every command line only reads. No V8 flag may be set here: a cache fits the flags it was made with alone.
 */
'use strict';
const { mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');
const workers = require('node:worker_threads');

const scripts = [];
vm.Script = class extends vm.Script {
  constructor(source, options) {
    super(source, options);
    scripts.push({ name: path.basename(options.filename), script: this });
  }
};

const CHANNEL = 'record';
const WAIT_MS = 10_000;

function save(folder) {
  mkdirSync(folder, { recursive: true });
  for (const { name, script } of scripts) writeFileSync(path.join(folder, name), script.createCachedData());
}

async function run(main, words) {
  process.argv = [process.argv[0], 'diskwhy', ...words];
  await main();
  if (process.exitCode > 1) throw new Error(`${words.join(' ')}: exit code ${process.exitCode}`);
}

/** The lines at the end do not do the same every time: they come twice, so that all of it has run. */
const LINES = (tree, large) => {
  // Enough for a second thread to have work.
  const timed = [
    [large, '--threads', '2', '--depth', '1'],
    ['watch', tree, '--for', '300ms'],
  ];
  return [
    ['help'],
    [tree],
    [tree, '--color=always'],
    [tree, '--json'],
    ['tmp', tree],
    ['log', path.join(tree, 'worker.log')],
    ['free', '1M', tree],
    [large, '--threads', '1', '--depth', '1'],
    ...timed,
    ...timed,
  ];
};

async function record([dist, out, tree]) {
  let count = 0;
  const { Worker } = workers;
  workers.Worker = class extends Worker {
    constructor(file, options) {
      super(file, { ...options, execArgv: ['--require', __filename] });
      count++;
    }
    /** Threads stay until they have written theirs. */
    terminate() {
      return Promise.resolve(0);
    }
  };
  const { main } = require(path.join(dist, 'start.js'));
  // What a terminal gets is cut to its size.
  Object.assign(process.stdout, { isTTY: true, columns: 80, rows: 24 });
  await run(main, [tree]);
  Object.assign(process.stdout, { isTTY: false, columns: undefined, rows: undefined });
  for (const words of LINES(tree, path.join(dist, '../node_modules'))) await run(main, words);
  process.exitCode = 0;
  save(path.join(out, 'program'));
  const written = new Int32Array(new SharedArrayBuffer(4));
  new workers.BroadcastChannel(CHANNEL).postMessage({ out, written });
  for (let known = 0; known < count; known = Atomics.load(written, 0))
    if (Atomics.wait(written, 0, known, WAIT_MS) === 'timed-out') break;
  process.exit();
}

if (workers.isMainThread) {
  void record(process.argv.slice(2));
} else {
  // Keeps the thread alive when its work is done.
  new workers.BroadcastChannel(CHANNEL).addEventListener('message', ({ data: { out, written } }) => {
    save(path.join(out, `thread-${workers.threadId}`));
    Atomics.add(written, 0, 1);
    Atomics.notify(written, 0);
  });
}

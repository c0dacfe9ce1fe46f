/**
 * Reads code caches and writes them anew, each in an isolate of its own: `settle-caches.cjs FOLDER`, where FOLDER/sources.json
 * has the sources of chunks by their names and the caches lie beside it. V8 numbers scripts and functions in the order in
 * which they are compiled, and a cache has the numbers: one function more in an early chunk would make all later ones differ.
 */
'use strict';
const { readFileSync, readdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { Script } = require('node:vm');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');

async function settle(folder) {
  const sources = JSON.parse(readFileSync(path.join(folder, 'sources.json'), 'utf8'));
  for (const name of readdirSync(folder)) {
    const source = sources[`./${name}`];
    if (source === undefined) continue;
    const file = path.join(folder, name);
    const worker = new Worker(__filename, { workerData: { source, cache: readFileSync(file) } });
    const settled = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
    if (settled) writeFileSync(file, settled);
    await worker.terminate();
  }
}

if (isMainThread) void settle(process.argv[2]);
else {
  const { source, cache } = workerData;
  const script = new Script(source, { filename: 'chunk', cachedData: Buffer.from(cache) });
  // What V8 does not take is left as it is, for it to refuse.
  parentPort.postMessage(script.cachedDataRejected ? undefined : script.createCachedData());
}

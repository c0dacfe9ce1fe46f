/** `npm run build`: bundles the program into dist/, runs it once on a small tree, and packs it with V8's code cache. */
import path from 'node:path';
import { bundle, writePackFile } from './bundle.ts';
import { recordCaches } from './record-caches.ts';

const dist = path.resolve(import.meta.dirname, '../dist');
const { program, threads } = await bundle(dist);
const files = { program: path.join(dist, 'program.pack'), threads: path.join(dist, 'threads.pack') };
writePackFile(files.program, program, new Map());
writePackFile(files.threads, threads, new Map());
const caches = recordCaches(dist, process.execPath);
writePackFile(files.program, program, caches.program);
writePackFile(files.threads, threads, caches.threads);

/**
 * `npm run build [-- FOLDER]`: bundles the program into dist/, runs it on a small tree, and packs it with the code caches that
 * V8 made of that. With the packs of another build in FOLDER their caches are taken, and the packs come out the same to the byte.
 */
import path from 'node:path';
import { bundle, writePackFile } from './bundle.ts';
import { readCaches, recordCaches } from './record-caches.ts';

const dist = path.resolve(import.meta.dirname, '../dist');
const files = { program: path.join(dist, 'program.pack'), threads: path.join(dist, 'threads.pack') };
const given = process.argv.length > 2 ? readCaches(process.argv[2]) : undefined;
const { program, threads } = await bundle(dist);
writePackFile(files.program, program, new Map());
writePackFile(files.threads, threads, new Map());
const caches = given ?? recordCaches(dist, process.execPath);
writePackFile(files.program, program, caches.program);
writePackFile(files.threads, threads, caches.threads);

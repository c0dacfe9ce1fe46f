/**
 * A process that writes a log at a steady rate until its standard input ends, then says how many bytes it wrote.
 * Appends, or with "plain" writes on at its own offset; SIGHUP makes it open the file anew; "unlink" deletes the file
 * once it is open.
 */
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';

const [, , path, rate, ...modes] = process.argv;
const flags = modes.includes('plain') ? 'w' : 'a';
const line = Buffer.from(
  `${'2026-11-22T12:00:00Z worker[1]: bind 0.0.0.0:8080: Address already in use'.padEnd(127)}\n`,
);
const STEP_MS = 20;
const linesPerStep = Math.max(1, Math.round((Number(rate) * STEP_MS) / 1000 / line.length));
let descriptor = openSync(path, flags);
let written = 0;
process.on('SIGHUP', () => {
  closeSync(descriptor);
  descriptor = openSync(path, flags);
  process.stdout.write('reopened\n');
});
const startedAt = performance.now();
const timer = setInterval(() => {
  // By the clock, so that a late timer catches up.
  const due = ((performance.now() - startedAt) / STEP_MS) * linesPerStep * line.length;
  while (written < due) written += writeSync(descriptor, line);
}, STEP_MS);
process.stdout.write('writing\n');
if (modes.includes('unlink')) setTimeout(() => unlinkSync(path), 1500);
process.stdin
  .on('end', () => {
    clearInterval(timer);
    process.stdout.write(`wrote ${written}\n`);
    process.exit(0);
  })
  .resume();

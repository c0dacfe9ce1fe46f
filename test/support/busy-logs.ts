/** A process that appends short lines to many files, so many in all a second, until its standard input ends; says what it wrote. */
import { openSync, writeSync } from 'node:fs';

const [, , folder, files, linesPerSecond] = process.argv;
const line = Buffer.from('GET /index.html HTTP/1.1 200 5123 "Mozilla/5.0" 0.004'.padEnd(99).concat('\n'));
const descriptors = Array.from({ length: Number(files) }, (_, file) =>
  openSync(`${folder}/access-${file}.log`, 'a'),
);
const startedAt = performance.now();
let lines = 0;
const timer = setInterval(() => {
  const due = ((performance.now() - startedAt) / 1000) * Number(linesPerSecond);
  for (; lines < due; lines++) writeSync(descriptors[lines % descriptors.length], line);
}, 5);
process.stdout.write('writing\n');
process.stdin
  .on('end', () => {
    clearInterval(timer);
    process.stdout.write(`wrote ${lines * line.length}\n`);
    process.exit(0);
  })
  .resume();

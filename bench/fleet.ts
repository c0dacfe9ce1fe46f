/** Times the questions over a simulated fleet: `node bench/fleet.ts [hosts] [days]`; needs room for 4 kB a host and day. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { simulateFleet } from './fleet-simulator.ts';

const [hosts = 1000, days = 30] = process.argv.slice(2).map(Number);
const program = path.resolve(import.meta.dirname, '../bin/diskwhy.js');
const folder = mkdtempSync(path.join(tmpdir(), 'diskwhy-fleet-'));
try {
  const began = performance.now();
  const truth = simulateFleet({ folder, hosts, days, seed: 7, lastDay: 20_784 });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${hosts} hosts × ${days} days: ${truth.files} files, ${truth.bytes} bytes, written in ${seconds} s`,
  );
  const until = new Date(truth.untilSeconds * 1000).toISOString().slice(0, 16);
  for (const question of ['why', 'full', 'loops', 'grew', 'hosts']) {
    const times: number[] = [];
    let answer = '';
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      const words = ['fleet', question, folder, '--until', until, '--top', '3'];
      const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...words], {
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(stderr);
      times.push((performance.now() - start) / 1000);
      answer = stdout.split('\n').at(-2)!;
    }
    console.log(`${question.padEnd(6)} ${times.toSorted((a, b) => a - b)[1].toFixed(2)} s   ${answer}`);
  }
  console.log(truth.why, truth.loop, truth.full.hosts.length, truth.grew);
} finally {
  rmSync(folder, { recursive: true });
}

/** Runs attackers against a cleaner for some seconds, in a mount namespace of its own; prints what the cleaner did. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

const [, , arena, unitsId, seconds, attackerUid, cleanerUid, source, roles, ...canaries] = process.argv;
const as = (uid: string) => ({ uid: Number(uid), gid: Number(uid) });
const attackers: ChildProcess[] = [];
for (const role of roles.split(',')) {
  for (const canary of canaries) {
    const attacker = spawn(process.execPath, [`${import.meta.dirname}/attacker.ts`, role, arena, canary], {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...as(role === 'mounts' ? '0' : attackerUid),
    });
    await Promise.race([once(attacker.stdout, 'data'), once(attacker, 'close')]);
    attackers.push(attacker);
  }
}
const cleaner = spawn(
  process.execPath,
  [
    `${import.meta.dirname}/attacked-cleaner.ts`,
    `${arena}/units`,
    unitsId,
    source,
    roles.includes('builds') ? '' : `${arena}/staging`,
    // Two threads where no mounts are in the way of speed.
    roles === 'builds' ? 'help' : '',
  ],
  { stdio: ['pipe', 'pipe', 'inherit'], ...as(cleanerUid) },
);
const printed = text(cleaner.stdout);
await wait(Number(seconds) * 1000);
for (const one of attackers) one.kill('SIGKILL');
cleaner.stdin.end();
await once(cleaner, 'close');
process.stdout.write(await printed);

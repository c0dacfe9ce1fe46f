/** Whether a command keeps its promise: what statfs shows before and after it was really run. */
import { execFileSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import type { FindingJson } from './other-root.ts';
import { inSandbox } from './sandbox.ts';

/** Bytes that a shell command gives back on the filesystem at `path`. @param available count what everybody may write (a smaller reserve), not what is used. */
export function bytesGivenBack(path: string, command: string, available = false): number {
  const before = freeBytes(path, available);
  execFileSync('bash', ['-ec', command], { stdio: ['ignore', 'ignore', 'inherit'] });
  return freeBytes(path, available) - before;
}

function freeBytes(path: string, available: boolean): number {
  execFileSync('sync', ['-f', path]);
  const { bfree, bavail, bsize } = statfsSync(path);
  return (available ? bavail : bfree) * bsize;
}

/** Within 5 % of what was promised, as users are told. */
export function isKept(promised: number, given: number): boolean {
  return Math.abs(given - promised) <= promised * 0.05;
}

/**
 * What `diskwhy PLACE` promises in the sandbox for a rule's first finding there, and the bytes that its command gave
 * back: the first that promises any. @param setUp lines of sh that make the place. @param rule its name.
 */
export function promiseInSandbox(
  setUp: string,
  rule: string,
  place: string,
): { readonly finding: FindingJson; readonly given: number } {
  const script = `
    set -e
    mount -t tmpfs none /run
    mount -t tmpfs -o size=256m none ${place}
    ${setUp}
    free() { sync -f ${place}; stat -f -c '%f %S' ${place}; }
    diskwhy ${place} --json >/run/report || [ $? = 3 ]
    jq -c --arg rule ${rule} '[.findings[] | select(.rule == $rule)][0]' /run/report >/run/finding
    cat /run/finding
    free
    sh -c "$(jq -r '([.actions[] | select(.frees.bytes > 0)] + [.remedy])[0].command' /run/finding)" >/dev/null 2>&1
    free`;
  const [command, ...words] = inSandbox(script, []);
  const printed = execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const [json, before, after] = printed.trim().split('\n');
  return { finding: JSON.parse(json) as FindingJson, given: bytesOf(after) - bytesOf(before) };
}

/** As stat(1) printed them: free blocks, and the bytes of one. */
function bytesOf(printed: string): number {
  const [blocks, blockBytes] = printed.split(' ');
  return Number(blocks) * Number(blockBytes);
}

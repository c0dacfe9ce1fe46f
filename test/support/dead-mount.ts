/** A FUSE mount whose process does not answer: whatever looks into it waits until it is killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { needsMount } from './requirements.ts';

export function needsFuse(): string | false {
  if (needsMount) return needsMount;
  try {
    statSync('/dev/fuse');
    return false;
  } catch {
    return 'needs FUSE';
  }
}

/** Mounted on `path`, which is made; the process behind it holds the device and never reads from it. */
export async function deadMount(path: string): Promise<AsyncDisposable> {
  mkdirSync(path);
  const script = `exec 9<>/dev/fuse
    mount -i -t fuse -o fd=9,rootmode=40000,user_id=0,group_id=0 dead "$0" || exit 1
    echo mounted; exec sleep 600`;
  const server = spawn('sh', ['-c', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(server, 'exit');
  await Promise.race([once(server.stdout, 'data'), exited]);
  return {
    [Symbol.asyncDispose]: async () => {
      // Without its process the mount answers with an error at once, and can be unmounted.
      server.kill('SIGKILL');
      await exited;
      await once(spawn('umount', ['-l', path], { stdio: 'ignore' }), 'exit');
    },
  };
}
